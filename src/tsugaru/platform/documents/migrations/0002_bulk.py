"""一括の仕事が作る文書には席がなく、仕事の番号がある。"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AddField("document", "job", models.BigIntegerField(null=True, verbose_name="一括の仕事")),
        migrations.AlterField("document", "seat", models.BigIntegerField(null=True, verbose_name="席")),
        migrations.AddConstraint(
            "document",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("job__isnull", True), ("seat__isnull", False)),
                    models.Q(("job__isnull", False), ("seat__isnull", True)),
                    _connector="OR",
                ),
                name="documents_seat_or_job_ck",
            ),
        ),
    ]
