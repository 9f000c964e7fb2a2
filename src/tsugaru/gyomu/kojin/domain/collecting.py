"""一人の徴収の今と、年度の途中の更正。法令が要る途中の事実を作り、その結果から新しい期と月ごとの額を並べる。

決まり
    過ぎた期・月   確定した額のまま。過納は、最も後の過ぎた期・月から減らす（随時は最も後）
    退職など       義務者は徴収した月までを持ち、残りは一括・引継・普通徴収（地方税法第321条の5第2項・第321条の7第1項）
    一度離れた方法 その後の更正でも、徴収した額のまま動かさない（残りはもう、ほかの方法に移っている）
    合計           どう動いても、期と月ごとの額の合計は年税額と一致する。合わなければ更正を止める（KJ-7010）
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tsugaru.gyomu.kojin.domain.instalments import 年金の月, 期別, 給与の月
from tsugaru.gyomu.kojin.domain.midyear import 月の番
from tsugaru.kernel.errors import 業務エラー

随時 = "9"
離れた, 切り替えた, 終わった = "退職", "切替", "終了"
普通, 一括, 引継, 特徴 = "普通", "一括", "引継", "特徴"
本徴収の月 = ("10", "12", "2")
結果 = Mapping[str, int | None]
K = TypeVar("K")

途中の事実の名: tuple[str, ...] = (
    "異動のあった月", "給与の支払を受けなくなった", "死亡により退職した", "他の給与支払者が引き継ぐ", "一括徴収を申し出た",
    "五月末までに支払われる給与等", "給与特別徴収へ切り替える", "年金特別徴収をやめる", "過ぎた納期の数", "過ぎた納期の確定額",
    "給与特別徴収の徴収済みの額", "変えられない本徴収の回数", "年金本徴収の徴収済みの額",
    "給与特別徴収の対象税額", "年金特別徴収の対象税額", "年金本徴収の合計額",
)  # fmt: skip
"""更正で法令に与える事実。終わりの三つは、その方法を一度離れた人にだけ与える。"""
途中の結果の名: tuple[str, ...] = (
    "普通徴収の過納額", "直ちに納める普通徴収税額", "残る納期の数", "残る納期の最初の期の税額", "残る納期の各期の税額",
    "給与特別徴収の過納額", "一括徴収の税額", "給与から普通徴収へ移る税額", "給与特別徴収へ移る税額", "月割で続ける税額",
    "異動の後の最初の月割額", "異動の後の月割額", "年金本徴収の過納額", "年金から普通徴収へ移る税額",
    "変更後の最初の本徴収の税額", "変更後の本徴収の税額",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class 一件:
    """一つの特徴異動。徴収済 は月の番。"""

    番: int
    事由: str
    徴収済: int
    残りの方法: str
    指定番号: str
    新指定番号: str = ""
    支払われる額: int = 0
    取消番: int | None = None

    @property
    def 離れるか(self) -> bool:
        """給与の支払がなくなり、特別徴収の残りを引き継ぐ人もいない。"""
        return self.残りの方法 in (普通, 一括)


@dataclass(frozen=True, slots=True)
class 徴収の今:
    """給与は（指定番号, 月の番）→ 円。指定番号 は今の義務者（いなければ空）。異動 は反映した特徴異動の番。"""

    普徴: Mapping[str, int] = field(default_factory=dict)
    給与: Mapping[tuple[str, int], int] = field(default_factory=dict)
    年金: Mapping[str, int] = field(default_factory=dict)
    指定番号: str = ""
    給与の状態: str = ""
    年金の状態: str = ""
    異動: tuple[int, ...] = ()

    @property
    def 合計(self) -> int:
        """全ての期と月の額。"""
        return sum(self.普徴.values()) + sum(self.給与.values()) + sum(self.年金.values())

    def 期別にする(self) -> 期別:
        """台帳に書く形。今の義務者の月は「給与」、前の義務者の月は「給与:<指定番号>」。"""
        found: 期別 = {"普徴": {期: 円 for 期, 円 in sorted(self.普徴.items()) if 円}}
        for (番号, 番), 円 in sorted(self.給与.items(), key=lambda one: one[0][1]):
            鍵 = "給与" if 番号 == self.指定番号 else f"給与:{番号}"
            if 円:
                found.setdefault(鍵, {})[str(給与の月[番 - 1])] = 円
        found["年金"] = {str(月): self.年金[str(月)] for 月 in 年金の月 if self.年金.get(str(月))}
        return {鍵: 中 for 鍵, 中 in found.items() if 中}

    def ありさま(self) -> dict[str, Any]:
        """台帳の「徴収」に書く形。"""
        parts = {"給与": self.給与の状態, "年金": self.年金の状態}
        return {"異動": list(self.異動)} | {名: 値 for 名, 値 in parts.items() if 値}


def 期別を読む(文: str) -> 期別:
    """結果の表の文字から。"""
    found: 期別 = json.loads(文)
    return found


def 今にする(中: 期別, 指定番号: str, ありさま: Mapping[str, Any]) -> 徴収の今:
    """台帳の行から。"""
    給与: dict[tuple[str, int], int] = {}
    for 鍵, 月々 in 中.items():
        方法, _, 番号 = 鍵.partition(":")
        if 方法 == "給与":
            給与 |= {(番号 or 指定番号, 月の番[int(月)]): 円 for 月, 円 in 月々.items()}
    return 徴収の今(
        中.get("普徴", {}), 給与, 中.get("年金", {}), 指定番号, ありさま.get("給与", ""), ありさま.get("年金", ""),
        tuple(ありさま.get("異動", ())),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class 更正の時:
    """月の番と、その月までに過ぎた納期の数、もう変えられない年金の本徴収の回数（どれも法令の答え）。"""

    番: int
    過ぎた納期: int
    変えられない本徴収: int


def 効く異動(皆: list[一件], 反映済: tuple[int, ...], 番: int) -> list[一件]:
    """まだ反映していない異動のうち、その月までに始まったもの（番の順）。反映する前に取り消されたものは、取消とともに効かない。"""
    残り = [one for one in 皆 if one.番 not in 反映済]
    番たち = {one.番 for one in 残り}
    消えた = {one.取消番 for one in 残り if one.取消番 in 番たち}
    効く = [one for one in 残り if one.番 not in 消えた and one.取消番 not in 番たち]
    return [one for one in 効く if one.徴収済 <= 番]


def 途中の事実(
    今: 徴収の今, 自然: 結果, 時: 更正の時, 異動: 一件 | None, *, 年金をやめる: bool, 前年度から: bool
) -> dict[str, int]:
    """法令に与える事実。自然 は、途中の事実を与えずに計算した結果。"""
    締め = 異動.徴収済 if 異動 else 時.番
    離れる = 異動 is not None and 異動.離れるか
    切替 = 異動 is not None and 異動.残りの方法 == 特徴
    続く = 今.給与の状態 == 離れた and not 切替
    回数 = len(本徴収の月) if 今.年金の状態 else 時.変えられない本徴収
    found = {
        "異動のあった月": 締め if 離れる else max(締め, 時.番),
        "給与の支払を受けなくなった": int(続く or (異動 is not None and not 切替)),
        "死亡により退職した": int(異動 is not None and 異動.事由 == "死亡"),
        "他の給与支払者が引き継ぐ": int(異動 is not None and 異動.残りの方法 == 引継),
        "一括徴収を申し出た": int(異動 is not None and 異動.残りの方法 == 一括),
        "五月末までに支払われる給与等": 異動.支払われる額 if 異動 else 0,
        "給与特別徴収へ切り替える": int(切替),
        "年金特別徴収をやめる": int(年金をやめる),
        "過ぎた納期の数": 時.過ぎた納期,
        "過ぎた納期の確定額": sum(_過ぎた普徴(今, 時).values()),
        "給与特別徴収の徴収済みの額": sum(_徴収した月(今, 締め if not 切替 else 時.番).values()),
        "変えられない本徴収の回数": 回数,
        "年金本徴収の徴収済みの額": sum(今.年金.get(月, 0) for 月 in 本徴収の月[:回数]),
    }
    return found | _動かさない対象(今, 自然, found, 前年度から=前年度から)


def _動かさない対象(今: 徴収の今, 自然: 結果, 事実: Mapping[str, int], *, 前年度から: bool) -> dict[str, int]:
    """一度離れた方法の対象税額。徴収した額（切り替えた人の給与は、普通徴収の過ぎた期のほかの全部）。"""
    年税額 = 自然["年税額"] or 0
    found: dict[str, int] = {}
    年金対象, 本徴収 = 自然["年金特別徴収の対象税額"] or 0, 自然["年金本徴収の合計額"] or 0
    if 今.年金の状態:
        仮 = sum(円 for 月, 円 in 今.年金.items() if 月 not in 本徴収の月)
        年金対象 = min(sum(今.年金.values()), 年税額)
        本徴収 = max(年金対象 - 仮, 0)
        found |= {"年金特別徴収の対象税額": 年金対象, "年金本徴収の合計額": 本徴収}
    年金で納める = 年金対象 if 前年度から else 本徴収
    if 今.給与の状態 == 離れた:
        found["給与特別徴収の対象税額"] = min(事実["給与特別徴収の徴収済みの額"], 年税額 - 年金で納める)
    elif 今.給与の状態 == 切り替えた:
        ほか = 年税額 - 年金で納める - 事実["過ぎた納期の確定額"]
        found["給与特別徴収の対象税額"] = max(min(年税額 - 年金対象, ほか), 0)
    return found


def 改める(
    今: 徴収の今, 事実: Mapping[str, int], 結: 結果, 時: 更正の時, 異動: 一件 | None, 指定番号: str
) -> 徴収の今:
    """更正の結果から、新しい徴収。指定番号 は、異動がなければ今から徴収する義務者。"""
    番号 = 指定番号 if 異動 is None else ("" if 異動.離れるか else 異動.新指定番号)
    普徴 = _普徴(今, 結, 時)
    給与 = _給与(今, 事実, 結, 異動, 番号)
    残り = (結["年税額"] or 0) - sum(普徴.values()) - sum(給与.values())
    年金 = _年金(今, 結, 事実["変えられない本徴収の回数"], 残り)
    終 = 事実["年金特別徴収をやめる"] or (
        事実["変えられない本徴収の回数"] >= len(本徴収の月) and 結["年金から普通徴収へ移る税額"]
    )
    new = replace(
        今, 普徴=普徴, 給与=給与, 年金=年金, 指定番号=番号, 給与の状態=_状態(今, 異動),
        年金の状態=終わった if 終 else 今.年金の状態, 異動=(*今.異動, 異動.番) if 異動 else 今.異動,
    )  # fmt: skip
    if new.合計 != (結["年税額"] or 0):
        raise 業務エラー(
            "KJ-7010",
            f"期と月ごとの額の合計（{new.合計:,}円）が年税額（{結['年税額'] or 0:,}円）になりません。",
            "何も記録していません。情報システムの担当へ、この人の宛名番号とともに伝えてください。",
        )
    return new


def _状態(今: 徴収の今, 異動: 一件 | None) -> str:
    if 異動 is None or 異動.残りの方法 == 引継:
        return 今.給与の状態
    return 離れた if 異動.離れるか else 切り替えた


def _過ぎた普徴(今: 徴収の今, 時: 更正の時) -> dict[str, int]:
    """過ぎた納期と、前に随時としたもの。"""
    return {期: 円 for 期, 円 in 今.普徴.items() if 期 == 随時 or int(期) <= 時.過ぎた納期}


def _徴収した月(今: 徴収の今, 締め: int) -> dict[tuple[str, int], int]:
    return {鍵: 円 for 鍵, 円 in 今.給与.items() if 鍵[1] <= 締め}


def _普徴(今: 徴収の今, 結: 結果, 時: 更正の時) -> dict[str, int]:
    期たち = _過ぎた普徴(今, 時)
    期たち = _後から減らす(期たち, sorted(期たち, key=int, reverse=True), 結["普通徴収の過納額"] or 0)
    期たち[随時] = 期たち.get(随時, 0) + (結["直ちに納める普通徴収税額"] or 0)
    for 番 in range(結["残る納期の数"] or 0):
        円 = 結["残る納期の各期の税額" if 番 else "残る納期の最初の期の税額"] or 0
        期たち[str(時.過ぎた納期 + 1 + 番)] = 円
    return 期たち


def _給与(
    今: 徴収の今, 事実: Mapping[str, int], 結: 結果, 異動: 一件 | None, 番号: str
) -> dict[tuple[str, int], int]:
    締め = 異動.徴収済 if 異動 is not None and 異動.残りの方法 != 特徴 else 事実["異動のあった月"]
    月たち = _徴収した月(今, 締め)
    順 = sorted(月たち, key=lambda 鍵: 鍵[1], reverse=True)
    月たち = _後から減らす(月たち, 順, 結["給与特別徴収の過納額"] or 0)
    if 結["一括徴収の税額"]:
        鍵 = (今.指定番号, max(締め, 1))
        月たち[鍵] = 月たち.get(鍵, 0) + 結["一括徴収の税額"]
    if 結["月割で続ける税額"]:
        始 = 事実["異動のあった月"] + 1
        月たち |= {(番号, 番): 結["異動の後の月割額"] or 0 for 番 in range(始 + 1, len(給与の月) + 1)}
        月たち[番号, 始] = 結["異動の後の最初の月割額"] or 0
    return 月たち


def _年金(今: 徴収の今, 結: 結果, 回数: int, 残り: int) -> dict[str, int]:
    """この年度に確定した額までを、早い月から入れる（仮徴収の取り過ぎは、当初と同じく台帳に載せない）。"""
    if 今.年金の状態:
        月々 = dict(今.年金)
    else:
        仮 = 結["年金仮徴収の税額"] or 0
        月々 = {"4": 結["年金仮徴収4月の税額"] or 0, "6": 仮, "8": 仮}
        for 番, 月 in enumerate(本徴収の月):
            後 = 結["変更後の最初の本徴収の税額" if 番 == 回数 else "変更後の本徴収の税額"] or 0
            月々[月] = 今.年金.get(月, 0) if 番 < 回数 else 後
    found: dict[str, int] = {}
    for 月 in map(str, 年金の月):
        found[月] = min(月々.get(月, 0), 残り)
        残り -= found[月]
    return found


def _後から減らす(額たち: Mapping[K, int], 順: list[K], 減: int) -> dict[K, int]:
    found = dict(額たち)
    for 鍵 in 順:
        引く = min(found[鍵], 減)
        found[鍵] -= 引く
        減 -= 引く
    return found
