"""ある日の住民の全員。一人ずつの「その日の行」と同じ決まりを、一つの文で全員に当てる。"""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import connection

列 = ("宛名番号", "世帯番号", "生年月日", "生年月日不詳", "性別", "住民種別", "続柄1", "続柄2", "住所番号")
その日の住民の文 = """
SELECT r."宛名番号", r."世帯番号", r."生年月日", r."生年月日不詳", r."性別", r."住民種別", r."続柄1", r."続柄2", r."住所番号"
  FROM (SELECT DISTINCT ON ("宛名番号") * FROM "juki_住民履歴" WHERE "有効日" <= %s
         ORDER BY "宛名番号", "履歴番号" DESC) r
 WHERE r."住民状態" = '1'
"""
その日の一人の文 = その日の住民の文.replace(
    'WHERE "有効日" <= %s', 'WHERE "有効日" <= %s AND "宛名番号" = %s'
)
型 = {"生年月日": pl.Date, "生年月日不詳": pl.Boolean, "住所番号": pl.Int64}


def その日の住民(日: date, 宛名番号: str | None = None) -> pl.DataFrame:
    """その日に住民である人（宛名番号を言えばその一人）の表（一人一行、`列` の列）。住所は番号だけである。"""
    with connection.cursor() as cursor:
        if 宛名番号 is None:
            cursor.execute(その日の住民の文, [日])
        else:
            cursor.execute(その日の一人の文, [日, 宛名番号])
        rows = cursor.fetchall()
    return pl.DataFrame(rows, schema={名: 型.get(名, pl.String) for 名 in 列}, orient="row")


def 今の住所番号(宛名番号: list[str]) -> dict[str, int]:
    """宛名番号 → 今の住民票・除票の住所番号（中身は開示の門が開く）。"""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT "宛名番号", "住所番号" FROM "juki_住民" WHERE "宛名番号" = ANY (%s) AND "住所番号" IS NOT NULL',
            [宛名番号],
        )
        return dict(cursor.fetchall())
