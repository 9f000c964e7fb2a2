"""開示の門に、居所を同じくする人を教える: 今の世帯、同じ日に同じ世帯から出た人、届出で入る世帯と、届出を同じくする人。"""

from django.db import migrations

COMPANIONS = """
CREATE OR REPLACE FUNCTION vault.companions(p_subjects text[]) RETURNS TABLE (subject text, companion text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT me."宛名番号", other."宛名番号" FROM "juki_住民" me
    JOIN "juki_住民" other ON other."世帯番号" = me."世帯番号" AND other."宛名番号" <> me."宛名番号"
   WHERE me."宛名番号" = ANY (p_subjects)
     AND (other."住民状態" = '1'
          OR (me."住民状態" = '2' AND other."住民状態" = '2' AND me."消除日" = other."消除日"))
  UNION ALL
  SELECT t."宛名番号", resident."宛名番号" FROM "juki_届出対象" t
    JOIN "juki_届出" c ON c.id = t."届出_id" AND c."状態" IN ('1', '2', '4')
    JOIN "juki_住民" resident
      ON resident."世帯番号" = c."内容" -> '共通' ->> '入る世帯' AND resident."住民状態" = '1'
   WHERE t."宛名番号" = ANY (p_subjects)
  UNION ALL
  SELECT t."宛名番号", other."宛名番号" FROM "juki_届出対象" t
    JOIN "juki_届出" c ON c.id = t."届出_id" AND c."状態" IN ('1', '2', '4')
    JOIN "juki_届出対象" other ON other."届出_id" = t."届出_id" AND other."宛名番号" <> t."宛名番号"
   WHERE t."宛名番号" = ANY (p_subjects)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("juki", "0003_support_release"), ("disclosure", "0004_shelter")]
    operations = [migrations.RunSQL(COMPANIONS)]
