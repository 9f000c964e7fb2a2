"""住登外者と法人の歴の番号に抜けがないことを、データベースが守る。"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION public.atena_next() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
  latest integer;
BEGIN
  EXECUTE format('SELECT max("履歴番号") FROM public.%I WHERE "宛名番号" = $1 AND "履歴番号" <> $2', TG_TABLE_NAME)
    INTO latest USING NEW."宛名番号", NEW."履歴番号";
  IF NEW."履歴番号" <> coalesce(latest, 0) + 1 THEN
    RAISE EXCEPTION 'AT-0001 宛名番号%の歴は%番まであり、%番は書けません。ほかの職員が先に入れています。',
      NEW."宛名番号", coalesce(latest, 0), NEW."履歴番号" USING ERRCODE = 'serialization_failure';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER gapless AFTER INSERT ON "atena_住登外" FOR EACH ROW EXECUTE FUNCTION public.atena_next();
CREATE TRIGGER gapless AFTER INSERT ON "atena_法人" FOR EACH ROW EXECUTE FUNCTION public.atena_next();
"""


class Migration(migrations.Migration):
    dependencies = [("atena", "0002_registers")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
