"""月例更正の期間: どの課税年度の、どの月の更正か。

期間は「課税年度-月」（2026-07 は令和8年7月、2026-01 から 2026-05 は翌年、令和9年の1月から5月）。納期も月も全て過ぎた課税年度は
「課税年度-年月」（2024-2611 は、令和6年度分の令和8年11月の更正）と書く。
月の番は6月を1、翌年5月を12と数え、変更の通知が着く月である。
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tsugaru.gyomu.kojin.domain.instalments import 給与の月
from tsugaru.kernel.civil_time import 開庁日へ
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.holidays import 国民の祝日
from tsugaru.kernel.nendo import 年月

月の番 = {0: 0} | {月: 番 for 番, 月 in enumerate(給与の月, 1)}
"""暦の月 → 6月を1と数えた番。0 は、まだ一月も徴収していないこと。"""
形 = re.compile(r"[0-9]{4}-([0-9]{2}|[0-9]{4})")
終わりの番 = 12


@dataclass(frozen=True, slots=True)
class 時:
    """更正の時。末日 は、その月の終わりで、決定の日の限りである。"""

    課税年度: int
    番: int
    末日: date

    @property
    def 法定納期限(self) -> date:
        """第1期（6月）の納期限。賦課決定の期間はその翌日から数える（地方税法第17条の5、第320条、第20条の5第2項）。"""
        return 開庁日へ(date(self.課税年度, 6, 30), 国民の祝日())


def 期間を読む(期間: str) -> 時:
    """書き方が違えば KJ-7001。"""
    訳 = 期間の誤り(期間)
    if 訳 is not None:
        raise 業務エラー(
            "KJ-7001", f"月例更正の期間「{期間[:20]}」は{訳}。", "2026-07 の形で書いてください。"
        )
    年度, 後 = int(期間[:4]), 期間[5:]
    if len(後) == 2:
        月 = int(後)
        return 時(年度, 月の番[月], _年月(年度, 月).末日)
    return 時(年度, 終わりの番, 年月(2000 + int(後[:2]), int(後[2:])).末日)


def 期間の誤り(期間: str) -> str | None:
    """期間の書き方が違うときの訳。合えば None。"""
    if not 形.fullmatch(期間) or not 期間.isascii():
        return "「課税年度-月」（例 2026-07）ではありません"
    年度, 後 = int(期間[:4]), 期間[5:]
    if not 1 <= int(後[-2:]) <= 12:
        return "月が1から12ではありません"
    if len(後) == 4 and 年月(2000 + int(後[:2]), int(後[2:])) <= 年月(年度 + 1, 5):
        return (
            "その課税年度の途中の月です。「課税年度-月」と書いてください（課税年度-年月は、翌年6月からです）"
        )
    return None


def 今の期間(年度: int, 日: date) -> str:
    """その日に始める月例更正の期間。"""
    今 = 年月.の(日)
    if 今 > 年月(年度 + 1, 5):
        return f"{年度}-{今.年 % 100:02}{今.月:02}"
    return f"{年度}-{max(今, 年月(年度, 6)).月:02}"


def _年月(年度: int, 月: int) -> 年月:
    return 年月(年度 if 月 >= 給与の月[0] else 年度 + 1, 月)
