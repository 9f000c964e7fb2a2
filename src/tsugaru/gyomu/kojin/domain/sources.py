"""今の資料の表: その年度の、名寄せの済んだ資料を一枚一行で。"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

from tsugaru.gyomu.kojin.domain.columns import 資料の事実

全員を読む = """
SELECT s."id", j."宛名番号", s."種類", s."訂正表示", s."支払者番号", s."支払者", s."受給者番号", s."申告番号", s."置換_id",
       s."事実"::text, s."添え"::text
  FROM "kojin_課税資料" s
  JOIN (SELECT DISTINCT ON ("資料_id") "資料_id", "宛名番号" FROM "kojin_名寄せ"
         ORDER BY "資料_id", "番" DESC) j ON j."資料_id" = s."id"
 WHERE s."課税年度" = %s AND j."宛名番号" <> ''
 ORDER BY s."id"
"""
一人を読む = 全員を読む.replace(
    'FROM "kojin_名寄せ"\n',
    'FROM "kojin_名寄せ"\n         WHERE "資料_id" IN (SELECT "資料_id" FROM "kojin_名寄せ" WHERE "宛名番号" = %s)\n',
).replace("""<> ''""", "= %s")
"""一人の資料だけを見る同じ文（窓口で使うので、全員の名寄せを並べない）。"""
頭 = {
    "資料": pl.Int64, "subject": pl.String, "種類": pl.String, "訂正表示": pl.String, "支払者番号": pl.String,
    "支払者": pl.String, "受給者番号": pl.String, "申告番号": pl.String, "置換": pl.Int64, "事実": pl.String, "添え": pl.String,
}  # fmt: skip
添えの列 = (
    "乙欄",
    "普通徴収",
    "退職",
    "前職の給与",
    "源泉徴収税額",
    "青色専従者",
    "所得金額調整控除額",
    "配偶者区分",
)


def 今の資料(年度: int, 宛名番号: str | None = None) -> pl.DataFrame:
    """`頭` の列と、事実の列（円・人・1か0、書かれていなければ無）と、添えの列（`添え_` が付く）。"""
    with connection.cursor() as cursor:
        if 宛名番号 is None:
            cursor.execute(全員を読む, [年度])
        else:
            cursor.execute(一人を読む, [宛名番号, 年度, 宛名番号])
        return 表にする(cursor.fetchall())


def 表にする(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    """`頭` の順の値（事実と添えは JSON の文字）から、`今の資料` の表。"""
    frame = pl.DataFrame(rows, schema=頭, orient="row")
    facts = pl.Struct(dict.fromkeys(資料の事実, pl.Int64))
    extra = pl.Struct(dict.fromkeys(添えの列, pl.Int64))
    split = frame.with_columns(pl.col("事実").str.json_decode(facts), pl.col("添え").str.json_decode(extra))
    named = split.with_columns(pl.col("添え").struct.rename_fields([f"添え_{名}" for 名 in 添えの列]))
    return named.unnest("事実", "添え")
