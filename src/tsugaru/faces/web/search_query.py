"""検索欄に打たれた文字を、探す条件に読み分ける（データベースは見ない）。

空白で区切った語を、生年月日・番号・かな・漢字・住所 に分ける。「工藤 s63」は 名 と 生まれた年 の両方に合う人になる。
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from tsugaru.kernel import check_digit, moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 元号表, 日付を読む

MAX_LENGTH = 100
ERA = "明治|大正|昭和|平成|令和|[明大昭平令MTSHR]"
YEAR = re.compile(rf"^(?:(?P<era>{ERA})\.?(?P<y>元|[0-9]{{1,2}})|(?P<ad>1[89][0-9]{{2}}|20[0-9]{{2}}))年?$")
MONTH = re.compile(
    rf"^(?:(?P<era>{ERA})\.?(?P<y>元|[0-9]{{1,2}})|(?P<ad>1[89][0-9]{{2}}|20[0-9]{{2}}))[年./-](?P<m>[0-9]{{1,2}})月?$"
)
PACKED_MONTH = re.compile(rf"^(?P<era>{ERA})(?P<y>[0-9]{{2}})(?P<m>[0-9]{{2}})$")
DATE_LIKE = re.compile(
    rf"^(?:(?:{ERA})[0-9元]|(?:1[89]|20)[0-9]{{2}}[年./-][0-9]{{1,2}}[月./-]|(?:1[89]|20)[0-9]{{6}}$)"
)
DIGITS = re.compile(r"^[0-9()\-]{4,16}$")
KANA = re.compile(r"^[\u3041-\u309f\u30a0-\u30ff\uff66-\uff9f~～-]+$")
PLACE = re.compile(r"[0-9]|[都道府県市区町村郡]$|丁目|番地|大字|.字.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """読み分けた条件。born は（始め, 終わり）の両端を含む。"""

    kana: str = ""
    kanji: str = ""
    place: str = ""
    born: tuple[date, date] | None = None
    digits: str = ""

    @property
    def kinds(self) -> list[str]:
        """どの種類の条件で探したか（監査に残す。打たれた文字は残さない）。"""
        names = {"かな": self.kana, "漢字": self.kanji, "住所": self.place, "番号": self.digits}
        return [name for name, value in names.items() if value] + (["生年月日"] if self.born else [])

    @property
    def sealed(self) -> str:
        """個人番号・住民票コードとして正しい番号なら、その種別。"""
        if check_digit.個人番号が正しい(self.digits):
            return "個人番号"
        return "住民票コード" if check_digit.住民票コードが正しい(self.digits) else ""


def read(text: str) -> Query:
    """打たれた文字を読む。使えない文字や読めない日付は 業務エラー。"""
    moji.検査する文字列(text, 項目="検索の文字", 最大文字数=MAX_LENGTH, code="SE-0001")
    found: dict[str, list[str]] = {"kana": [], "kanji": [], "place": [], "digits": []}
    born = None
    for word in text.split():
        plain = unicodedata.normalize("NFKC", word)
        days = _born(plain)
        born = days or born
        if days is None:
            kind = "place" if found["place"] and DIGITS.fullmatch(plain) else _kind(word, plain)
            found[kind].append(word)
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", "".join(found.pop("digits"))))
    return Query(**{name: "".join(words) for name, words in found.items()}, digits=digits, born=born)


def _kind(word: str, plain: str) -> str:
    if DIGITS.fullmatch(plain):
        return "digits"
    if KANA.fullmatch(word):
        return "kana"
    return "place" if PLACE.search(plain) else "kanji"


def _born(plain: str) -> tuple[date, date] | None:
    """年・年月・年月日。日付らしいのに読めなければ 業務エラー（何が違うかを言う）。"""
    upper = plain.upper()
    for pattern in (YEAR, PACKED_MONTH, MONTH):
        match = pattern.fullmatch(upper)
        if match:
            return _span(match)
    if not DATE_LIKE.match(upper):
        return None
    day = 日付を読む(plain, 項目="生年月日")
    return day, day


def _span(match: re.Match[str]) -> tuple[date, date]:
    parts = match.groupdict()
    year = int(parts["ad"]) if parts.get("ad") else _western(parts["era"], parts["y"])
    month = int(parts["m"]) if parts.get("m") else 0
    if month > 12 or (parts.get("m") and month == 0):
        raise 業務エラー(
            "SE-0003", f"「{match[0]}」の月は1から12までです。", "s6304 のように年と月を確かめてください。"
        )
    first, last = month or 1, month or 12
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _western(mark: str, year: str) -> int:
    era = next(e for e in 元号表 if mark in (e.名, e.略, e.英))
    return era.始期.year + (1 if year == "元" else int(year)) - 1
