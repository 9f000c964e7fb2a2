"""データベースのない一人の年度: 当初から、月ごとに事実と異動を変えて、更正を重ねる。"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl

from tsugaru.gyomu.kojin.domain import computing, correcting, levied, posting, remaking, settling
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.instalments import 給与の月
from tsugaru.gyomu.kojin.domain.posting import 賦課の額
from tsugaru.gyomu.kojin.domain.roll import 期別たちにする
from tsugaru.gyomu.kojin.domain.settling import 更正
from tsugaru.law.engine.describe import 値にする
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

年度, 本人 = 2026, "10"
方法 = {**dict.fromkeys(levied.方法の事実, 0), "指定番号": "", "年金支払者": ""}
静か = lambda done, total: None  # noqa: E731


@cache
def 写し() -> Mapping[str, Any]:
    """法の標準の定め。"""
    found = 個人住民税.定め(課税年度(年度))
    return {"課税年度": 年度, "定め": {名: 値にする(one.中身) for 名, one in found.items()}}


class 一年:
    """一人。事実 は報告書などから決まるもの、台帳 は確定した行。"""

    def __init__(self, **事実: Any) -> None:
        self.事実: dict[str, Any] = {"年齢": 45, **事実}
        self.台帳: list[dict[str, Any]] = []
        self.異動: list[dict[str, Any]] = []

    def 人(self) -> pl.DataFrame:
        """今の事実の表。"""
        row = {levied.人: 本人, **dict.fromkeys(人の列, 0), **方法, "出所": "", **self.事実}
        型 = {名: pl.Int64 if 名 in 人の列 else pl.String for 名 in row}
        return pl.DataFrame([row], schema=型)

    def 当初(self) -> dict[str, Any]:
        """当初賦課の行。"""
        people = self.人()
        results = computing.全員を計算する({"人": people}, 写し(), 静か)
        row = results.row(0, named=True)
        self._載せる(
            row, people, 期別たちにする(results)[0], str(people["指定番号"][0]), str(people["年金支払者"][0])
        )
        return self.今

    @property
    def 今(self) -> dict[str, Any]:
        """今の行。"""
        return self.台帳[-1]

    @property
    def 期別(self) -> dict[str, dict[str, int]]:
        """今の期別。"""
        found: dict[str, dict[str, int]] = json.loads(self.今["期別"])
        return found

    def 異動する(
        self,
        事由: str,
        残り: str,
        *,
        徴収済の月: int = 0,
        新: str = "",
        額: int = 0,
        取消番: int | None = None,
    ) -> None:
        """特徴異動を一つ記録する。"""
        self.異動.append({
            levied.人: 本人, "番": len(self.異動) + 1, "事由": 事由, "徴収済の月": 徴収済の月, "残りの方法": 残り,
            "指定番号": self.今["指定番号"], "新指定番号": 新, "支払われる額": 額, "取消番": 取消番,
        })  # fmt: skip

    def 更正(self, 番: int, *, 年数: int = 0) -> 更正 | None:
        """その月の更正を確定する。変わらなければ None。"""
        found = self.読む(番, 年数)
        results = correcting.計算する(found, 写し(), 静か)
        self.結果 = results
        made = list(settling.変わった人(found, 写し(), results))
        if not made:
            return None
        [one] = made
        assert one.行 is not None
        今 = {row[levied.人]: row for row in found["今"].iter_rows(named=True)}
        people = remaking.方法を決める(found["人"], 今)
        self._載せる(
            one.行, people, json.loads(one.行["期別"]), one.後.指定番号, one.後.年金支払者,
            json.loads(one.行["徴収"]), json.loads(one.行["途中"]),
        )  # fmt: skip
        return one

    def 読む(self, 番: int, 年数: int = 0) -> dict[str, pl.DataFrame]:
        """計算に渡す表。"""
        今 = pl.DataFrame(self.台帳[-1:], schema={**levied.今の型, "途中": pl.String, "取消": pl.Boolean})
        people = levied.方法をそろえる(self.人(), 今)
        return {
            "人": people,
            "今": levied.変わったことを書く(今, people),
            "異動": pl.DataFrame(self.異動, schema=levied.異動の型),
            "時": pl.DataFrame({levied.人: [str(年度)], "番": [番], "年数": [年数]}),
        }

    def _載せる(
        self, row: Mapping[str, Any], people: pl.DataFrame, 中: dict[str, dict[str, int]], 指定番号: str, 年金支払者: str,
        徴収: dict[str, Any] | None = None, 途中: dict[str, int] | None = None,
    ) -> None:  # fmt: skip
        事実 = {名: people[名][0] for 名 in 人の列} | (途中 or {})
        self.台帳.append({
            levied.人: 本人, "番": len(self.台帳) + 1, **{名: row[名] for 名 in (*levied.税の列, "年税額", *levied.対象の列)},
            "期別": levied.文にする(中), "徴収": levied.文にする(徴収 or {}), "指定番号": 指定番号, "年金支払者": 年金支払者,
            "出所": "[]", "事実": levied.文にする(事実), "個別": False,
            "途中": levied.文にする(途中) if 途中 else "", "取消": False,
        })  # fmt: skip


def 記帳(世: 一年) -> dict[tuple[str, int, str, str], int]:
    """台帳の行を順に記帳した残高（調定を除く、0 でない口座）。"""
    残高: dict[tuple[str, int, str, str], int] = {}
    前 = 賦課の額()
    for row in 世.台帳:
        税 = tuple(row[名] for 名 in levied.税の列)
        後 = 賦課の額(税, json.loads(row["期別"]), row["指定番号"], row["年金支払者"])
        for p in posting.記帳の素(年度, [(本人, 後, 前)]):
            for line in p.lines:
                if line.account.kind != posting.調定:
                    a = line.account
                    鍵 = (a.kind, a.instalment, a.subject, a.share)
                    残高[鍵] = 残高.get(鍵, 0) + line.debit - line.credit
        前 = 後
    return {鍵: 円 for 鍵, 円 in 残高.items() if 円}


def 月割(番たち: range, 円: int, 初: int) -> dict[str, int]:
    """最初の月だけ違う月割。"""
    return {str(給与の月[番 - 1]): (初 if 番 == 番たち[0] else 円) for 番 in 番たち}
