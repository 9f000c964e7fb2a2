"""場所と電話からの検索が、覆われた人を行ごとでなく一度だけ求める。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "shelter_once.sql"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0005_places")]
    operations = [migrations.RunSQL(SQL.read_text("utf-8"))]
