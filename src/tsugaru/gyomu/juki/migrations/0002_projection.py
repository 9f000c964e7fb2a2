"""歴の番号に抜けがないことと、今の住民票が最新の歴の写しであることを、データベースが守る。"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTION = """
CREATE OR REPLACE FUNCTION public.juki_project() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
  latest integer;
BEGIN
  SELECT c."履歴番号" INTO latest FROM "juki_住民" c WHERE c."宛名番号" = NEW."宛名番号" FOR UPDATE;
  IF NEW."履歴番号" <> coalesce(latest, 0) + 1 THEN
    RAISE EXCEPTION 'JK-0001 宛名番号%の歴は%番まであり、%番は書けません。ほかの職員が先に異動を入れています。',
      NEW."宛名番号", coalesce(latest, 0), NEW."履歴番号" USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO "juki_住民" ({columns}) VALUES ({values})
  ON CONFLICT ("宛名番号") DO UPDATE SET {updates};
  RETURN NULL;
END $$;
CREATE TRIGGER project AFTER INSERT ON "juki_住民履歴" FOR EACH ROW EXECUTE FUNCTION public.juki_project();
"""


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    names = [f'"{field.column}"' for field in apps.get_model("juki", "住民")._meta.get_fields()]
    schema_editor.execute(
        FUNCTION.format(
            columns=", ".join(names),
            values=", ".join(f"NEW.{name}" for name in names),
            updates=", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != '"宛名番号"'),
        ),
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("juki", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
