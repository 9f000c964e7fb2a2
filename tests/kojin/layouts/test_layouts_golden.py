"""手で打ったファイルを読み、書くと元のバイトに戻る。"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kojin.layouts.rows import TOWN, pension, wage

from tsugaru.gyomu.kojin.layouts import declaration, pension_report, wage_report
from tsugaru.gyomu.kojin.layouts.era_dates import 元号と年月日, 日付にする
from tsugaru.gyomu.kojin.layouts.wage_report import 訂正表示
from tsugaru.gyomu.kojin.layouts.writing import write
from tsugaru.kernel.errors import 業務エラー

LAYOUT = wage_report.layout(年=2013, 団体コード=TOWN)


def test_給与支払報告書の一行は打ったバイトのとおりである() -> None:
    assert wage().startswith(
        b"315,,,\x89\xcb\x8b\xf3\x8es\x96{\x92\xac\x82P\x94\xd4\x92n,\x8a\x94\x8e\xae\x89\xef\x8e\xd0"
    )
    assert wage().endswith(b",\xb8\xc4\xde\xb3 \xc0\xdb\xb3,15," + TOWN.encode() + b",70000060\r\n")


def test_給与支払報告書を読む() -> None:
    found = wage_report.read(wage(), 年=2013, 団体コード=TOWN)
    (one,) = found.記録
    assert (found.断る, found.誤り, found.parsed.total) == ((), (), 3_356_000)
    assert (one.訂正表示, one.年分, one.支払者, one.指定番号) == (
        訂正表示.新規,
        "25",
        "株式会社見本商店",
        "70000060",
    )
    assert (one.氏名, one.カナ氏名, one.生年月日) == ("工藤　太郎", "ｸﾄﾞｳ ﾀﾛｳ", date(1972, 9, 19))
    assert (one.支払金額, one.給与所得控除後, one.源泉徴収税額) == (3_356_000, 2_266_800, 47_800)
    assert (one.社会保険料, one.うち小規模共済等, one.新一般生命保険料) == (496_688, 12_000, 80_000)
    assert (one.扶養.特定, one.扶養.年齢16歳未満, one.配偶者の有無等) == (1, 2, "1")
    assert (one.乙欄, one.普通徴収) == (False, False)


def test_書かれていない額は0ではない() -> None:
    (one,) = wage_report.read(wage(), 年=2013, 団体コード=TOWN).記録
    assert (one.介護医療保険料, one.扶養.老人, one.配偶者の合計所得) == (None, None, None)


def test_公的年金等支払報告書を読む() -> None:
    found = pension_report.read(pension(), 年=2025, 団体コード=TOWN)
    (one,) = found.記録
    assert (one.氏名, one.生年月日, one.支払金額, one.源泉徴収税額) == (
        "三上　トメ",
        date(1940, 3, 31),
        1_520_000,
        0,
    )
    assert (one.社会保険料, one.控除対象配偶者, one.年齢16歳未満の数) == (88_000, "1", 0)


def test_三つの号の支払金額は合計し_全て空なら無い() -> None:
    both = pension_report.read(pension(n23="480000"), 年=2025, 団体コード=TOWN)
    none = pension_report.read(pension(n19="", n21=""), 年=2025, 団体コード=TOWN)
    assert (both.記録[0].支払金額, none.記録[0].支払金額) == (2_000_000, None)


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_読んで書けば元のバイトに戻る(newline: str) -> None:
    content = (wage() + wage(n96="16", n14="髙橋　①子", n12="架空市〜２－１")).replace(
        b"\r\n", newline.encode()
    )
    found = wage_report.read(content, 年=2013, 団体コード=TOWN)
    assert found.断る == ()
    assert write([row.values for row in found.parsed.rows], LAYOUT, newline=newline) == content


def test_申告の資料は見出しがあり_書かれた事実だけを持つ() -> None:
    form = declaration.layout(団体コード=TOWN)
    values = {
        "団体コード": TOWN, "所得の年": "2025", "申告の種類": "確定申告", "受付番号": "1", "訂正表示": "0",
        "氏名": "工藤　太郎", "カナ氏名": "クドウ　タロウ", "生年月日": "19720919", "住所": "架空市１", "年齢": "53",
        "農業の収入金額": "4200000", "障害者である": "0", "ひとり親である": "1", "上場株式等の譲渡所得": "-30000",
        "配偶者の数": "1",
    }  # fmt: skip
    content = write([values], form)
    found = declaration.read(content, 年=2025, 団体コード=TOWN)
    assert found.誤り == () and found.断る == ()
    assert found.記録[0].事実 == {
        "年齢": 53, "農業の収入金額": 4_200_000, "障害者である": False, "ひとり親である": True,
        "上場株式等の譲渡所得": -30_000, "配偶者の数": 1,
    }  # fmt: skip
    assert write([row.values for row in found.parsed.rows], form) == content
    assert [f.code for f in declaration.read(content.split(b"\n", 1)[1], 年=2025, 団体コード=TOWN).断る]


@pytest.mark.parametrize(
    ("value", "shown"), [("a,b", "コンマ"), ('"', "引用符"), ("a\nb", "改行"), ("𠮷", "U+20BB7")]
)
def test_書けない字は書く前に断る(value: str, shown: str) -> None:
    with pytest.raises(業務エラー, match="KJ-1901") as error:
        write([{"摘要": value}], LAYOUT)
    assert shown in error.value.message


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1868, 1, 25), max_value=date(2099, 12, 31)))
def test_元号の日付は往復する(day: date) -> None:
    assert 日付にする(*元号と年月日(day)) == day


@pytest.mark.parametrize(
    ("era", "text", "day"),
    [
        ("3", "45-07-29", date(1912, 7, 29)), ("2", "01-07-30", date(1912, 7, 30)), ("2", "15-12-24", date(1926, 12, 24)),
        ("1", "01-12-25", date(1926, 12, 25)), ("1", "64-01-07", date(1989, 1, 7)), ("4", "01-01-08", date(1989, 1, 8)),
        ("4", "31-04-30", date(2019, 4, 30)), ("5", "01-05-01", date(2019, 5, 1)),
    ],
)  # fmt: skip
def test_報告書の元号の番号は標準の年号コードと違う(era: str, text: str, day: date) -> None:
    assert 日付にする(era, *text.split("-")) == day
    assert 元号と年月日(day) == (era, *text.split("-"))
