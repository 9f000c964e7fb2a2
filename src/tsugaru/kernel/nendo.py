"""年度と年月。年度は4月1日に始まり翌年3月31日に終わる（地方自治法第208条第1項）。"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


def 年度(日: date) -> int:
    """その日の属する会計年度。2026年3月31日は2025、4月1日は2026。"""
    return 日.year if 日.month >= 4 else 日.year - 1


def 年度の始期(何年度: int) -> date:
    """4月1日。"""
    return date(何年度, 4, 1)


def 年度の終期(何年度: int) -> date:
    """翌年の3月31日。"""
    return date(何年度 + 1, 3, 31)


def 賦課期日(課税年度: int) -> date:
    """その課税年度の初日の属する年の1月1日（地方税法第39条・第318条・第359条）。"""
    return date(課税年度, 1, 1)


def 前年(課税年度: int) -> int:
    """個人住民税の所得の年。令和8年度分は令和7年中の所得による（地方税法第32条第1項・第313条第1項）。"""
    return 課税年度 - 1


@dataclass(frozen=True, slots=True, order=True)
class 年月:
    """暦の一か月。前後を比べ、月数を足し引きできる。"""

    年: int
    月: int

    def __post_init__(self) -> None:
        if not (1 <= self.年 <= 9999 and 1 <= self.月 <= 12):
            raise ValueError(f"年月ではありません（{self.年}年{self.月}月）")

    @classmethod
    def の(cls, 日: date) -> 年月:
        """その日の属する月。"""
        return cls(日.year, 日.month)

    @classmethod
    def 読む(cls, text: str) -> 年月:
        """「2026-04」を読む。"""
        year, mark, month = text.partition("-")
        if not (mark and text.isascii() and len(text) == 7 and year.isdigit() and month.isdigit()):
            raise ValueError(f"年月は「2026-04」の形で書きます（{text[:20]}）")
        return cls(int(year), int(month))

    @property
    def 初日(self) -> date:
        """月の1日。"""
        return date(self.年, self.月, 1)

    @property
    def 末日(self) -> date:
        """月の末日。"""
        return date(self.年, self.月, calendar.monthrange(self.年, self.月)[1])

    @property
    def 年度(self) -> int:
        """その月の属する会計年度。"""
        return 年度(self.初日)

    def 足す(self, 月数: int) -> 年月:
        """月数後の月。負なら前の月。"""
        years, month = divmod(self.年 * 12 + self.月 - 1 + 月数, 12)
        return 年月(years, month + 1)

    def 差(self, 前: 年月) -> int:
        """前の月から何か月後か。同じ月なら0。"""
        return (self.年 - 前.年) * 12 + self.月 - 前.月

    def __str__(self) -> str:
        return f"{self.年:04d}-{self.月:02d}"


def 年度の各月(何年度: int) -> tuple[年月, ...]:
    """4月から翌年3月までの12か月。"""
    return tuple(年月(何年度, 4).足す(n) for n in range(12))
