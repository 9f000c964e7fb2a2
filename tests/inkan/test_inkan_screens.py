"""画面: 本物の通り道（席・権限・トランザクション）を通して。"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from tests.inkan.office import 住人, 保護された妻, 異動, 登録, 走査
from tests.support.staff import Desk, sit
from tests.support.web import Browser

from tsugaru.gyomu.inkan.domain.codes import 登録方法
from tsugaru.gyomu.inkan.domain.register import 今の登録
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態, 証明交付
from tsugaru.gyomu.inkan.screens.acts import ACTS
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def browser(desk: Desk, here: Municipality) -> Browser:
    return Browser(desk, here)


@pytest.fixture
def 登録者(here: Municipality, desk: Desk, clock: FixedClock) -> str:
    number = 住人(clock)
    登録(number, here, desk, clock)
    return number


def _text(response: HttpResponse) -> str:
    return response.content.decode()


def _token(browser: Browser, url: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', _text(browser.get(url)))
    assert found, url
    return found.group(1)


def _post(browser: Browser, url: str, **values: Any) -> HttpResponse:
    return browser.post(url, {"token": _token(browser, url), **values})


def _file(content: bytes) -> BytesIO:
    stream = BytesIO(content)
    stream.name = "seal.png"
    return stream


申請の欄 = {
    "方法": "1",
    "申請者": "本人",
    "意思": "1",
    "確認書類": "運転免許証",
    "印鑑文字": "工藤",
    "登録証番号": "１００００１",
}


def _申請する(browser: Browser, number: str, **変更: Any) -> HttpResponse:
    values = 申請の欄 | {"印影": _file(走査())} | 変更
    return _post(browser, f"/inkan/p/{number}/apply", **values)


def test_申請から見比べて登録し証明書を渡すまで(browser: Browser, clock: FixedClock) -> None:
    number = 住人(clock)
    first = _申請する(browser, number)
    assert first.status_code == 302, _text(first)
    confirm = first.headers["Location"]
    page = _text(browser.get(confirm))
    assert "横 15.0" in page and "400 dpi" in page and "data:image/png;base64," in page
    assert 今の登録(number) is None
    done = _post(browser, confirm, 見比べた="on")
    assert (done.status_code, done.headers["Location"]) == (302, f"/inkan/p/{number}")
    assert "100001" in _text(browser.get(f"/inkan/p/{number}"))
    issued = _post(browser, f"/inkan/p/{number}/issue", 登録証番号="100001", 請求者="本人")
    assert issued.status_code == 302, _text(issued)
    [row] = 証明交付.objects.filter(宛名番号=number)
    assert (row.手数料, row.請求者, row.履歴番号) == (300, "本人", 1)
    pdf = browser.get(f"/inkan/document/{row.文書}.pdf")
    assert pdf.content.startswith(b"%PDF") and str(row.文書).encode() in pdf.content
    assert Hand.objects.filter(document_id=row.文書).count() == 1


def test_見比べた印がなければ登録しない(browser: Browser, clock: FixedClock) -> None:
    number = 住人(clock)
    confirm = _申請する(browser, number).headers["Location"]
    response = _post(browser, confirm)
    assert response.status_code == 422 and "SC-0108" in _text(response)
    assert 今の登録(number) is None


def test_誤りは番号つきで返り打った物は残る(browser: Browser, clock: FixedClock) -> None:
    number = 住人(clock)
    response = _申請する(browser, number, 印鑑文字="佐藤", 備考="持参は午前")
    text = _text(response)
    assert response.status_code == 422
    assert "IN-0111" in text and 'value="持参は午前"' in text and 'value="佐藤"' in text


@pytest.mark.parametrize(
    ("変更", "番号"),
    [
        ({"印影": _file(b"GIF89a")}, "IN-0802"),
        ({"印影": _file(b"")}, "IN-0801|submitted file is empty|空"),
        ({"登録証番号": "12A"}, "IN-0403"),
        ({"印鑑文字": "工藤\u202e"}, "IN-0307"),
        ({"意思": ""}, "SC-0107"),
        ({"方法": "9"}, "SC-0102"),
        ({"申請者": "代理人"}, "IN-0105"),
    ],
)
def test_受け取れない入力は断る(browser: Browser, clock: FixedClock, 変更: dict[str, Any], 番号: str) -> None:
    response = _申請する(browser, 住人(clock), **変更)
    assert response.status_code == 422
    assert re.search(番号, _text(response))


def test_照会書を発行すると照会中になり文書が渡る(browser: Browser, clock: FixedClock) -> None:
    number = 住人(clock)
    confirm = _申請する(browser, number, 方法="3", 申請者="代理人", 代理人氏名="工藤　花子").headers[
        "Location"
    ]
    done = _post(browser, confirm, 見比べた="on")
    assert done.status_code == 302 and "/letter/" in done.headers["Location"], _text(done)
    row = 今の登録(number)
    assert row is not None and row.状態 == 状態.照会中
    assert browser.get(f"/inkan/document/{row.照会文書}.pdf").content.startswith(b"%PDF")
    assert number in _text(browser.get("/inkan/"))
    answer = _post(
        browser,
        f"/inkan/p/{number}/do/answer",
        回答日=SystemClock().today().isoformat(),
        登録証番号="100001",
        確認書類="個人番号カード",
    )
    assert answer.status_code == 302, _text(answer)
    after = 今の登録(number)
    assert after is not None and after.状態 == 状態.登録


def test_違う登録証では証明書を作らない(browser: Browser, 登録者: str) -> None:
    response = _post(browser, f"/inkan/p/{登録者}/issue", 登録証番号="100009", 請求者="本人")
    assert response.status_code == 422 and "IN-0203" in _text(response)
    assert not 証明交付.objects.exists() and not Document.objects.exists()


def test_同じ画面から二度送っても一通だけ(browser: Browser, 登録者: str) -> None:
    url = f"/inkan/p/{登録者}/issue"
    values = {"token": _token(browser, url), "登録証番号": "100001", "請求者": "本人"}
    assert browser.post(url, values).status_code == 302
    assert browser.post(url, values).status_code in (409, 422)
    assert 証明交付.objects.count() == 1


def test_別の人の画面の印では作れない(
    browser: Browser, 登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    """二つの窓で二人を開いていても、取り違えない。"""
    other = 住人(clock, 氏名="三上　太郎", 氏="三上")
    登録(other, here, desk, clock, 印鑑文字="三上", 登録証番号="100002", ファイル=走査("三上"))
    token = _token(browser, f"/inkan/p/{other}/issue")
    response = browser.post(
        f"/inkan/p/{登録者}/issue", {"token": token, "登録証番号": "100001", "請求者": "本人"}
    )
    assert response.status_code == 422 and "IN-0306" in _text(response)
    assert not 証明交付.objects.exists()


def test_転出した人には画面が開いたときに抹消し証明書を出さない(
    browser: Browser, 登録者: str, clock: FixedClock
) -> None:
    token = _token(browser, f"/inkan/p/{登録者}/issue")
    異動(登録者, clock, "201", 住民状態="2", 消除日=date(2026, 4, 15), 消除事由="201")
    response = browser.post(
        f"/inkan/p/{登録者}/issue", {"token": token, "登録証番号": "100001", "請求者": "本人"}
    )
    assert response.headers["Location"] == f"/inkan/p/{登録者}"
    page = _text(browser.get(f"/inkan/p/{登録者}"))
    assert "抹消" in page and "転出" in page and f"/inkan/p/{登録者}/issue" not in page
    assert not 証明交付.objects.exists()
    assert 登録者 in _text(browser.get("/inkan/"))


def test_今できない手続は画面もボタンもない(browser: Browser, 登録者: str) -> None:
    page = _text(browser.get(f"/inkan/p/{登録者}"))
    usable = {slug for slug in ACTS if f"/inkan/p/{登録者}/do/{slug}" in page}
    assert usable == {"exchange", "lost", "suspend", "close", "remove", "correct"}
    for slug in ACTS:
        expected = 200 if slug in usable else 404
        assert browser.get(f"/inkan/p/{登録者}/do/{slug}").status_code == expected
    assert browser.get(f"/inkan/p/{登録者}/apply").status_code == 404
    assert browser.get(f"/inkan/p/{登録者}/do/nothing").status_code == 404


def test_亡失届と再交付の道(browser: Browser, 登録者: str) -> None:
    assert _post(browser, f"/inkan/p/{登録者}/do/lost").status_code == 302
    assert browser.get(f"/inkan/p/{登録者}/issue").headers["Location"] == f"/inkan/p/{登録者}"
    url = f"/inkan/p/{登録者}/do/reissue"
    assert "300" in _text(browser.get(url))
    used = _post(browser, url, 登録証番号="100001")
    assert used.status_code == 422 and "IN-0401" in _text(used)
    assert _post(browser, url, 登録証番号="100002").status_code == 302
    assert 印鑑登録.objects.get(pk=登録者).登録証番号 == "100002"


def test_登録証の番号から人が開く(browser: Browser, 登録者: str) -> None:
    assert browser.get("/inkan/", {"card": "１００００１"}).headers["Location"] == f"/inkan/p/{登録者}"
    missing = browser.get("/inkan/", {"card": "5"})
    assert missing.status_code == 422 and "IN-0404" in _text(missing)


def test_権限のない所属は見ることも作ることもできない(
    here: Municipality, 登録者: str, clock: FixedClock
) -> None:
    tax = Browser(sit("税務課", clock=clock), here)
    for url in ("/inkan/", f"/inkan/p/{登録者}", f"/inkan/p/{登録者}/issue", f"/inkan/p/{登録者}/do/close"):
        assert tax.get(url).status_code == 403


def test_文書は作った席でだけ開く(
    browser: Browser, 登録者: str, here: Municipality, clock: FixedClock
) -> None:
    _post(browser, f"/inkan/p/{登録者}/issue", 登録証番号="100001", 請求者="本人")
    row = 証明交付.objects.get()
    neighbour = Browser(sit("市民課", clock=clock), here)
    assert neighbour.get(f"/inkan/document/{row.文書}.pdf").status_code == 404
    assert "作った職員の席" in _text(neighbour.get(f"/inkan/issued/{row.文書}"))


def test_いない人と知らない文書は404(browser: Browser) -> None:
    for url in ("/inkan/p/9999999999", "/inkan/issued/00000000-0000-4000-8000-000000000000"):
        assert browser.get(url).status_code == 404


def test_総合照会に札が出る(browser: Browser, 登録者: str, clock: FixedClock) -> None:
    page = _text(browser.get(f"/juki/p/{登録者}"))
    assert f'href="/inkan/p/{登録者}"' in page and "登録証 100001" in page
    異動(登録者, clock, "203", 住民状態="3", 消除日=date(2026, 4, 15), 消除事由="203")
    assert "抹消します" in _text(browser.get(f"/juki/p/{登録者}"))


def test_照会中の画面には回答書の手続が出る(
    browser: Browser, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    today = FixedClock(SystemClock().now())
    number = 住人(clock)
    登録(number, here, desk, today, 方法=登録方法.照会書, 登録証番号="")
    page = _text(browser.get(f"/inkan/p/{number}"))
    assert "/do/answer" in page and "/do/withdraw" in page and "/do/close" not in page


def test_支援措置の対象者の住所は画面に出ず証明は担当へ(
    browser: Browser, 登録者: str, clock: FixedClock
) -> None:
    assert "青葉町" in _text(browser.get(f"/inkan/p/{登録者}"))
    Shield.objects.create(
        subject=登録者,
        case="S1",
        provisional=True,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        opened_at=clock.now(),
        opened_by="t0",
    )
    page = _text(browser.get(f"/inkan/p/{登録者}"))
    assert "青葉町" not in page and "支援措置" in page
    refused = browser.get(f"/inkan/p/{登録者}/issue")
    assert refused.status_code == 403
    assert "TD-0004" in _text(refused) and "青葉町" not in _text(refused)


def test_支援措置の対象者と同じ世帯の人の住所も画面に出ない(
    browser: Browser, 登録者: str, clock: FixedClock
) -> None:
    保護された妻(登録者, clock)
    page = _text(browser.get(f"/inkan/p/{登録者}"))
    assert "青葉町" not in page and "表示制限" in page
    assert "TD-0004" in _text(browser.get(f"/inkan/p/{登録者}/issue"))
