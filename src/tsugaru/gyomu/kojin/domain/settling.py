"""月例更正の確定: 計算の後に台帳が動いていないことを確かめ、変わった人だけの賦課の行を書く。"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from tsugaru.gyomu.kojin.domain import remaking, roll
from tsugaru.gyomu.kojin.domain.collecting import 一件, 途中の結果の名
from tsugaru.gyomu.kojin.domain.levied import 人, 対象の列, 税の列
from tsugaru.gyomu.kojin.domain.midyear import 時
from tsugaru.gyomu.kojin.domain.posting import 賦課の額
from tsugaru.gyomu.kojin.domain.remaking import 文の列
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs.api import Facts, Parameters

今の番 = 'SELECT "宛名番号", max("番") FROM "kojin_賦課" WHERE "課税年度" = %s GROUP BY "宛名番号"'


事由の長さ = 40


@dataclass(frozen=True, slots=True)
class 更正:
    """変わった一人。前の番が 0 なら初めての賦課、取消 なら賦課の取消し。"""

    宛名番号: str
    番: int
    事由: str
    前: 賦課の額
    後: 賦課の額
    行: Mapping[str, Any] | None

    @property
    def 取消(self) -> bool:
        """結果に行がない。"""
        return self.行 is None


def 変わった人(found: Facts, 写し: Parameters, results: pl.DataFrame) -> Iterator[更正]:
    """結果の表と今の賦課から、書く更正（宛名番号の順）。"""
    今 = found["今"].rename(
        {名: f"前_{名}" for 名 in ("番", *税の列, "年税額", "指定番号", "年金支払者", *文の列)}
    )
    列 = [名 for 名 in 今.columns if 名 not in 対象の列]
    joined = results.join(今.select(列), on=人, how="left", maintain_order="left")
    同じ = [pl.col(名) == pl.col(f"前_{名}") for 名 in (*税の列, *文の列, "指定番号")]
    変わった = (
        pl.col("前_番").is_null() | pl.col("取消") | pl.col("事実が変わった") | ~pl.all_horizontal(同じ)
    )
    書く = joined.filter(pl.col("年税額").is_not_null() & (pl.col("期間を過ぎた") == 0) & 変わった)
    異動 = remaking.効く異動たち(found)
    for row in 書く.iter_rows(named=True):
        yield 更正(
            row[人], row["前_番"] or 0, _事由(row, 異動.get(row[人], [])), _前の額(row), _後の額(row), row
        )
    if remaking.決定できる(found["時"], 写し)[True]:
        去った = 今.filter(~pl.col("取消")).join(results.select(人), on=人, how="anti")
        for row in 去った.iter_rows(named=True):
            yield 更正(row[人], row["前_番"], "賦課の取消し", _前の額(row), 賦課の額(), None)


def _事由(row: Mapping[str, Any], 異動: Sequence[一件]) -> str:
    if not row["前_番"]:
        return ""
    names = [row["事由"]] if row["事由"] else []
    names += [f"徴収の異動（{one.事由}）" for one in 異動]
    return "・".join(names or ["規則か定めの変更"])[:事由の長さ]


def _前の額(row: Mapping[str, Any]) -> 賦課の額:
    if row["前_番"] is None:
        return 賦課の額()
    税 = (row["前_市町村民税額"], row["前_道府県民税額"], row["前_森林環境税額"])
    return 賦課の額(税, json.loads(row["前_期別"]), row["前_指定番号"], row["前_年金支払者"])


def _後の額(row: Mapping[str, Any]) -> 賦課の額:
    税 = (row["市町村民税額"], row["道府県民税額"], row["森林環境税額"])
    return 賦課の額(税, json.loads(row["期別"]), row["指定番号"], row["年金支払者"])


def 確かめる(いつ: 時, found: Facts, 決定日: date | None) -> None:
    """決定の日がその月を過ぎていれば KJ-7004、計算の後に賦課の行が増えていれば KJ-7003。"""
    if 決定日 is None or 決定日 > いつ.末日:
        raise 業務エラー(
            "KJ-7004",
            f"決定の日（{決定日}）が、更正の月の末日（{いつ.末日}）より後です。",
            "その月までの納期と月割額を動かさずに計算しています。決定の月の期間で、準備し直してください。",
        )
    with connection.cursor() as cursor:
        cursor.execute(今の番, [いつ.課税年度])
        if dict(cursor.fetchall()) != dict(found["今"].select(人, "番").iter_rows()):
            raise 業務エラー(
                "KJ-7003",
                "計算した後に、この年度の賦課が変わりました。",
                "この実行を破棄し、もう一度準備して計算してください。",
            )


def 書く(
    いつ: 時,
    found: Facts,
    写し: Parameters,
    results: pl.DataFrame,
    *,
    実行: int,
    決定日: date,
    now: datetime,
) -> None:
    """変わった人の次の番の行と、取り消す人の行。"""
    皆 = list(変わった人(found, 写し, results))
    更正 = {c.宛名番号: c for c in 皆 if not c.取消}
    rows = results.filter(pl.col(人).is_in(list(更正)))
    今 = {row[人]: row for row in found["今"].iter_rows(named=True) if row[人] in 更正}
    people = remaking.方法を決める(found["人"].filter(pl.col(人).is_in(list(更正))), 今)
    roll.書く(
        いつ.課税年度, rows, people, 番={subject: c.番 for subject, c in 更正.items()},
        期別たち=[json.loads(text) for text in rows["期別"]], 実行=実行, 更正事由="", 決定日=決定日, now=now,
        添えたち=[_添え(row, 更正[row[人]].事由) for row in rows.iter_rows(named=True)],
    )  # fmt: skip
    消す = {c.宛名番号: c.番 for c in 皆 if c.取消}
    roll.取り消す(いつ.課税年度, 消す, 実行=実行, 更正事由="賦課の取消し", 決定日=決定日, now=now)


def _添え(row: dict[str, Any], 事由: str) -> roll.行の添え:
    途中 = {名: row[名] for 名 in 途中の結果の名 if row[名]}
    return roll.行の添え(事由, json.loads(row["徴収"]), json.loads(row["途中"] or "{}"), 途中)
