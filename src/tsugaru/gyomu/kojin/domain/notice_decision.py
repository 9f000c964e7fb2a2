"""税額決定・納税通知書（地方税法第319条・第321条の7の2）。普通徴収と年金からの特別徴収を、一人に一通で知らせる。"""

from __future__ import annotations

from collections.abc import Mapping

from tsugaru.gyomu.kojin.domain import certified, computing, wording
from tsugaru.gyomu.kojin.domain.instalments import 年金の月, 期別
from tsugaru.gyomu.kojin.domain.notice_office import 差出し
from tsugaru.gyomu.kojin.domain.notice_values import (
    刷る賦課,
    控除後の額,
    税額控除を並べる,
    該当を並べる,
    課税標準を並べる,
)
from tsugaru.gyomu.kojin.notices.tax import 月割行, 管理番号
from tsugaru.gyomu.kojin.notices.tax_decision.notice import (
    年金徴収の事項,
    普通徴収の事項,
    案内行,
    税額決定納税通知書,
    納期行,
)
from tsugaru.platform.documents.parts import 窓あき宛名

仮の終わり = 8
"""4・6・8月が仮徴収、10・12・2月が本徴収（地方税法第321条の7の2・第321条の7の8）。"""
翌年度の仮 = ((4, "年金仮徴収4月の税額"), (6, "年金仮徴収の税額"), (8, "年金仮徴収の税額"))


def 分(中: 期別, 方法: str) -> dict[str, int]:
    """その方法の期か月ごとの額。方法の後ろに相手の付いた鍵（給与:指定番号）も合わせる。"""
    found: dict[str, int] = {}
    for 鍵, 月々 in 中.items():
        if 鍵.partition(":")[0] == 方法:
            for 期, 額 in 月々.items():
                found[期] = found.get(期, 0) + 額
    return found


def 和(中: 期別, *方法たち: str) -> int:
    """その方法で納める額の合計。"""
    return sum(sum(分(中, 方法).values()) for 方法 in 方法たち)


def 決定通知書(
    賦: 刷る賦課, *, 宛名: 窓あき宛名, 番号: str, 差: 差出し, 支払者: Mapping[str, str]
) -> 税額決定納税通知書:
    """一人の一通。支払者 は年金支払者の番号から名。"""
    row = 賦.行
    給与 = 和(row.期別, "給与")
    return 税額決定納税通知書(
        宛名=宛名, 差出人=差.差出人, 番号=管理番号(通知書番号=番号, 宛名番号=row.宛名番号), 年度=差.年度, 呼び名=差.呼び名,
        本文=wording.本文を書く("決定", 条例=差.条例, 森林環境税がある=差.森林環境税がある), 税額=certified.内訳(賦),
        普通徴収=_普通徴収(row.期別, 差), 年金徴収=_年金徴収(賦, 差, 支払者), 給与徴収の税額=給与 or None,
        所得=certified.所得の行たち(賦), 合計所得金額=賦.値("合計所得金額"), 総所得金額等=賦.値("総所得金額等"),
        所得控除=certified.控除の行たち(賦), 所得控除の合計額=賦.値("所得控除の合計額"), 該当=該当を並べる(賦),
        課税標準=課税標準を並べる(賦), 税額控除=税額控除を並べる(賦), 税額控除後の額=控除後の額(賦),
        控除不足額=賦.値("還付または充当する額"),
        案内=tuple(案内行(見出し=題, 文=文) for 題, 文 in wording.案内), 教示=差.教示,
    )  # fmt: skip


def _普通徴収(中: 期別, 差: 差出し) -> 普通徴収の事項 | None:
    額 = 分(中, "普徴")
    if not any(額.values()):
        return None
    rows = tuple(納期行(期=wording.納期の名(期), 納期限=差.納期限(期), 税額=額[期]) for 期 in 期の順(額))
    return 普通徴収の事項(税額=sum(額.values()), 納期=rows, 納め方=差.納め方)


def 期の順(額: Mapping[str, int]) -> list[str]:
    """第1期から。随時は終わりに。"""
    return sorted(額, key=int)


def _年金徴収(賦: 刷る賦課, 差: 差出し, 支払者: Mapping[str, str]) -> 年金徴収の事項 | None:
    額 = 分(賦.行.期別, "年金")
    if not any(額.values()):
        return None
    月割 = tuple(
        月割行(月=差.月の名(月), 区分=_区分(月), 税額=額[str(月)]) for 月 in 年金の月 if 額.get(str(月))
    )
    return 年金徴収の事項(
        税額=sum(額.values()), 年金の種類=wording.年金の種類, 支払者=支払者.get(賦.行.年金支払者, ""), 支払者法人番号="",
        月割=月割, 翌年度の仮徴収=_翌年度(賦, 差),
    )  # fmt: skip


def _区分(月: int) -> str:
    return "仮徴収" if 4 <= 月 <= 仮の終わり else "本徴収"


def _翌年度(賦: 刷る賦課, 差: 差出し) -> tuple[月割行, ...]:
    """翌年度の4・6・8月に引かれる額（地方税法第321条の7の8）。この年度の年金特別徴収の税額を、仮徴収の規則に通す。"""
    額 = 賦.値("年金特別徴収の対象税額")
    if not 額:
        return ()
    続く = {"年金特別徴収を受ける": 1, "前年度から年金特別徴収である": 1, "前年度の年金特別徴収年税額": 額}
    件 = computing.一人を計算する(続く, 賦.写し)
    found = [(月, int(件.値(名) or 0)) for 月, 名 in 翌年度の仮]
    return tuple(月割行(月=差.月の名(月, 翌年度=True), 区分="仮徴収", 税額=円) for 月, 円 in found if 円)
