"""どの業務の表も使う関数。"""

from django.db import migrations

# 一字と二字の切れ端の全て。三字より短い漢字の検索を索引で引くため（三字索引は一・二字では全体を読む）。
BIGRAMS = """
CREATE FUNCTION public.bigrams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT piece), '{}') FROM (
    SELECT substr(t, i, n) AS piece FROM generate_series(1, length(t)) i, generate_series(1, 2) n
    WHERE i + n - 1 <= length(t)) pieces
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(BIGRAMS, "DROP FUNCTION public.bigrams(text)")]
