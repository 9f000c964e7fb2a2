"""和暦。日は日として持ち、元号は見せるときにだけ、この一つの場所で決める（改元の後に「平成1年度」と刷った例がある）。"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from tsugaru.kernel.errors import 業務エラー


@dataclass(frozen=True, slots=True)
class 元号:
    """一つの元号。始期は改元の日（新しい元号の第一日）。"""

    名: str
    略: str
    英: str
    始期: date


# 改元の日は詔書・政令による。明治の詔書は西暦1868年10月23日（明治元年9月8日）。
# 明治5年12月2日までは太陰太陽暦で、書かれた月日は西暦の月日と違う。この日より前は暦日として読まず、和暦でも示さない。
太陽暦の始期 = date(1873, 1, 1)  # 明治5年太政官布告第337号
元号表 = (
    元号("令和", "令", "R", date(2019, 5, 1)),  # 平成31年政令第143号
    元号("平成", "平", "H", date(1989, 1, 8)),  # 昭和64年政令第1号
    元号("昭和", "昭", "S", date(1926, 12, 25)),
    元号("大正", "大", "T", date(1912, 7, 30)),
    元号("明治", "明", "M", date(1868, 10, 23)),
)


def 元号を探す(日: date) -> 元号:
    """その日の元号。明治より前は 業務エラー。"""
    for era in 元号表:
        if 日 >= era.始期:
            return era
    raise 業務エラー("DT-0002", f"{日.isoformat()} は明治より前です。", "西暦と年を確かめてください。")


def 和暦の年(日: date) -> str:
    """「昭和63年」。一年は元年。"""
    era = 元号を探す(日)
    year = 日.year - era.始期.year + 1
    return f"{era.名}{'元' if year == 1 else year}年"


def 和暦表示(日: date) -> str:
    """「昭和63年4月1日」。明治6年1月1日より前は 業務エラー（DT-0002）。"""
    _太陽暦か(日)
    return f"{和暦の年(日)}{日.month}月{日.day}日"


def 和暦略記(日: date) -> str:
    """「S63.4.1」。明治6年1月1日より前は 業務エラー（DT-0002）。"""
    _太陽暦か(日)
    era = 元号を探す(日)
    return f"{era.英}{日.year - era.始期.year + 1}.{日.month}.{日.day}"


def _太陽暦か(日: date) -> None:
    if 日 < 太陽暦の始期:
        raise 業務エラー(
            "DT-0002",
            f"{日.isoformat()} は太陽暦の始まり（明治6年1月1日）より前で、和暦の月日に直せません。",
            "原本の表記のまま不詳日として入れてください。",
            根拠="明治5年太政官布告第337号。",
        )


def 年度の和暦表示(年度: int) -> str:
    """会計年度・課税年度の呼び名。4月1日の元号で呼ぶが、令和元年度（2019）だけは年度の大半に合わせて令和と呼ぶ慣行による。"""
    if 年度 == 2019:
        return "令和元年度"
    return f"{和暦の年(date(年度, 4, 1))}度"


_区切り = re.compile(
    r"^(?P<era>[明大昭平令MTSHR]|明治|大正|昭和|平成|令和)?\s*(?P<y>元|[0-9]{1,4})\s*[年./-]\s*"
    r"(?P<m>[0-9]{1,2})\s*[月./-]\s*(?P<d>[0-9]{1,2})\s*日?$"
)
_詰め = re.compile(
    r"^(?P<era>[明大昭平令MTSHR]|明治|大正|昭和|平成|令和)(?P<y>[0-9]{1,2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$"
)
_西暦詰め = re.compile(r"^(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$")


def 日付を読む(text: str, *, 項目: str = "日付") -> date:
    """窓口で打たれる書き方を読む: s630401、昭63.4.1、昭和63年4月1日、R元.5.1、1988-04-01、19880401。全角も可。

    実在しない日、元号の期間の外の日は 業務エラー（DT-0001）。
    """
    typed = unicodedata.normalize("NFKC", text).strip().upper()
    match = _区切り.match(typed) or _詰め.match(typed) or _西暦詰め.match(typed)
    if match is None:
        raise _誤り(
            項目, text, "日付として読めません", "s630401、昭63.4.1、1988-04-01 のどれかの形で入れてください。"
        )
    parts = match.groupdict()
    year = 1 if parts["y"] == "元" else int(parts["y"])
    month, day = int(parts["m"]), int(parts["d"])
    era = _元号の記号(parts.get("era"))
    if era is None and len(parts["y"]) < 4:
        raise _誤り(
            項目, text, "元号がありません", "s630401 のように元号を付けるか、西暦4桁で入れてください。"
        )
    return _組み立てる(text, 項目, era, year, month, day)


def _元号の記号(mark: str | None) -> 元号 | None:
    return next((e for e in 元号表 if mark in (e.名, e.略, e.英)), None)


def _組み立てる(text: str, 項目: str, era: 元号 | None, year: int, month: int, day: int) -> date:
    full = era.始期.year + year - 1 if era else year
    try:
        result = date(full, month, day)
    except ValueError:
        raise _誤り(項目, text, "暦にない日です", "年・月・日を確かめてください。") from None
    if result < 太陽暦の始期:
        raise _誤り(項目, text, "太陽暦の始まり（明治6年1月1日）より前です", "年を確かめてください。")
    if era and 元号を探す(result) != era:
        raise _誤り(
            項目,
            text,
            f"{era.名}の期間の外です（{和暦表示(result)}になります）",
            "元号と年を確かめてください。",
        )
    return result


def _誤り(項目: str, text: str, what: str, remedy: str) -> 業務エラー:
    return 業務エラー("DT-0001", f"{項目}「{text[:30]}」は{what}。", remedy, 項目=項目)
