"""覆い（保護された人と居所を同じくする人）を門の全ての関数の決まりにし、仮登録の場所を住所と分ける。"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "shelter.sql"
KINDS = """
ALTER TABLE vault.address DROP CONSTRAINT address_kind_check;
ALTER TABLE vault.address ADD CONSTRAINT address_kind_check CHECK (
  kind IN ('住所', '仮登録', '転入前', '転出先予定', '転出先確定', '本籍', '最終登録', '送付先'));
"""


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_matching")]
    operations = [migrations.RunSQL(SQL.read_text("utf-8")), migrations.RunSQL(KINDS)]
