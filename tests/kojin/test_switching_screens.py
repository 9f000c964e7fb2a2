"""特別徴収の異動の画面。"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.kojin.office import 町
from tests.kojin.reports import 会社の番号, 年度, 義務者を登録する
from tests.kojin.test_correcting import 更正する
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import switches
from tsugaru.gyomu.kojin.models import 特徴異動
from tsugaru.kernel.clock import FixedClock

pytestmark = pytest.mark.db
九月 = FixedClock(datetime(2026, 9, 4, 1, 0, tzinfo=UTC))
退職 = {"事由": "退職", "異動日": "R8.8.31", "徴収済の月": "8", "残りの方法": "普通", "受付日": "R8.9.4"}


def 道(宛名番号: str, 後: str = "") -> str:
    return f"/kojin/p/{宛名番号}/{年度}/switch{後}"


def 印(browser: Browser, url: str) -> str:
    page = browser.get(url).content.decode()
    return page.split('name="token" value="')[1].split('"')[0]


def 送る(browser: Browser, url: str, **values: str) -> Any:
    return browser.post(url, {"token": 印(browser, url), **values})


def test_打つ間に反映したときの額が出て_記録すると一覧に並び_取り消せる(
    賦課した町: 町, 端末: Browser
) -> None:
    url = 道(賦課した町.太郎)
    shown = 端末.post(道(賦課した町.太郎, "/preview"), {"token": 印(端末, url), **退職}).content.decode()
    assert "以後は給与から徴収しません" in shown
    assert "普通徴収" in shown  # どの期になるかは、試験を走らせる日による
    assert "20,400" in shown
    assert 送る(端末, url, **退職).headers["Location"] == url
    page = 端末.get(url).content.decode()
    assert "次の月例更正で反映" in page
    assert f"{url}/1/cancel" in page
    assert 送る(端末, f"{url}/1/cancel", 理由="").status_code == 422
    assert 送る(端末, f"{url}/1/cancel", 理由="会社の誤り").status_code == 302
    assert [one.取消番 for one in 特徴異動.objects.order_by("番")] == [None, 1]
    assert 端末.get(f"{url}/1/cancel").status_code == 404
    assert "取消済" in 端末.get(url).content.decode()


def test_一月からの退職で残りを超える給与があれば_一括だけが選べる(賦課した町: 町, 端末: Browser) -> None:
    values = 退職 | {
        "異動日": "R9.1.31",
        "徴収済の月": "1",
        "支払われる額": "500,000",
        "見せた方法": "普通,一括,引継",
    }
    url = 道(賦課した町.太郎)
    shown = 端末.post(道(賦課した町.太郎, "/preview"), {"token": 印(端末, url), **values}).content.decode()
    assert "この事由と月では、退職のときに一括で徴収することになります" in shown
    assert 'value="一括,引継"' in shown
    assert 'value="普通"' not in shown


def test_特別徴収していない人には切替だけが出る(賦課した町: 町, 端末: Browser) -> None:
    page = 端末.get(道(賦課した町.トメ)).content.decode()
    assert 'value="切替"' in page
    assert 'value="退職"' not in page
    bad = 送る(端末, 道(賦課した町.トメ), **退職)
    assert bad.status_code == 422
    assert not 特徴異動.objects.exists()


def test_できない異動は番号と直し方を言い_打ったものは残る(賦課した町: 町, 端末: Browser) -> None:
    bad = 送る(端末, 道(賦課した町.太郎), **(退職 | {"残りの方法": "引継", "新指定番号": "79999990"}))
    assert bad.status_code == 422
    text = bad.content.decode()
    assert "KJ-5204" in text
    assert "79999990" in text
    values = 退職 | {"残りの方法": "引継", "新指定番号": "79999990", "token": 印(端末, 道(賦課した町.太郎))}
    shown = 端末.post(道(賦課した町.太郎, "/preview"), values)
    assert "KJ-5204" in shown.content.decode()


def test_別の人の画面からも古い画面からも書けない(賦課した町: 町, 端末: Browser) -> None:
    よそ = 端末.post(道(賦課した町.太郎), {"token": 印(端末, 道(賦課した町.トメ)), **退職})
    assert "KJ-3103" in よそ.content.decode()
    古い = 印(端末, 道(賦課した町.太郎))
    assert 送る(端末, 道(賦課した町.太郎), **退職).status_code == 302
    転勤 = 退職 | {"事由": "切替", "残りの方法": "特徴", "新指定番号": 会社の番号}
    assert "KJ-3104" in 端末.post(道(賦課した町.太郎), {"token": 古い, **転勤}).content.decode()
    assert 特徴異動.objects.count() == 1


def test_反映した異動の取消の画面は_元に戻すことを言う(賦課した町: 町, 端末: Browser) -> None:
    義務者を登録する("70000079", clock=九月)
    転勤 = 退職 | {"事由": "転勤", "残りの方法": "引継", "新指定番号": "70000079"}
    assert 送る(端末, 道(賦課した町.太郎), **転勤).status_code == 302
    更正する("2026-09", clock=九月)
    assert "反映済" in 端末.get(道(賦課した町.太郎)).content.decode()
    page = 端末.get(道(賦課した町.太郎, "/1/cancel")).content.decode()
    assert "次の月例更正が、まだ納期の来ていない額を元に戻します" in page
    assert switches.開く(賦課した町.太郎, 年度).義務者 == "70000079"
