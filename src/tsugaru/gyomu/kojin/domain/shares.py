"""期の額を、市町村民税・道府県民税・森林環境税に分ける（併せて賦課徴収する。地方税法第41条、森林環境税法第7条）。

残りの税の割合で分け、一円未満は端数の大きい税から一円ずつ足す。最後の期で、どの税もちょうど使い切る。
"""

from __future__ import annotations

from collections.abc import Sequence


def 取り分に分ける(期の額: Sequence[int], 税: Sequence[int]) -> list[tuple[int, ...]]:
    """期ごとの取り分。期の額の合計と税の合計は等しくなければならない（ValueError）。"""
    if sum(期の額) != sum(税):
        raise ValueError(f"期の額の合計（{sum(期の額)}円）と税の合計（{sum(税)}円）が違います。")
    残り, 全体 = list(税), sum(税)
    表: list[tuple[int, ...]] = []
    for 額 in 期の額:
        分 = _一期(額, 残り, 全体)
        残り = [前 - 今 for 前, 今 in zip(残り, 分, strict=True)]
        全体 -= 額
        表.append(tuple(分))
    return 表


def _一期(額: int, 残り: list[int], 全体: int) -> list[int]:
    if 額 == 全体:
        return 残り
    商と余り = [divmod(一つ * 額, 全体) for 一つ in 残り]
    分 = [商 for 商, _ in 商と余り]
    端 = sorted(range(len(分)), key=lambda n: -商と余り[n][1])
    for n in 端[: 額 - sum(分)]:
        分[n] += 1
    return 分
