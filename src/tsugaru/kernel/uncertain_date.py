"""不詳日: 並べるための暦日・不詳の旗・書かれたままの表記（72文字まで）の三つ組。

みなし生年月日は作らない。年齢のように一つの日がなければ決まらないものは、判定できない（None）と答える。
出典: 住民記録システム標準仕様書 1.1.8（不詳の14の型、暦にない日）。
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 元号, 元号表, 和暦表示, 日付を読む

最大文字数 = 72
_年 = r"(?P<era>明治|大正|昭和|平成|令和)(?P<y>元|[0-9]{1,2})年"
_月 = r"(?P<m>[0-9]{1,2})月"
_日 = r"(?P<d>[0-9]{1,2})日"
_終 = r"(?:(?:明治|大正|昭和|平成|令和)(?:元|[0-9]{1,2})年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日"
不詳の型 = (
    ("○年頃", rf"{_年}頃"),
    ("○年○月頃", rf"{_年}{_月}頃"),
    ("○年○月○日頃", rf"{_年}{_月}{_日}頃"),
    ("推定○年○月○日", rf"推定{_年}{_月}{_日}"),
    ("推定○年○月", rf"推定{_年}{_月}"),
    ("○年春", rf"{_年}(?P<s>春|夏|秋|冬)"),
    ("○年○月上旬", rf"{_年}{_月}(?P<t>上旬|中旬|下旬)"),
    ("○年○月中旬頃", rf"{_年}{_月}(?P<t>上旬|中旬|下旬)頃"),
    ("年月日不詳", r"年月日不詳"),
    ("○年 月日不詳", rf"{_年} ?月日不詳"),
    ("○年○月 日不詳", rf"{_年}{_月} ?日不詳"),
    ("○日から○日頃までの間", rf"{_年}{_月}{_日}から{_終}頃までの間"),
    ("推定○日から○日までの間", rf"推定{_年}{_月}{_日}から{_終}までの間"),
    ("○日頃から○日頃までの間", rf"{_年}{_月}{_日}頃から{_終}頃までの間"),
)
_季の月 = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_旬の日 = {"上旬": 1, "中旬": 11, "下旬": 21}
_暦にない = re.compile(rf"^{_年}{_月}{_日}$")


@dataclass(frozen=True, slots=True)
class 不詳日:
    """日付（確かな日なら 不詳 は偽で 表記 は空）。内部日付は並べるためだけに使う。"""

    内部日付: date
    不詳: bool = False
    表記: str = ""

    def __post_init__(self) -> None:
        if self.不詳 != bool(self.表記) or len(self.表記) > 最大文字数:
            raise ValueError("不詳の日には72文字までの表記が要り、確かな日には要りません")

    @property
    def 表示(self) -> str:
        """画面と帳票に出す文字。"""
        return self.表記 if self.不詳 else 和暦表示(self.内部日付)

    @property
    def 列(self) -> tuple[date, bool, str]:
        """データベースの三つの列（日付・旗・表記）。不詳日(*列) で元に戻る。"""
        return self.内部日付, self.不詳, self.表記

    @property
    def 並び鍵(self) -> tuple[date, bool]:
        """古い順に並べる鍵。内部日付が同じなら確かな日を先にする。前後の法律上の判定には使わない。"""
        return self.内部日付, self.不詳

    @property
    def 確かな日(self) -> date | None:
        """一つの日に定まっていればその日。定まらなければ None。"""
        return None if self.不詳 else self.内部日付


def 不詳日を読む(text: str, *, 項目: str = "日付") -> 不詳日:
    """打たれた文字を読む。確かな日・14の型・暦にない日（2月29日、明治45年7月30日など）のどれでもなければ 業務エラー。"""
    typed = unicodedata.normalize("NFKC", text).strip()
    for _, pattern in 不詳の型:
        match = re.fullmatch(pattern, typed)
        if match:
            return 不詳日(_内部日付(match), 不詳=True, 表記=text.strip())
    try:
        return 不詳日(日付を読む(text, 項目=項目))
    except 業務エラー:
        match = _暦にない.fullmatch(typed)
        if match is None or not _許される暦外(match):
            raise
        return 不詳日(_内部日付(match), 不詳=True, 表記=text.strip())


def _許される暦外(match: re.Match[str]) -> bool:
    """平年の2月29日と、改元の日（明治45年7月30日・大正15年12月25日）。4月31日などは打ち間違いとして断る。"""
    month, day = int(match["m"]), int(match["d"])
    if (match["era"], match["y"], month, day) in {("明治", "45", 7, 30), ("大正", "15", 12, 25)}:
        return True
    return (month, day) == (2, 29)


def _西暦(match: re.Match[str]) -> int:
    era = next(e for e in 元号表 if e.名 == match["era"])
    year = era.始期.year + (1 if match["y"] == "元" else int(match["y"])) - 1
    if not era.始期.year <= year <= _終わりの年(era):
        raise 業務エラー(
            "DT-0003", f"「{match[0][:30]}」の年は{era.名}にありません。", "元号と年を確かめてください。"
        )
    return year


def _終わりの年(era: 元号) -> int:
    """次の元号の始まる年（その年まで使われた）。今の元号は暦の果てまで。"""
    later = [e.始期.year for e in 元号表 if e.始期 > era.始期]
    return min(later, default=9999)


def _内部日付(match: re.Match[str]) -> date:
    """並べるための日。分からない月は1月、日は1日（季・旬はその初め）。年も不詳なら 0001-01-01。"""
    found = match.groupdict()
    if not found.get("era"):
        return date.min
    month = int(found.get("m") or _季の月.get(found.get("s") or "", 1))
    day = int(found.get("d") or _旬の日.get(found.get("t") or "", 1))
    if not 1 <= month <= 12:
        raise 業務エラー("DT-0003", f"月「{month}」は1から12までです。", "月を確かめてください。")
    year = _西暦(match)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= max(last, 29 if month == 2 else 0):
        raise 業務エラー(
            "DT-0003", f"「{match[0][:30]}」の{day}日は暦にありません。", "日を確かめてください。"
        )
    return date(year, month, min(day, last))
