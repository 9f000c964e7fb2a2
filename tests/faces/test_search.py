"""検索の画面。"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.people import 世帯を作る, 窓口
from tests.support.staff import Desk, sit
from tests.support.web import Browser

from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
秘密の町 = "カナリア町"


@pytest.fixture
def browser(desk: Desk, here: Municipality) -> Browser:
    return Browser(desk, here)


def _住む(number: str, town: str, clock: FixedClock) -> None:
    _, state = 今の状態([number])[number]
    address = disclosure.put_address(
        number, "住所", disclosure.Address(city="試験市", town=town, lot="1番地2")
    )
    source = 出所(異動事由="301", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="届出")
    記録する([記録(source, replace(state, 住所番号=address))], 入力=窓口, clock=clock)


@pytest.mark.parametrize(
    "typed",
    ["くどう", "ｸﾄﾞｳ", "クドー", "工藤", "工", "工藤 太郎", "s550505", "工藤 s55", "くどう 1980-05-05"],
)
def test_一人だけならその人の画面を開く(browser: Browser, clock: FixedClock, typed: str) -> None:
    number = 世帯を作る(clock=clock)
    世帯を作る(
        clock=clock,
        氏名="三上　花子",
        氏="三上",
        名="花子",
        氏名フリガナ="ミカミ　ハナコ",
        性別="2",
        生年月日=date(1975, 1, 1),
        世帯主氏名="三上　花子",
    )
    response = browser.get("/search", {"q": typed})
    assert (response.status_code, response.headers["Location"]) == (302, f"/juki/p/{number}")


def test_番号でも世帯番号でも開く(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    household = 今の状態([number])[number][1].世帯番号
    assert browser.get("/search", {"q": number}).status_code == 302
    assert browser.get("/search", {"q": household}).status_code in (200, 302)


def test_異体字で打っても見つかる(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(
        clock=clock,
        氏名="髙橋　一",
        氏="髙橋",
        名="一",
        氏名フリガナ="タカハシ　ハジメ",
        世帯主氏名="髙橋　一",
    )
    assert browser.get("/search", {"q": "高橋"}).headers["Location"] == f"/juki/p/{number}"


def test_旧い名でも見つかり旧いと書かれる(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    世帯を作る(
        clock=clock, 氏名="工藤　次郎", 名="次郎", 氏名フリガナ="クドウ　ジロウ", 世帯主氏名="工藤　次郎"
    )
    _, state = 今の状態([number])[number]
    source = 出所(異動事由="303", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="職権")
    changed = replace(
        state, 氏名="三上　太郎", 氏="三上", 氏名フリガナ="ミカミ　タロウ", 世帯主氏名="三上　太郎"
    )
    記録する([記録(source, changed)], 入力=窓口, clock=clock)
    text = browser.get("/search", {"q": "くどう"}).content.decode()
    assert "三上　太郎" in text and "（旧: 工藤　太郎）" in text


def test_同姓同名は生年月日と世帯主と住所で見分けられる(browser: Browser, clock: FixedClock) -> None:
    first = 世帯を作る(clock=clock)
    second = 世帯を作る(clock=clock, 生年月日=date(1990, 1, 2))
    _住む(first, "青葉町", clock)
    _住む(second, "若葉町", clock)
    text = browser.get("/search", {"q": "工藤 太郎"}).content.decode()
    for expected in ("昭和55年5月5日", "平成2年1月2日", "青葉町", "若葉町", first, second):
        assert expected in text


def test_住所でも見つかるが保護された人は住所からは見つからない(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    _住む(number, 秘密の町, clock)
    assert browser.get("/search", {"q": 秘密の町}).headers["Location"] == f"/juki/p/{number}"
    _守る(number)
    assert "見つかりません" in browser.get("/search", {"q": 秘密の町}).content.decode().replace(
        "placeholder", ""
    )


def test_保護された人は名で見つかるが住所は一文字も出ない(browser: Browser, clock: FixedClock) -> None:
    number, other = 世帯を作る(clock=clock), 世帯を作る(clock=clock)
    _住む(number, 秘密の町, clock)
    _住む(other, "青葉町", clock)
    _守る(number)
    text = browser.get("/search", {"q": "工藤"}).content.decode()
    assert 秘密の町 not in text and "表示制限" in text and "支援措置" in text and "青葉町" in text


def _守る(number: str) -> None:
    Shield.objects.create(
        subject=number, case="S1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=datetime(2026, 4, 1, tzinfo=UTC), opened_by="t0",
    )  # fmt: skip


def test_問いの数は二人でも四人でも同じ(browser: Browser, clock: FixedClock) -> None:
    世帯を作る(clock=clock)
    世帯を作る(clock=clock)  # 一人では一覧にならない
    browser.get("/search", {"q": "工藤"})  # 業務の利用表などを覚えさせてから数える
    with CaptureQueriesContext(connection) as two:
        browser.get("/search", {"q": "工藤"})
    世帯を作る(clock=clock)
    世帯を作る(clock=clock)
    with CaptureQueriesContext(connection) as four:
        browser.get("/search", {"q": "工藤"})
    assert len(two) == len(four)


def test_個人番号はURLでは探さず送信では一人を開く(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    disclosure.put_number(number, "個人番号", "123456789018", changed_on=date(2026, 4, 1))
    refused = browser.get("/search", {"q": "123456789018"})
    assert refused.status_code == 422 and "SE-0002" in refused.content.decode()
    assert browser.post("/search", {"q": "123456789018"}).headers["Location"] == f"/juki/p/{number}"


def test_個人番号の権限が無ければ探せない(here: Municipality, clock: FixedClock) -> None:
    browser = Browser(sit("税務課", clock=clock), here)
    assert browser.post("/search", {"q": "123456789018"}).status_code == 403


def test_監査に打った文字は残らず見つかった人が残る(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    browser.get("/search", {"q": "くどう"})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT content FROM audit.history_of(%s, 10)", [number])
        contents = [bytes(row[0]).decode() for row in cursor.fetchall()]
    searched = [c for c in contents if '"act":"検索"' in c]
    assert searched and "くどう" not in "".join(contents)
