"""規則を引数の名で結び、ある時点の計算の順にする。"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter

from tsugaru.law.engine.errors import 規則が解けない
from tsugaru.law.engine.facts import 事実
from tsugaru.law.engine.rules import 規則書, 集計
from tsugaru.law.engine.words import 時点


@dataclass(frozen=True, slots=True)
class 節:
    """計算の一歩。規則か集計のどちらか。"""

    名: str
    単位: str
    元: 規則書 | 集計

    @property
    def 引数(self) -> tuple[str, ...]:
        """この一歩が読む値の名。"""
        return self.元.引数 if isinstance(self.元, 規則書) else (self.元.元,)


@dataclass(frozen=True, slots=True, eq=False)
class 図:
    """ある時点の計算。`順` は引数がいつも先に並ぶ。`単位` は主と員（員はないことがある）。"""

    いつ: 時点
    単位: tuple[str, ...]
    順: tuple[節, ...]
    事実: Mapping[str, 事実]

    @cache  # noqa: B019 -- 図は制度ごと時点ごとに一つだけ作られ、消えない
    def 名の表(self) -> Mapping[str, 節]:
        """名から節を引く表。"""
        return {一つ.名: 一つ for 一つ in self.順}

    def 要るもの(self, 求める: Iterable[str], 与える: frozenset[str]) -> set[str]:
        """求める結果に至るまでに読まれる、事実と節の名。与えた値の先はたどらない。"""
        表, 残り, 済み = self.名の表(), list(求める), set[str]()
        while 残り:
            名 = 残り.pop()
            if 名 not in 済み:
                済み.add(名)
                残り += 表[名].引数 if 名 in 表 and 名 not in 与える else ()
        return 済み


def 結ぶ(
    いつ: 時点,
    単位: tuple[str, ...],
    規則たち: Iterable[規則書],
    集計たち: Iterable[集計],
    事実たち: Mapping[str, 事実],
) -> 図:
    """その時点に効く規則を選び、足りない名・循環・二重の版があれば 規則が解けない。"""
    選んだ = _選ぶ(いつ, 規則たち, 集計たち, 単位)
    for 一つ in 選んだ.values():
        for 引数 in 一つ.引数:
            if 引数 not in 選んだ and 引数 not in 事実たち:
                raise _解けない(いつ, f"{一つ.名} の引数 {引数} が、規則にも事実にもありません")
    if 重なり := sorted(set(選んだ) & set(事実たち)):
        raise _解けない(いつ, f"{'、'.join(重なり)} が規則にも事実にもあります")
    try:
        順 = tuple(TopologicalSorter({名: 選んだ[名].引数 for 名 in 選んだ}).static_order())
    except CycleError as 循環:
        raise _解けない(いつ, f"規則が回っています（{' → '.join(循環.args[1])}）") from None
    return 図(いつ, 単位, tuple(選んだ[名] for 名 in 順 if 名 in 選んだ), 事実たち)


def _選ぶ(
    いつ: 時点, 規則たち: Iterable[規則書], 集計たち: Iterable[集計], 単位: tuple[str, ...]
) -> dict[str, 節]:
    """名ごとに、その時点までで一番新しい版。"""
    選んだ: dict[str, 節] = {}
    候補 = [節(一つ.名, 一つ.札.単位 or 単位[0], 一つ) for 一つ in 規則たち]
    候補 += [節(一つ.名, 単位[0], 一つ) for 一つ in 集計たち]
    for 一つ in sorted(候補, key=_始まり):
        if _始まり(一つ) > いつ.値:
            continue
        if 一つ.名 in 選んだ and _始まり(選んだ[一つ.名]) == _始まり(一つ):
            raise _解けない(いつ, f"{一つ.名} に同じ時点から適用する版が二つあります")
        選んだ[一つ.名] = 一つ
    return {名: 一つ for 名, 一つ in 選んだ.items() if not _廃止済み(一つ, いつ)}


def _始まり(一つ: 節) -> int:
    適用 = 一つ.元.札.適用 if isinstance(一つ.元, 規則書) else 一つ.元.適用
    return 適用.値 if 適用 else 0


def _廃止済み(一つ: 節, いつ: 時点) -> bool:
    廃止 = 一つ.元.札.廃止 if isinstance(一つ.元, 規則書) else 一つ.元.廃止
    return 廃止 is not None and 廃止.値 <= いつ.値


def _解けない(いつ: 時点, 文: str) -> 規則が解けない:
    return 規則が解けない(
        "JT-1010", f"{いつ}の規則が一つの計算になりません。{文}", "規則の引数と適用の時点を直してください"
    )
