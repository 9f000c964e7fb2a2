"""入口と名寄せの画面。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kojin.reports import 太郎, 年度, 給報, 載せる
from tests.support.staff import sit
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import linking
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def 税務課(here: Municipality, clock: FixedClock) -> Browser:
    """税務課の職員の端末。"""
    return Browser(sit("税務課", clock=clock), here)


def 資料を置く(clock: FixedClock, 数: int = 1) -> list[int]:
    """結ばれない給報。"""
    rows = [給報(受給者番号=str(n), 生年月日=date(1980, 5, 5)) for n in range(1, 数 + 1)]
    載せる("給与支払報告書", rows, clock=clock)
    return list(課税資料.objects.order_by("pk").values_list("pk", flat=True))


def 送る(browser: Browser, pk: int, **values: str) -> int:
    """画面を開き、その印を付けて送る。"""
    page = browser.get(f"/kojin/links/source/{pk}").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    return browser.post(f"/kojin/links/source/{pk}", {"token": token, **values}).status_code


def test_入口に_届き具合と名寄せの残りが出る(税務課: Browser, clock: FixedClock) -> None:
    資料を置く(clock, 2)
    page = 税務課.get(f"/kojin/y/{年度}").content.decode()
    assert "名寄せ（残り 2枚）" in page
    assert "給与支払報告書" in page


def test_人を選んで理由を書くと_次の資料が開く(税務課: Browser, clock: FixedClock) -> None:
    me = 太郎(clock=clock)
    first, second = 資料を置く(clock, 2)
    response = 税務課.get(f"/kojin/links/source/{first}")
    assert me in response.content.decode()
    token = response.content.decode().split('name="token" value="')[1].split('"')[0]
    sent = 税務課.post(
        f"/kojin/links/source/{first}", {"token": token, "宛名番号": me, "理由": "会社に確かめた"}
    )
    assert sent.headers["Location"] == f"/kojin/links/source/{second}"
    assert linking.今の判断(first).宛名番号 == me  # type: ignore[union-attr]


def test_この団体の人でないと決められる(税務課: Browser, clock: FixedClock) -> None:
    (pk,) = 資料を置く(clock)
    assert 送る(税務課, pk, 該当なし="on", 理由="他市の人") == 302
    assert linking.今の判断(pk).宛名番号 == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("values", "符号"),
    [
        ({"理由": "x"}, "KJ-3101"),
        ({"宛名番号": "1", "該当なし": "on", "理由": "x"}, "KJ-3101"),
        ({"該当なし": "on"}, "SC-0101"),
        ({"宛名番号": "9999999999", "理由": "x"}, "KJ-2203"),
    ],
)
def test_決められない送信は断り_打ったものは残る(
    税務課: Browser, clock: FixedClock, values: dict[str, str], 符号: str
) -> None:
    (pk,) = 資料を置く(clock)
    page = 税務課.get(f"/kojin/links/source/{pk}").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    response = 税務課.post(f"/kojin/links/source/{pk}", {"token": token, **values})
    assert response.status_code == 422
    assert 符号 in response.content.decode()
    assert not 名寄せ.objects.exists()


def test_別の資料の画面からは送れない(税務課: Browser, clock: FixedClock) -> None:
    first, second = 資料を置く(clock, 2)
    page = 税務課.get(f"/kojin/links/source/{first}").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    response = 税務課.post(f"/kojin/links/source/{second}", {"token": token, "該当なし": "on", "理由": "x"})
    assert "KJ-3102" in response.content.decode()
    assert not 名寄せ.objects.exists()


def test_一覧の問合せは行の数に依らない(税務課: Browser, clock: FixedClock) -> None:
    資料を置く(clock, 1)
    税務課.get(f"/kojin/links/{年度}")  # 席と権限の覚えを温める
    with CaptureQueriesContext(connection) as one:
        税務課.get(f"/kojin/links/{年度}")
    載せる(
        "給与支払報告書",
        [給報(受給者番号=str(n), 指定番号="70000079") for n in range(10, 13)],
        clock=clock,
        差出人="二つ目",
    )
    with CaptureQueriesContext(connection) as four:
        税務課.get(f"/kojin/links/{年度}")
    assert len(four) == len(one)


def test_税額を見る権限のない所属には開かない(here: Municipality, clock: FixedClock) -> None:
    browser = Browser(sit("市民課", clock=clock), here)
    assert browser.get(f"/kojin/links/{年度}").status_code == 403
