"""歴に抜けがないこと、今の登録が最新の歴の写しであること、印影の要約が中身と合うことを、データベースが守る。"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FUNCTION = """
CREATE OR REPLACE FUNCTION public.inkan_project() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
  latest integer;
BEGIN
  SELECT c."履歴番号" INTO latest FROM "inkan_印鑑登録" c WHERE c."宛名番号" = NEW."宛名番号" FOR UPDATE;
  IF NEW."履歴番号" <> coalesce(latest, 0) + 1 THEN
    RAISE EXCEPTION 'IN-0305 宛名番号%の印鑑登録の歴は%番まであり、%番は書けません。ほかの職員が先に手続をしています。',
      NEW."宛名番号", coalesce(latest, 0), NEW."履歴番号" USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO "inkan_印鑑登録" ({columns}) VALUES ({values})
  ON CONFLICT ("宛名番号") DO UPDATE SET {updates};
  RETURN NULL;
END $$;
CREATE TRIGGER project AFTER INSERT ON "inkan_印鑑履歴" FOR EACH ROW EXECUTE FUNCTION public.inkan_project();
"""

IMPRINT = """
ALTER TABLE "inkan_印影画像" ADD CONSTRAINT inkan_imprint_hash_ck
  CHECK ("sha256" = encode(sha256("画像"), 'hex'));
"""


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    names = [f'"{field.column}"' for field in apps.get_model("inkan", "印鑑登録")._meta.get_fields()]
    schema_editor.execute(
        FUNCTION.format(
            columns=", ".join(names),
            values=", ".join(f"NEW.{name}" for name in names),
            updates=", ".join(f"{name} = EXCLUDED.{name}" for name in names if name != '"宛名番号"'),
        ),
        params=None,
    )
    schema_editor.execute(IMPRINT, params=None)


class Migration(migrations.Migration):
    dependencies = [("inkan", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
