"""調定の記帳。普通徴収は人ごと、特別徴収は義務者（年金は支払者）と月ごと。期ごとに市町村民税・道府県民税・森林環境税へ分ける。

口座は 科目 × 課税年度 × 期か月 × 相手 × 取り分。相手は、普通徴収では宛名番号、特別徴収では 指定番号 である。
更正は、新しい賦課と前の賦課の差だけを記帳する。減る分は貸借を逆にする。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tsugaru.gyomu.kojin.domain.instalments import 並べる, 期別
from tsugaru.law.kojin.public import 期割を税目に分ける
from tsugaru.platform.ledger.api import AccountKey, Line, Posting

取り分 = ("市町村民税", "道府県民税", "森林環境税")
科目 = {"普徴": "普通徴収", "給与": "給与特別徴収", "年金": "年金特別徴収"}
調定 = "調定"
口座の額 = dict[tuple[str, int, str, str], int]
"""（科目, 期か月, 相手, 取り分）→ 円。"""


@dataclass(frozen=True, slots=True)
class 賦課の額:
    """一人の一回の賦課のうち、記帳に要るもの。税 は取り分の順。"""

    税: tuple[int, int, int] = (0, 0, 0)
    期別: 期別 = field(default_factory=dict)
    指定番号: str = ""
    年金支払者: str = ""


def 口座に分ける(宛名番号: str, 額: 賦課の額) -> 口座の額:
    """一人の賦課を口座ごとに。どの期も分けた合計が期の額に、どの税も期の合計が税の額になる。"""
    if not 額.期別 and not any(額.税):
        return {}
    今の相手 = {"普徴": 宛名番号, "給与": 額.指定番号, "年金": 額.年金支払者}
    並び = list(並べる(額.期別))
    表 = 期割を税目に分ける([円 for *_, 円 in 並び], 額.税)
    found: 口座の額 = {}
    for (鍵, 期, _), 分 in zip(並び, 表, strict=True):
        方法, _, 前の相手 = 鍵.partition(":")
        for 名, 円 in zip(取り分, 分, strict=True):
            if 円:
                found[科目[方法], int(期), 前の相手 or 今の相手[方法], 名] = 円
    return found


def 記帳の素(課税年度: int, 変わった人: Iterable[tuple[str, 賦課の額, 賦課の額]]) -> Iterator[Posting]:
    """（宛名番号, 新しい賦課, 前の賦課）から、差の記帳。原因の番号は相手（普通徴収は 宛名番号、特別徴収は 特徴-指定番号）。"""
    組: dict[str, 口座の額] = defaultdict(lambda: defaultdict(int))
    for 宛名番号, 新, 前 in 変わった人:
        差 = 口座に分ける(宛名番号, 新)
        if 前.期別:
            差 = _差(差, 口座に分ける(宛名番号, 前))
        for 鍵, 円 in 差.items():
            原因 = 宛名番号 if 鍵[0] == 科目["普徴"] else f"特徴-{鍵[2]}"
            組[原因][鍵] += 円
    for 原因 in sorted(組):
        lines = list(_明細(課税年度, 組[原因]))
        if lines:
            yield Posting(原因, lines)


def _差(新: 口座の額, 前: 口座の額) -> 口座の額:
    return {鍵: 新.get(鍵, 0) - 前.get(鍵, 0) for 鍵 in {**新, **前}}


def _明細(課税年度: int, 額: Mapping[tuple[str, int, str, str], int]) -> Iterator[Line]:
    """未収の口座の行と、取り分ごとの調定の行。増と減が混ざるときは、調定を借方と貸方のそれぞれにまとめる。"""
    合計: dict[tuple[str, bool], int] = defaultdict(int)
    for (科, 期, 相手, 分), 円 in sorted(額.items()):
        口座 = AccountKey(科, 課税年度, 期, 相手, 分)
        if 円:
            yield Line(口座, debit=円) if 円 > 0 else Line(口座, credit=-円)
            合計[分, 円 > 0] += abs(円)
    for (分, 増), 円 in sorted(合計.items()):
        口座 = AccountKey(調定, 課税年度, share=分)
        yield Line(口座, credit=円) if 増 else Line(口座, debit=円)
