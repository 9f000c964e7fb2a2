"""置き場と門。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0001_initial"),
        ("identity", "0001_initial"),
        ("authz", "0001_initial"),
        ("audit", "0001_chain"),
    ]
    operations = [
        migrations.RunSQL((SQL / "vault.sql").read_text("utf-8"), "DROP SCHEMA vault CASCADE"),
        migrations.RunSQL((SQL / "gate.sql").read_text("utf-8"), migrations.RunSQL.noop),
    ]
