"""課税台帳: 確定のときに賦課の行を書き、今の賦課を読む。"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.instalments import 期別, 期別にする
from tsugaru.gyomu.kojin.domain.posting import 賦課の額
from tsugaru.gyomu.kojin.domain.results import 期割の結果, 結果の列
from tsugaru.gyomu.kojin.models import 賦課

人 = "subject"
税の列 = ("市町村民税額", "道府県民税額", "森林環境税額")
_文 = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
COPY = """
COPY "kojin_賦課" ("課税年度", "宛名番号", "番", "実行", "更正事由", "決定日", "事実", "結果", "出所", "期別",
  "徴収", "指定番号", "年金支払者", "合計所得金額", "市町村民税額", "道府県民税額", "森林環境税額", "年税額", "処理日時") FROM STDIN
"""
今の文 = """
SELECT DISTINCT ON ("宛名番号") "宛名番号", "番", "市町村民税額", "道府県民税額", "森林環境税額", "期別"::text,
       "指定番号", "年金支払者"
  FROM "kojin_賦課" WHERE "課税年度" = %s ORDER BY "宛名番号", "番" DESC
"""


@dataclass(frozen=True, slots=True)
class 行の添え:
    """更正の一行に添えるもの: 事由、徴収のありさま、途中の徴収の事実（0 も書く）と結果。"""

    更正事由: str
    徴収: Mapping[str, Any]
    事実: Mapping[str, int | None]
    結果: Mapping[str, int | None]


def 今の賦課(課税年度: int, 宛名番号: str) -> 賦課 | None:
    """その人の、その年度の最も新しい賦課。"""
    return 賦課.objects.filter(課税年度=課税年度, 宛名番号=宛名番号).order_by("-番").first()


def 取消である(row: 賦課) -> bool:
    """賦課を取り消した行か。所得は分からないのであって、ないのではない。"""
    return bool(row.徴収.get("取消"))


def 今の額(課税年度: int) -> dict[str, tuple[int, 賦課の額]]:
    """宛名番号 → （番, 今の賦課の額）。"""
    with connection.cursor() as cursor:
        cursor.execute(今の文, [課税年度])
        return {
            row[0]: (row[1], 賦課の額((row[2], row[3], row[4]), json.loads(row[5]), row[6], row[7]))
            for row in cursor.fetchall()
        }


def 額にする(結果: dict[str, Any], 中: 期別) -> 賦課の額:
    """結果の一行から、記帳に要る額。"""
    税 = (結果["市町村民税額"] or 0, 結果["道府県民税額"] or 0, 結果["森林環境税額"] or 0)
    return 賦課の額(税, 中, 結果["指定番号"] or "", 結果["年金支払者"] or "")


def 判定できた(results: pl.DataFrame) -> pl.DataFrame:
    """年税額の決まった人。判定できない人は賦課しない（一覧には出る）。"""
    return results.filter(pl.col("年税額").is_not_null())


def 書く(
    課税年度: int,
    results: pl.DataFrame,
    facts: pl.DataFrame,
    *,
    番: dict[str, int],
    期別たち: Sequence[期別],
    実行: int,
    更正事由: str,
    決定日: date,
    now: datetime,
    添えたち: Sequence[行の添え] | None = None,
) -> int:
    """賦課の行を COPY で書く。番 は人ごとの前の番（無ければ 0）、添えたち は行の順。返すのは書いた数。"""
    people = results.select(人).join(facts, on=人, how="left", maintain_order="left")
    事実, 結果 = 疎な組(people, 人の列), 疎な組(results, 結果の列)
    額 = results.select(人, "指定番号", "年金支払者", "合計所得金額", *税の列, "年税額")
    添え = 添えたち if 添えたち is not None else [行の添え(更正事由, {}, {}, {})] * results.height
    rows = zip(額.iter_rows(named=True), people["出所"], 事実, 結果, 期別たち, 添え, strict=True)
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(COPY) as stream:
        for 行, 出所, 事, 結, 中, 添 in rows:
            stream.write_row((
                課税年度, 行[人], 番.get(行[人], 0) + 1, 実行, 添.更正事由, 決定日, _文({**事, **添.事実}), _文({**結, **添.結果}),
                _文([int(n) for n in 出所.split(",")] if 出所 else []), _文(中), _文(添.徴収), 行["指定番号"], 行["年金支払者"],
                行["合計所得金額"], 行["市町村民税額"], 行["道府県民税額"], 行["森林環境税額"], 行["年税額"], now,
            ))  # fmt: skip
            count += 1
    return count


def 取り消す(
    課税年度: int, 番: Mapping[str, int], *, 実行: int, 更正事由: str, 決定日: date, now: datetime
) -> None:
    """その人たち（前の番を渡す）の賦課を取り消す行を書く。税額も事実も結果も、何もない行である。"""
    賦課.objects.bulk_create(
        賦課(
            課税年度=課税年度, 宛名番号=subject, 番=n + 1, 実行=実行, 更正事由=更正事由, 決定日=決定日, 事実={}, 結果={},
            徴収={"取消": True}, 合計所得金額=None, 市町村民税額=0, 道府県民税額=0, 森林環境税額=0, 年税額=0, 処理日時=now,
        )
        for subject, n in sorted(番.items())
    )  # fmt: skip


def 期別たちにする(results: pl.DataFrame) -> list[期別]:
    """当初の期別（更正の期割は前の賦課に依る）。要る列だけを行にする（八十の列を十万人の辞書にすると、それだけで数秒かかる）。"""
    rows = results.select("年税額", *期割の結果).iter_rows(named=True)
    return [期別にする(row) if row["年税額"] else {} for row in rows]


def 疎な組(frame: pl.DataFrame, 名たち: Sequence[str]) -> list[dict[str, int | None]]:
    """一行ごとの、名 → 値。0 は書かず、無（判定できない）は None で書く。"""
    found: list[dict[str, int | None]] = [{} for _ in range(frame.height)]
    for 名 in 名たち:
        for place, value in _零でない(frame[名]):
            found[place][名] = value
    return found


def _零でない(column: pl.Series) -> Iterator[tuple[int, int | None]]:
    places = (column.is_null() | (column != 0)).fill_null(True).arg_true()
    yield from zip(places.to_list(), column.gather(places).to_list(), strict=True)
