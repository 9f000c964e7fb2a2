"""一人（一世帯）を素の Python で計算する。"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from tsugaru.law.engine.errors import 事実の誤り
from tsugaru.law.engine.facts import 事実, 値
from tsugaru.law.engine.graph import 図, 節
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.rules import 規則書, 集計


class 判定できない(Exception):
    """まだ分からない値で条件を決めたり計算したりしようとした。"""

    def __init__(self, 原因: frozenset[str]) -> None:
        self.原因 = 原因
        super().__init__("、".join(sorted(原因)))


class 不明:
    """まだ分からない値。規則が実際に使おうとした所で止まるので、要らない規則は止めない。"""

    __slots__ = ("原因",)

    def __init__(self, 原因: frozenset[str]) -> None:
        self.原因 = 原因

    def _止まる(self, *_: object) -> NoReturn:
        raise 判定できない(self.原因)

    __bool__ = __int__ = __index__ = __neg__ = __abs__ = _止まる
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _止まる
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _止まる
    __lt__ = __le__ = __gt__ = __ge__ = _止まる
    __eq__ = __ne__ = _止まる
    __hash__ = object.__hash__


中の値 = Any
"""int・bool・不明。規則の本体には型どおりに見える。"""


@dataclass(frozen=True, slots=True)
class 計算:
    """一件の計算の全部の値。`員` は構成員ごと。`与えた` は規則の代わりに使った名。"""

    図: 図
    定め: Mapping[str, 引いた定め]
    主: dict[str, 中の値]
    員: tuple[dict[str, 中の値], ...] = ()
    与えた: frozenset[str] = field(default_factory=frozenset)

    def 値(self, 名: str, 番: int | None = None) -> 値:
        """名の結果。判定できなければ None。`番` は構成員の番号。"""
        中 = (self.主 if 番 is None else self.員[番])[名]
        return None if isinstance(中, 不明) else 中

    def 足りない事実(self, 名: str) -> list[str]:
        """その結果を判定できなくしている事実の名。"""
        中 = self.主[名]
        return sorted(中.原因) if isinstance(中, 不明) else []


def 計算する(図: 図, 事例: Mapping[str, object], 定め: Mapping[str, 引いた定め]) -> 計算:
    """事例（事実の名→値。構成員は単位の名の下に並べる）の全部の結果を求める。

    与えた名が規則の結果ならその値を使う。知らない名や型の合わない値は 事実の誤り。
    """
    員の名 = 図.単位[1] if len(図.単位) > 1 else ""
    並び = 事例.get(員の名, ()) if 員の名 else ()
    if not isinstance(並び, Sequence) or not all(isinstance(一人, Mapping) for 一人 in 並び):
        raise 事実の誤り("JT-1020", f"{員の名} は一人ずつの組の並びです", "[{…}, {…}] の形にしてください")
    主 = _事実を入れる(図, 図.単位[0], {名: 物 for 名, 物 in 事例.items() if 名 != 員の名})
    員 = tuple(_事実を入れる(図, 員の名, 一人) for 一人 in 並び)
    与えた = frozenset(名 for 名 in 主 if 名 not in 図.事実)
    for 一歩 in 図.順:
        if isinstance(一歩.元, 集計):
            主.setdefault(一歩.名, _集める(一歩.元, 員))
            continue
        for 一人 in (主,) if 一歩.単位 == 図.単位[0] else 員:
            if 一歩.名 not in 一人:
                一人[一歩.名] = _進む(一歩.元, 一人, 主, 定め)
    return 計算(図, 定め, 主, 員, 与えた)


def _進む(
    規則: 規則書, 一人: dict[str, 中の値], 主: dict[str, 中の値], 定め: Mapping[str, 引いた定め]
) -> 中の値:
    引数 = {名: 一人[名] if 名 in 一人 else 主[名] for 名 in 規則.引数}
    引数 |= {名: 定め[型.__name__].中身 for 名, 型 in 規則.定め}
    try:
        結果 = 規則.本体(**引数)
    except 判定できない as 止まった:
        return 不明(止まった.原因)
    if 規則.札.端数 and not isinstance(結果, 不明):
        return 結果 // 規則.札.端数.単位 * 規則.札.端数.単位
    return 結果


def _集める(宣言: 集計, 員: Iterable[Mapping[str, 中の値]]) -> 中の値:
    値たち = [一人[宣言.元] for 一人 in 員]
    if 原因 := frozenset[str]().union(*(一つ.原因 for 一つ in 値たち if isinstance(一つ, 不明))):
        return 不明(原因)
    return max(値たち, default=0) if 宣言.種 == "最大" else sum(値たち)


def _事実を入れる(図: 図, 単位: str, 与え: Mapping[str, object]) -> dict[str, 中の値]:
    規則の名 = {一歩.名: 一歩 for 一歩 in 図.順 if 一歩.単位 == 単位}
    表: dict[str, 中の値] = {
        名: 不明(frozenset({名})) if 宣言.既定 is None else 宣言.既定
        for 名, 宣言 in 図.事実.items()
        if 宣言.属する == 単位
    }
    for 名, 物 in 与え.items():
        if 名 not in 表 and 名 not in 規則の名:
            raise 知らない名(名, [*表, *規則の名])
        値 = _検査する(図.事実[名] if 名 in 図.事実 else _結果の形(規則の名[名]), 物)
        表[名] = 不明(frozenset({名})) if 値 is None else 値
    return 表


def _結果の形(一歩: 節) -> 事実:
    型 = 一歩.元.型 if isinstance(一歩.元, 規則書) else int
    return 事実(一歩.名, "", "", 型, 負可=True, 属する=一歩.単位)


def _検査する(宣言: 事実, 物: object) -> 値:
    try:
        return 宣言.検査する(物)
    except ValueError as 誤り:
        raise 事実の誤り(
            "JT-1021", str(誤り).rstrip("。"), "円は整数、該当するかは true か false で書いてください"
        ) from None


def 知らない名(名: str, 知る: list[str]) -> 事実の誤り:
    """近い名を添えた誤り。"""
    近い = difflib.get_close_matches(名, 知る, 3, 0.3)
    対処 = f"{'・'.join(近い)} のどれかではありませんか" if 近い else "law describe に事実の一覧があります"
    return 事実の誤り("JT-1022", f"{名} という事実はありません", 対処)
