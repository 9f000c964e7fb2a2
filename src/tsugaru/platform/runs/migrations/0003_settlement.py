"""確定した実行が、どの帳簿の期間に、いつの日付で効いたかを持つ。確定のときにだけ書ける。"""

from django.db import migrations, models

BEFORE = "ARRAY['state','confirmed_by','confirmed_at','transactions']"
AFTER = "ARRAY['state','confirmed_by','confirmed_at','book_period','effective_on','transactions']"
REWRITE = """
DO $do$ BEGIN
  EXECUTE replace(pg_get_functiondef('public.runs_guard()'::regprocedure), $old${old}$old$, $new${new}$new$);
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("runs", "0002_guards")]
    operations = [
        migrations.AddField(
            "run", "book_period", models.CharField(blank=True, max_length=10, verbose_name="帳簿の期間", default=""),
            preserve_default=False,
        ),
        migrations.AddField("run", "effective_on", models.DateField(null=True, verbose_name="効力の日")),
        migrations.RunSQL(
            REWRITE.format(old=BEFORE, new=AFTER), REWRITE.format(old=AFTER, new=BEFORE)
        ),
    ]  # fmt: skip
