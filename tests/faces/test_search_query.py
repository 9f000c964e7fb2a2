"""検索欄の読み分け。"""

from __future__ import annotations

from datetime import date

import pytest

from tsugaru.faces.web.search_query import read
from tsugaru.kernel.errors import 業務エラー


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("s630401", (date(1988, 4, 1), date(1988, 4, 1))),
        ("昭63.4.1", (date(1988, 4, 1), date(1988, 4, 1))),
        ("1988-04-01", (date(1988, 4, 1), date(1988, 4, 1))),
        ("ｓ６３", (date(1988, 1, 1), date(1988, 12, 31))),
        ("s6302", (date(1988, 2, 1), date(1988, 2, 29))),
        ("2015", (date(2015, 1, 1), date(2015, 12, 31))),
    ],
)
def test_生年月日は両方の暦と年だけと年月でも読める(typed: str, born: tuple[date, date]) -> None:
    assert read(typed).born == born


def test_名と生まれた年を一緒に打てる() -> None:
    found = read("工藤　s63")
    assert (found.kanji, found.born) == ("工藤", (date(1988, 1, 1), date(1988, 12, 31)))


def test_氏と名の間の空白は一つの名になる() -> None:
    assert read("くどう たろう").kana == "くどうたろう"


def test_電話は日付と取り違えない() -> None:
    assert read("0172-35-1111").digits == "0172351111"


def test_住所は数字ごと住所になる() -> None:
    found = read("百田字岡本 12-3")
    assert (found.place, found.digits) == ("百田字岡本12-3", "")


def test_個人番号は秘密の番号と分かる() -> None:
    assert read("123456789018").sealed == "個人番号"
    assert read("123456789012").sealed == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [("s640201", "DT-0001"), ("s6313", "SE-0003"), ("あ" * 101, "SE-0001"), ("a\u202eb", "SE-0001")],
)
def test_読めない物は番号と直し方で断る(typed: str, code: str) -> None:
    with pytest.raises(業務エラー, match=code):
        read(typed)
