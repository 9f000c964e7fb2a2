"""賦課の歴: 前の番から何が変わったか。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsugaru.gyomu.kojin.domain import units
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.models import 賦課

見る結果 = (
    "年税額",
    "市町村民税額",
    "道府県民税額",
    "森林環境税額",
    "合計所得金額",
    "所得控除の合計額",
    "課税総所得金額",
)


@dataclass(frozen=True, slots=True)
class 変わったこと:
    """一つの項目の前と後（見せる文字）。"""

    項目: str
    前: str
    後: str


def 歴(rows: Sequence[賦課]) -> list[tuple[賦課, list[変わったこと]]]:
    """新しい順の（行, 前の番から変わったこと）。rows は新しい順。初めの番に変わったことはない。"""
    return [(row, _違い(rows[n + 1], row) if n + 1 < len(rows) else []) for n, row in enumerate(rows)]


def _違い(前: 賦課, 後: 賦課) -> list[変わったこと]:
    found = [
        _項目(名, 前.結果.get(名, 0), 後.結果.get(名, 0))
        for 名 in 見る結果
        if 前.結果.get(名, 0) != 後.結果.get(名, 0)
    ]
    names = sorted({*前.事実, *後.事実} & {*人の列})
    found += [
        _項目(名, 前.事実.get(名, 0), 後.事実.get(名, 0))
        for 名 in names
        if 前.事実.get(名, 0) != 後.事実.get(名, 0)
    ]
    found += [
        変わったこと(名, getattr(前, 名), getattr(後, 名))
        for 名 in ("指定番号", "年金支払者")
        if getattr(前, 名) != getattr(後, 名)
    ]
    if 前.期別 != 後.期別 and 前.年税額 == 後.年税額:
        found.append(変わったこと("期と月ごとの額", "", "改めた"))
    return found


def _項目(名: str, 前: int | None, 後: int | None) -> 変わったこと:
    return 変わったこと(名, units.文字(名, 前), units.文字(名, 後))
