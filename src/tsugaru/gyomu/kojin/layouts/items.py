"""項目の表を、受け取りの台帳の `Layout` にする。

表は同じ部屋の CSV で、一行が一項目（ファイルの並びの順）。形は 全角・半角・半角カナ・数字・文字・空。幅は文字数。
値は「0〜3」のような範囲か、ただ一つの値。「年分から」より前の年分のファイルに、その項目は無い。確かさは、並びと長さを
様式の文書で確かめたもの（確認）か、そうでないもの（未確認）か。
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tsugaru.kernel.check_digit import 団体コードの検査数字
from tsugaru.platform.inbound.layout import Column, Layout, Role, Type

検査 = Callable[[str], str | None]
令和の前年 = 2018
平成の前年 = 1988

_全角 = re.compile(r"[^\x00-\x7f\uff61-\uff9f]*")
_半角 = re.compile(r"[ -~]*", re.ASCII)
_半角カナ = re.compile(r"[ ()./\-A-Za-z0-9\uff61-\uff9f]*")
_濁点の前 = re.compile(r"(?<![\uff73\uff76-\uff84\uff8a-\uff8e])\uff9e|(?<![\uff8a-\uff8e])\uff9f")


@dataclass(frozen=True, slots=True)
class 項目:
    """様式の一項目。番号は、その年分のファイルで何番目か（1から）。"""

    番号: int
    名: str
    形: str
    幅: int
    必須: bool
    値: str
    年分から: int
    確認済み: bool


@cache
def 項目表(名: str, 年: int) -> tuple[項目, ...]:
    """その年分（西暦）の項目を、ファイルの順に。"""
    with (Path(__file__).parent / f"{名}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if int(row["年分から"]) <= 年]
    return tuple(
        項目(n, row["名"], row["形"], int(row["幅"]), bool(row["必須"]), row["値"], int(row["年分から"]),
             row["確かさ"] == "確認")
        for n, row in enumerate(rows, start=1)
    )  # fmt: skip


def 年分(年: int) -> str:
    """西暦の年を、報告書の年分（和暦の二桁。令和7年分は 07）にする。令和元年は 01 とする。"""
    return f"{年 - (令和の前年 if 年 > 令和の前年 else 平成の前年):02}"


def 六桁の団体コード(値: str) -> str | None:
    """五桁なら検査数字を付ける。どちらの形でもなければ None（先頭の0が落ちたものを推し量らない）。"""
    if re.fullmatch(r"[0-9]{5}", 値, re.ASCII):
        return f"{値}{団体コードの検査数字(値)}"
    return 値 if re.fullmatch(r"[0-9]{6}", 値, re.ASCII) else None


def 様式(code: str, 表: tuple[項目, ...], *, 年: int, 団体コード: str, 額: str | None = None) -> Layout:
    """受け取りの台帳に渡す様式。額 は、合計を数える項目の名。"""
    columns = tuple(_列(一つ, 団体コード, 額) for 一つ in 表)
    return Layout(code=f"{code}（{年}年分）", columns=columns)


def _列(一つ: 項目, 団体コード: str, 額: str | None) -> Column:
    role = {"年分": Role.PERIOD, 額: Role.TOTAL}.get(一つ.名)
    check = _団体の検査(団体コード) if 一つ.名 == "提出先市町村コード" else _値の検査(一つ)
    kind = Type.DIGITS if 一つ.形 == "数字" else Type.TEXT
    return Column(一つ.名, kind, 一つ.幅, 一つ.必須, role, check)


def _値の検査(一つ: 項目) -> 検査:
    forms: dict[str, 検査] = {
        "全角": lambda v: None if _全角.fullmatch(v) else "全角で書く項目ですが、半角の字があります",
        "半角": lambda v: None if _半角.fullmatch(v) else "半角の英数字で書く項目です",
        "半角カナ": _カナの検査,
        "空": lambda v: "何も書かない項目です",
    }
    form = forms.get(一つ.形)
    return lambda v: (form(v) if form else None) or _範囲の検査(一つ.値, v)


def _カナの検査(値: str) -> str | None:
    if not _半角カナ.fullmatch(値):
        return "半角カナで書く項目です"
    return "濁点か半濁点が、付かない字の後にあります" if _濁点の前.search(値) else None


def _範囲の検査(範囲: str, 値: str) -> str | None:
    low, _, high = 範囲.partition("〜")
    if not 範囲 or (int(low) <= int(値) <= int(high or low) and len(値) == len(low)):
        return None
    return f"{範囲} で書く項目です"


def _団体の検査(団体コード: str) -> 検査:
    def check(値: str) -> str | None:
        code = 六桁の団体コード(値)
        if code is None:
            return "5桁か6桁です（先頭の0が落ちていないか確かめてください）"
        return None if code == 団体コード else "ほかの団体の行です"

    return check
