"""通知の控えに、番号・束・回・刷った税額・要約・載っている人を加える。まだ一行もない表である。"""

import django.contrib.postgres.fields
from django.db import migrations, models

人たち = django.contrib.postgres.fields.ArrayField(
    base_field=models.CharField(max_length=15), default=list, size=None
)
加える = (
    ("まとまり", models.CharField(blank=True, max_length=12), True),
    ("伏せた人", 人たち.clone(), True),
    ("回", models.SmallIntegerField(default=1), True),
    ("束", models.SmallIntegerField(default=0), True),
    ("理由", models.CharField(blank=True, max_length=200), True),
    ("税額", models.BigIntegerField(default=0), False),
    ("要約", models.CharField(default="", max_length=64), False),
    ("載る人", 人たち.clone(), False),
    ("通知番号", models.CharField(default="", max_length=20), False),
)


class Migration(migrations.Migration):
    dependencies = [("kojin", "0002_candidates")]

    operations = [
        migrations.RemoveConstraint(model_name="課税通知", name="kojin_notice_uq"),
        *(
            migrations.AddField(model_name="課税通知", name=名, field=欄, preserve_default=残す)
            for 名, 欄, 残す in 加える
        ),
        migrations.AddIndex(
            model_name="課税通知", index=models.Index(fields=["実行", "束"], name="kojin_notice_run_ix")
        ),
        migrations.AddConstraint(
            model_name="課税通知",
            constraint=models.UniqueConstraint(
                fields=("課税年度", "様式", "相手", "賦課の番", "実行", "回"), name="kojin_notice_once_uq"
            ),
        ),
        migrations.AddConstraint(
            model_name="課税通知",
            constraint=models.CheckConstraint(
                condition=models.Q(("回", 1), models.Q(("理由", ""), _negated=True), _connector="OR"),
                name="kojin_notice_again_ck",
            ),
        ),
    ]
