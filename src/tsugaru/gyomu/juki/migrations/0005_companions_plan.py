"""居所を同じくする人の問いの計画を、一度だけ作る。

門は住所・連絡先を開くたびにこれを問う。人の数ごとに計画を作り直すと、問うことより計画に時間がかかる（一枚に 1 ミリ秒）。
四万五千人を一度に問うときも、この計画は遅くならない。
"""

from django.db import migrations

ONCE = "ALTER FUNCTION vault.companions(text[]) SET plan_cache_mode = 'force_generic_plan'"
EACH = "ALTER FUNCTION vault.companions(text[]) RESET plan_cache_mode"


class Migration(migrations.Migration):
    dependencies = [("juki", "0004_companions")]
    operations = [migrations.RunSQL(ONCE, EACH)]
