"""特別徴収義務者: 町の法人を、宛名番号とともに台帳に載せる。"""

from __future__ import annotations

from datetime import datetime

import polars as pl
import psycopg

from tsugaru.faces.demo.load.copying import copy
from tsugaru.faces.demo.reports.employers import numbered

TWICE_A_YEAR = 9
"""これだけに一つの会社は、納期の特例（半年ごと）を受けている。"""


def load_employers(
    connection: psycopg.Connection, corporations: pl.DataFrame, *, staff: str, now: datetime
) -> int:
    """義務者の台帳が空なら、町の法人を全て載せる。返り値は載せた数。"""
    if connection.execute('SELECT EXISTS (SELECT 1 FROM "kojin_特徴義務者")').fetchone() == (True,):
        return 0
    special = pl.int_range(pl.len()) % TWICE_A_YEAR == TWICE_A_YEAR // 2
    rows = numbered(corporations).select(
        "指定番号", "宛名番号", "法人番号", pl.lit(1).alias("履歴番号"), pl.col("名称").str.slice(0, 60),
        pl.when(special).then(pl.lit("特例")).otherwise(pl.lit("毎月")).alias("納入方法"),
        pl.lit("").alias("担当"), pl.lit("").alias("理由"), pl.lit(now.isoformat()).alias("処理日時"),
        pl.lit(staff).alias("入力者"),
    )  # fmt: skip
    return copy(connection, ("kojin_特徴義務者",), rows)
