"""法令の部屋は、Django・データベース・numpy・llvmlite なしで読み込んで計算できる。"""

import subprocess
import sys

本文 = """
import sys
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税
print(個人住民税.計算(課税年度(2026), {"給与等の収入金額": 1900000}).値("給与所得の金額"))
print(sorted(set(sys.modules) & {"django", "psycopg", "numpy", "llvmlite", "polars"}))
"""


def test_重い道具を読み込まずに計算する() -> None:
    出た = subprocess.run([sys.executable, "-c", 本文], capture_output=True, text=True, check=True)
    assert 出た.stdout.split("\n")[:2] == ["1250000", "[]"]
