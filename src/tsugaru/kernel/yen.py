"""円。金額は整数で持ち、小数は作らない。端数は 切捨て・切上げ・四捨五入 の名と単位で必ず言う。

負の額（還付・減額）は絶対値を処理してから符号を戻す。−150円を100円未満切捨てすると −100円であり、−200円ではない。
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import gcd
from typing import TypeAlias

from tsugaru.kernel.errors import 業務エラー

円: TypeAlias = int

_率 = re.compile(r"(\d+)/(\d+)", re.ASCII)
_金額 = re.compile(r"([-△▲])?(\d{1,3}(?:,\d{3})+|\d+)円?", re.ASCII)
_最大桁数 = 15


def 切捨て(値: 円, 単位: int = 1) -> 円:
    """単位未満を零の側へ落とす（地方税法第20条の4の2の端数計算）。"""
    return _符号(値) * (abs(値) // _単位(単位) * 単位)


def 切上げ(値: 円, 単位: int = 1) -> 円:
    """単位未満を零から遠い側へ上げる。"""
    return _符号(値) * (-(-abs(値) // _単位(単位)) * 単位)


def 四捨五入(値: 円, 単位: int = 1) -> 円:
    """単位の半分以上を零から遠い側へ上げる。"""
    return _符号(値) * ((2 * abs(値) + _単位(単位)) // (2 * 単位) * 単位)


def _符号(値: int) -> int:
    return -1 if 値 < 0 else 1


def _単位(単位: int) -> int:
    if 単位 < 1:
        raise ValueError(f"端数処理の単位は1以上の整数です（{単位}）")
    return 単位


@dataclass(frozen=True, slots=True)
class 分率:
    """率を分子と分母で持つ。約分して持つので 分率(6, 100) と 分率(3, 50) は等しい。"""

    分子: int
    分母: int

    def __post_init__(self) -> None:
        if self.分子 < 0 or self.分母 < 1:
            raise ValueError(f"率は零以上で、分母は1以上です（{self.分子}/{self.分母}）")
        common = gcd(self.分子, self.分母)
        object.__setattr__(self, "分子", self.分子 // common)
        object.__setattr__(self, "分母", self.分母 // common)

    @classmethod
    def 読む(cls, text: str) -> 分率:
        """「3/100」を読む。小数と百分率は読まない。"""
        match = _率.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"率は「3/100」の形で書きます（{text[:20]}）")
        return cls(int(match[1]), int(match[2]))

    def 掛けて切捨て(self, 金額: 円, 単位: int = 1) -> 円:
        """金額×率の単位未満を切り捨てる。端数は最後に一度だけ処理する。"""
        return _符号(金額) * (abs(金額) * self.分子 // (self.分母 * _単位(単位)) * 単位)

    def 掛けて切上げ(self, 金額: 円, 単位: int = 1) -> 円:
        """金額×率の単位未満を切り上げる。"""
        return _符号(金額) * (-(-abs(金額) * self.分子 // (self.分母 * _単位(単位))) * 単位)

    def 掛けて四捨五入(self, 金額: 円, 単位: int = 1) -> 円:
        """金額×率を単位で四捨五入する。"""
        base = self.分母 * _単位(単位)
        return _符号(金額) * ((2 * abs(金額) * self.分子 + base) // (2 * base) * 単位)

    def __str__(self) -> str:
        return f"{self.分子}/{self.分母}"


def 金額表示(金額: 円) -> str:
    """「1,234,567」。負は公文書の慣行で「△1,234」。"""
    return f"△{-金額:,}" if 金額 < 0 else f"{金額:,}"


def 円を読む(text: str, *, 項目: str = "金額") -> 円:
    """打たれた金額を読む。全角・3桁ごとのカンマ・△▲−の負・末尾の円を受ける。小数その他は 業務エラー（YN-0001）。"""
    typed = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    match = _金額.fullmatch(typed)
    if match is None or len(match[2].replace(",", "")) > _最大桁数:
        raise 業務エラー(
            "YN-0001",
            f"{項目}「{text[:30]}」は円の整数として読めません（{_最大桁数}桁まで）。",
            "小数や単位を付けず、1234567 か 1,234,567 の形で入れてください。負の額は △1,234 とします。",
            項目=項目,
        )
    value = int(match[2].replace(",", ""))
    return -value if match[1] else value
