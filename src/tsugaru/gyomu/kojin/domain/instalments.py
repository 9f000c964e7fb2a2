"""期と月ごとの額: 一人の年税額を、普通徴収の納期・給与の月・年金の月に並べる。

期別は {"普徴": {期: 円}, "給与": {月: 円}, "年金": {月: 円}}。0 の期は書かない。年度の途中に義務者が替わった人は、前の義務者が
徴収した月を "給与:<指定番号>" の鍵に分ける（今の義務者は "給与"）。普徴の期 "9" は、納期によらず随時に納める額である。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

期別 = dict[str, dict[str, int]]
給与の月 = (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)
年金の月 = (4, 6, 8, 10, 12, 2)


def 期別にする(結果: Mapping[str, int | None]) -> 期別:
    """結果の一行から。年金は、この年度に確定した額までを早い月から入れる（仮徴収の取り過ぎは収納で還付になる）。"""
    普徴 = {str(n): 結果[f"普通徴収第{n}期の税額"] or 0 for n in range(1, 5)}
    後 = 結果["給与特別徴収8月以後の税額"] or 0
    給与 = {str(月): 後 for 月 in 給与の月} | {
        "6": 結果["給与特別徴収6月の税額"] or 0,
        "7": 結果["給与特別徴収7月の税額"] or 0,
    }
    対象 = 結果["給与特別徴収の対象税額"] or 0
    if sum(給与.values()) != 対象:
        給与 = {"6": 対象}
    found = {"普徴": 普徴, "給与": 給与, "年金": _年金(結果, sum(普徴.values()))}
    return {方法: {期: 額 for 期, 額 in 中.items() if 額} for 方法, 中 in found.items() if any(中.values())}


def _年金(結果: Mapping[str, int | None], 普徴: int) -> dict[str, int]:
    仮 = 結果["年金仮徴収の税額"] or 0
    本 = 結果["年金本徴収12月以後の税額"] or 0
    月々 = {
        "4": 結果["年金仮徴収4月の税額"] or 0, "6": 仮, "8": 仮,
        "10": 結果["年金本徴収10月の税額"] or 0, "12": 本, "2": 本,
    }  # fmt: skip
    残り = (結果["年税額"] or 0) - (結果["給与特別徴収の対象税額"] or 0) - 普徴
    found: dict[str, int] = {}
    for 月, 額 in 月々.items():
        found[月] = min(額, 残り)
        残り -= found[月]
    return found


def 並べる(中: 期別) -> Iterator[tuple[str, str, int]]:
    """（方法の鍵, 期か月, 円）を、納める順に。普徴の随時は終わりに並ぶ。"""
    for 期, 額 in sorted(中.get("普徴", {}).items(), key=lambda one: int(one[0])):
        yield "普徴", 期, 額
    for 方法, 月々 in (("給与", 給与の月), ("年金", 年金の月)):
        鍵たち = sorted(鍵 for 鍵 in 中 if 鍵.partition(":")[0] == 方法)
        for 月 in 月々:
            yield from ((鍵, str(月), 中[鍵][str(月)]) for 鍵 in 鍵たち if str(月) in 中[鍵])
