"""一通の下書き: 計画の一通を、帳票のデータにする。刷る額が計画の額と違えば作らない（KJ-4105）。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from tsugaru.gyomu.kojin.domain import notifying
from tsugaru.gyomu.kojin.domain.notice_change import 変更通知書, 納めすぎ, 納めた額
from tsugaru.gyomu.kojin.domain.notice_decision import 決定通知書
from tsugaru.gyomu.kojin.domain.notice_materials import 作れない訳, 材料, 直し方, 載る人
from tsugaru.gyomu.kojin.domain.notice_office import 差出し
from tsugaru.gyomu.kojin.domain.notice_withholding import 勤める人, 勤め先, 納税義務者用, 義務者用
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.domain.recipients import 宛先
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.yen import 金額表示
from tsugaru.platform.documents.parts import 窓あき宛名
from tsugaru.platform.tenancy import bound_code

鍵 = tuple[str, str, int]
"""（様式, 相手, 賦課の番）。"""


@dataclass(frozen=True, slots=True)
class 下書き:
    """帳票のデータになった一通。請求番号は、同じ実行の同じ一通・同じ回なら、いつも同じである（二度残せない）。"""

    通知: 一通
    番号: str
    回: int
    請求番号: UUID
    データ: Any
    載る人: tuple[str, ...]
    伏せた人: tuple[str, ...] = ()


def 通知番号(計画: 通知の計画, one: 一通, 回: int = 1) -> str:
    """「2026-12-000345」。作り直したものは「-2」が付く。"""
    return f"{計画.課税年度}-{計画.実行}-{one.位置:06}" + (f"-{回}" if 回 > 1 else "")


def 下書きする(
    items: Sequence[一通], 材: 材料, *, 計画: 通知の計画, 差: 差出し, 回: int = 1
) -> tuple[list[下書き], dict[鍵, str]]:
    """（データになった通知, 作れない通知の鍵 → 訳か誤りの番号）。"""
    できた: list[下書き] = []
    訳: dict[鍵, str] = {}
    for one in items:
        if found := 作れない訳(one, 材):
            訳[one.鍵] = found
            continue
        try:
            できた.append(一つの下書き(one, 材, 計画=計画, 差=差, 回=回))
        except 業務エラー as error:
            訳[one.鍵] = error.code
    return できた, 訳


def 一つの下書き(one: 一通, 材: 材料, *, 計画: 通知の計画, 差: 差出し, 回: int = 1) -> 下書き:
    """一通の下書き。宛先や義務者がない（KJ-4104）、額が違う（KJ-4105）なら断る。"""
    if 訳 := 作れない訳(one, 材):
        raise 業務エラー("KJ-4104", f"この通知は作れません（{訳}）。", 直し方[訳])
    番号 = 通知番号(計画, one, 回)
    データ, 額 = _作り方[one.様式](one, 材, 差, 番号)
    if 額 != one.税額:
        raise 業務エラー(
            "KJ-4105",
            f"刷る額（{金額表示(額)}円）が、この実行で決まった額（{金額表示(one.税額)}円）と違います。",
            "この通知は作りません。情報システムの担当へ、通知番号とともに伝えてください。",
        )
    人 = 載る人(one, 材)
    請求番号 = uuid5(NAMESPACE_URL, f"tsugaru:{bound_code()}:kojin:{番号}")
    return 下書き(one, 番号, 回, 請求番号, データ, 人, tuple(sorted(材.伏せた人 & set(人))))


def _決定(one: 一通, 材: 材料, 差: 差出し, 番号: str) -> tuple[Any, int]:
    data = 決定通知書(材.行[one.行], 宛名=宛名(材.宛先[one.相手]), 番号=番号, 差=差, 支払者=材.年金支払者)
    return data, sum(分.税額 for 分 in (data.普通徴収, data.年金徴収) if 分 is not None)


def _変更(one: 一通, 材: 材料, 差: 差出し, 番号: str) -> tuple[Any, int]:
    前, 後 = 材.行[one.前], 材.行[one.行]
    済み = 納めた額(後.行)
    data = 変更通知書(
        前, 後, 宛名=宛名(材.宛先[one.相手]), 番号=番号, 差=差, 納付済=済み, 還付充当額=納めすぎ(後, 済み)
    )
    return data, sum(row.変更後 for row in data.期別)


def _義務者(one: 一通, 材: 材料, 差: 差出し, 番号: str) -> tuple[Any, int]:
    先 = _勤め先(one, 材)
    人々 = [_勤める人(pk, 前, 先, 材) for pk, 前 in one.人々]
    data = 義務者用(先, 人々, 宛名=宛名(材.宛先[材.義務者[one.まとまり].宛名番号]), 差=差, 変更=one.変更)
    return data, data.特別徴収税額の合計


def _納税者(one: 一通, 材: 材料, 差: 差出し, 番号: str) -> tuple[Any, int]:
    先 = _勤め先(one, 材)
    data = 納税義務者用(_勤める人(one.行, one.前, 先, 材), 先, 差=差, 変更=one.変更)
    return data, data.税額.特別徴収税額


_作り方: dict[str, Callable[[一通, 材料, 差出し, str], tuple[Any, int]]] = {
    notifying.決定: _決定,
    notifying.変更: _変更,
    notifying.義務者: _義務者,
    notifying.納税者: _納税者,
}


def 宛名(先: 宛先) -> 窓あき宛名:
    """作れない訳のない宛先の宛名。"""
    assert 先.宛名 is not None
    return 先.宛名


def _勤め先(one: 一通, 材: 材料) -> 勤め先:
    会社 = 材.義務者[one.まとまり]
    return 勤め先(
        指定番号=会社.指定番号, 名称=会社.名称, 法人番号=会社.法人番号, 特例=会社.納入方法 == "特例"
    )


def _勤める人(pk: int, 前: int, 先: 勤め先, 材: 材料) -> 勤める人:
    賦 = 材.行[pk]
    番号 = 賦.行.宛名番号
    受給 = [
        材.受給者番号[n][1] for n in 賦.行.出所 if n in 材.受給者番号 and 材.受給者番号[n][0] == 先.指定番号
    ]
    return 勤める人(
        賦=賦, 氏名=材.氏名.get(番号, ""), 住所=材.住所.get(番号, ""), 受給者番号=受給[-1] if 受給 else "",
        前=材.行[前] if 前 else None,
    )  # fmt: skip
