"""規則を書く人に渡す語。単位の型名・適用の時点・端数・分率。"""

from dataclasses import dataclass
from fractions import Fraction

from tsugaru.kernel.yen import 円, 分率

人 = int
歳 = int
年 = int
月 = int
真偽 = bool

__all__ = [
    "人",
    "円",
    "分率",
    "分率を読む",
    "切捨て",
    "年",
    "支給月",
    "日",
    "時点",
    "月",
    "歳",
    "真偽",
    "端数",
    "課税年度",
]

上限なし = 10**15
"""「上限なし」を整数で持つときの値（1,000兆円）。これを超える金額は扱わない。"""


@dataclass(frozen=True, slots=True)
class 時点:
    """規則と定めが変わる境目。`値` は軸により 2026・202604・20260401 の形。"""

    軸: str
    値: int

    def __str__(self) -> str:
        if self.軸 == "課税年度":
            return f"課税年度{self.値}"
        if self.軸 == "支給月":
            return f"{self.値 // 100}年{self.値 % 100}月"
        return f"{self.値 // 10000}年{self.値 // 100 % 100}月{self.値 % 100}日"


def 課税年度(西暦: int) -> 時点:
    """その年の4月に始まる年度の課税から。"""
    return 時点("課税年度", 西暦)


def 支給月(西暦: int, 月数: int) -> 時点:
    """その月分の支給から。"""
    return 時点("支給月", 西暦 * 100 + 月数)


def 日(西暦: int, 月数: int, 日数: int) -> 時点:
    """その日から。"""
    return 時点("日", 西暦 * 10000 + 月数 * 100 + 日数)


@dataclass(frozen=True, slots=True)
class 端数:
    """法令の端数の定め。`単位` 円（人・年など）未満を切り捨てる。"""

    単位: int
    根拠: str


def 切捨て(単位: int, 根拠: str) -> 端数:
    """`単位` 未満の端数を切り捨てる。"""
    return 端数(単位, 根拠)


def 分率を読む(表記: str) -> 分率:
    """`3/100`・`4.025%`・`1/2` を誤差なく読む。読めなければ ValueError。"""
    値 = Fraction(表記[:-1]) / 100 if 表記.endswith("%") else Fraction(表記)
    return 分率(値.numerator, 値.denominator)
