"""まとめて突き合わせる門の関数。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "matching.sql"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_vault")]
    operations = [
        migrations.RunSQL(
            SQL.read_text("utf-8"),
            "DROP FUNCTION vault.same_places(bigint[], text[]); DROP FUNCTION vault.find_by_numbers(text, bytea[])",
        )
    ]
