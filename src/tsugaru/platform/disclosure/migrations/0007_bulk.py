"""一括の文書のための門: 仕事を見て開き、伏せた人はいつも伏せる。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "bulk.sql"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0006_shelter_once"), ("jobs", "0001_initial")]
    operations = [migrations.RunSQL(SQL.read_text("utf-8"))]
