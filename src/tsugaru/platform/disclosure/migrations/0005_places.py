"""場所の突合が、覆われた人を行ごとでなく一度だけ求める。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "places.sql"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_shelter")]
    operations = [migrations.RunSQL(SQL.read_text("utf-8"))]
