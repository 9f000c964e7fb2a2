"""報告書の元号で書いた日付。元号の番号は報告書だけのもので、標準仕様書の年号コードと並びが違う。"""

from __future__ import annotations

from datetime import date

from tsugaru.kernel.errors import 業務エラー

# 番号 → 元号、元年の前の年、初日、末日
元号表 = {
    "1": ("昭和", 1925, date(1926, 12, 25), date(1989, 1, 7)),
    "2": ("大正", 1911, date(1912, 7, 30), date(1926, 12, 24)),
    "3": ("明治", 1867, date(1868, 1, 25), date(1912, 7, 29)),
    "4": ("平成", 1988, date(1989, 1, 8), date(2019, 4, 30)),
    "5": ("令和", 2018, date(2019, 5, 1), date(9999, 12, 31)),
}


def 日付にする(元号: str, 年: str, 月: str, 日: str, *, 項目: str = "生年月日") -> date:
    """元号の番号と二桁の年月日から日付。暦に無い日、その元号に無い日は KJ-1101。"""
    text = f"{元号}-{年}-{月}-{日}"
    try:
        name, before, first, last = 元号表[元号]
        day = date(before + int(年), int(月), int(日))
    except (KeyError, ValueError):
        raise _誤り(項目, text, "暦にありません") from None
    if not first <= day <= last:
        raise _誤り(項目, text, f"{name}の期間にありません")
    return day


def 元号と年月日(日付: date) -> tuple[str, str, str, str]:
    """日付を 元号の番号・二桁の年・月・日 にする。"""
    for code, (_, before, first, last) in 元号表.items():
        if first <= 日付 <= last:
            return code, f"{日付.year - before:02}", f"{日付.month:02}", f"{日付.day:02}"
    raise _誤り("日付", 日付.isoformat(), "元号で書けません")


def _誤り(項目: str, text: str, why: str) -> 業務エラー:
    return 業務エラー(
        "KJ-1101", f"{項目}（{text}）は{why}。", "差出人に確かめ、値を直してください。", 項目=項目
    )
