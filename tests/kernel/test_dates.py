"""年齢・学年・和暦・不詳日・年月。例は条文と改元の詔書・政令から。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsugaru.kernel import civil_time, nendo
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳の型, 不詳日, 不詳日を読む
from tsugaru.kernel.wareki import 元号表, 和暦の年, 和暦略記, 和暦表示, 年度の和暦表示, 日付を読む

太陽暦の日 = st.dates(date(1873, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("生年月日", "年齢", "到達日"),
    [
        (date(2004, 2, 29), 20, date(2024, 2, 28)),
        (date(2004, 2, 29), 18, date(2022, 2, 28)),
        (date(2008, 4, 1), 18, date(2026, 3, 31)),
        (date(2004, 3, 1), 20, date(2024, 2, 29)),
        (date(1961, 1, 1), 65, date(2025, 12, 31)),
    ],
)
def test_年齢は誕生日の前日に達する(生年月日: date, 年齢: int, 到達日: date) -> None:
    assert civil_time.年齢到達日(生年月日, 年齢) == 到達日
    assert civil_time.年齢に達している(生年月日, 年齢, 到達日) is True
    assert civil_time.年齢に達している(生年月日, 年齢, 到達日 - timedelta(days=1)) is False


def test_4月1日生まれは早い学年() -> None:
    assert civil_time.学齢の始まる年度(date(2019, 4, 1)) == 2025
    assert civil_time.学齢の始まる年度(date(2019, 4, 2)) == 2026


def test_生年月日が定まらなければ年齢は判定できない() -> None:
    born = 不詳日を読む("昭和10年頃").確かな日
    assert civil_time.満年齢(born, date(2026, 4, 1)) is None
    assert civil_time.年齢に達している(born, 65, date(2026, 4, 1)) is None


def test_満年齢は誕生日に増える() -> None:
    assert civil_time.満年齢(date(2000, 4, 2), date(2026, 4, 1)) == 25
    assert civil_time.満年齢(date(2000, 4, 2), date(2026, 4, 2)) == 26


def test_応当日と期間と期限() -> None:
    assert civil_time.応当日(date(2024, 2, 29), 2025) == date(2025, 2, 28)
    assert civil_time.月を足す(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert civil_time.期間の末日(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert civil_time.期間の末日(date(2026, 4, 1), 12) == date(2027, 3, 31)
    assert civil_time.開庁日へ(date(2026, 5, 2), {date(2026, 5, d) for d in (4, 5, 6)}) == date(2026, 5, 7)


@given(st.sampled_from(元号表[:-1]), st.integers(-40, 40))
def test_改元の前後40日も往復する(改元: object, 隔たり: int) -> None:
    day = getattr(改元, "始期") + timedelta(days=隔たり)  # noqa: B009
    assert 日付を読む(和暦表示(day)) == 日付を読む(和暦略記(day)) == day
    assert 和暦表示(day).startswith(getattr(改元, "名")) == (隔たり >= 0)  # noqa: B009


@given(太陽暦の日)
def test_どの日も和暦と往復する(日: date) -> None:
    assert 日付を読む(和暦表示(日)) == 日付を読む(日.isoformat()) == 日


@pytest.mark.parametrize(
    "text", ["s630401", "S63.4.1", "昭63.4.1", "昭和63年4月1日", "19880401", "1988/4/1", "Ｓ６３．４．１"]
)
def test_窓口の書き方(text: str) -> None:
    assert 日付を読む(text) == date(1988, 4, 1)


@pytest.mark.parametrize(
    "text", ["昭和65年1月1日", "平成31年5月1日", "令和8年2月29日", "63.4.1", "あした", "明治5年12月2日"]
)
def test_読めない日付は断る(text: str) -> None:
    with pytest.raises(業務エラー, match="DT-0001"):
        日付を読む(text)


def test_太陽暦より前は和暦で示さない() -> None:
    assert 和暦表示(date(1873, 1, 1)) == "明治6年1月1日"
    for early in (date(1872, 12, 31), date(1800, 1, 1)):
        with pytest.raises(業務エラー, match="DT-0002"):
            和暦表示(early)
    assert 和暦の年(date(1868, 10, 23)) == "明治元年"
    with pytest.raises(業務エラー, match="明治より前"):
        和暦の年(date(1868, 10, 22))


def test_年度の呼び名() -> None:
    assert [年度の和暦表示(y) for y in (2018, 2019, 2020)] == ["平成30年度", "令和元年度", "令和2年度"]


型の例 = (
    "昭和10年頃", "昭和10年3月頃", "昭和10年3月5日頃", "推定昭和10年3月5日", "推定昭和10年3月", "昭和10年春",
    "昭和10年3月上旬", "昭和10年3月中旬頃", "年月日不詳", "昭和10年 月日不詳", "昭和10年3月 日不詳",
    "昭和10年3月5日から7日頃までの間", "推定昭和10年3月5日から7日までの間", "昭和10年3月5日頃から7日頃までの間",
)  # fmt: skip


@pytest.mark.parametrize("text", 型の例)
def test_不詳の型は書かれたまま残り列と往復する(text: str) -> None:
    read = 不詳日を読む(text)
    assert (read.不詳, read.表示, read.確かな日) == (True, text, None)
    assert 不詳日(*read.列) == read


def test_不詳の型は十四() -> None:
    assert len(不詳の型) == len(型の例) == 14


@pytest.mark.parametrize(
    ("text", "内部日付"),
    [
        ("昭和9年2月29日", date(1934, 2, 28)),
        ("明治45年7月30日", date(1912, 7, 30)),
        ("大正15年12月25日", date(1926, 12, 25)),
    ],
)
def test_暦にない日と改元の日(text: str, 内部日付: date) -> None:
    assert 不詳日を読む(text).列 == (内部日付, True, text)


@pytest.mark.parametrize(
    "text", ["平成40年頃", "昭和10年4月31日", "昭和10年13月頃", "昭和10年4月31日頃", "昔"]
)
def test_不詳でも有り得ない日は断る(text: str) -> None:
    with pytest.raises(業務エラー):
        不詳日を読む(text)


def test_確かな日と並び() -> None:
    sure = 不詳日を読む("昭和10年1月1日")
    assert (sure.不詳, sure.表示, sure.確かな日) == (False, "昭和10年1月1日", date(1935, 1, 1))
    assert sure.並び鍵 < 不詳日を読む("昭和10年頃").並び鍵
    with pytest.raises(ValueError):
        不詳日(date(1935, 1, 1), 不詳=True)


@given(太陽暦の日, st.integers(-600, 600))
def test_年月の足し引き(日: date, 月数: int) -> None:
    month = nendo.年月.の(日)
    assert month.足す(月数).差(month) == 月数
    assert nendo.年月.読む(str(month)) == month
    assert nendo.年度の始期(nendo.年度(日)) <= 日 <= nendo.年度の終期(nendo.年度(日))


def test_年度() -> None:
    assert (nendo.年度(date(2026, 3, 31)), nendo.年度(date(2026, 4, 1))) == (2025, 2026)
    months = nendo.年度の各月(2026)
    assert (months[0].初日, months[-1].末日, months[-1].年度) == (date(2026, 4, 1), date(2027, 3, 31), 2026)
    assert (nendo.賦課期日(2026), nendo.前年(2026)) == (date(2026, 1, 1), 2025)
    for bad in ("2026/04", "2026-4"):
        with pytest.raises(ValueError):
            nendo.年月.読む(bad)
    with pytest.raises(ValueError):
        nendo.年月(2026, 13)
