"""印鑑登録を、キーで使う。走査した印影から登録し、登録証を読み取って証明書を渡す。どの頁にも axe の重い指摘がない。"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from socketserver import ThreadingMixIn
from typing import Any, TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Page
from tests.browser.chrome import desk_page, launched
from tests.inkan.office import 住人, 走査

from tsugaru.gyomu.inkan.models import 印鑑登録, 状態, 証明交付
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.documents.models import Hand
from tsugaru.platform.identity import login
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

PASSWORD = "青い海と白い雲を毎朝ながめている"
SECRET = b"12345678901234567890"  # RFC 6238 附属書B の試験の種
STAFF = "k0001"
T = TypeVar("T")

pytestmark = [pytest.mark.browser, pytest.mark.db]


class Server(ThreadingMixIn, WSGIServer):
    """一つの要求に一本の糸。"""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """黙る。"""

    def log_message(self, *_: Any) -> None:
        """記録しない。"""


@pytest.fixture(scope="module")
def address(towns: tuple[Municipality, Municipality]) -> Iterator[str]:
    """本物の通り道を、二つ目の団体（確定してよい方）で配る。"""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{towns[1].host}.localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def _in(town: Municipality, act: Callable[[], T]) -> T:
    """Playwright の糸の外で、団体のデータベースを使う。"""

    def bound() -> T:
        with bind(town.code):
            try:
                return act()
            finally:
                connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(bound).result()


@pytest.fixture(scope="module")
def page(towns: tuple[Municipality, Municipality], address: str) -> Iterator[Page]:
    """市民課の職員がログインした画面。"""
    _in(towns[1], _hire)
    with launched() as browser:
        page = desk_page(browser)
        page.set_default_timeout(20_000)
        page.goto(f"{address}/login")
        code = login.current_code(SECRET, clock=SystemClock())
        for name, value in (("number", STAFF), ("password", PASSWORD), ("code", code)):
            page.fill(f"#id_{name}", value)
        page.focus("main button[type=submit]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/")
        yield page


def _hire() -> None:
    staff = Staff(
        number=STAFF,
        name="試験　職員",
        section="市民課",
        valid_from=date(2000, 4, 1),
        password=make_password(PASSWORD),
    )
    login.set_totp(staff, SECRET)
    staff.save()


def _look(page: Page, name: str) -> None:
    """axe の重い指摘がない。"""
    found = Axe().run(page).response["violations"]
    serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
    assert serious == [], name


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_走査した印で登録し証明書を渡す(
    page: Page, address: str, towns: tuple[Municipality, Municipality]
) -> None:
    town = towns[1]
    number = _in(town, lambda: 住人(SystemClock()))
    page.goto(f"{address}/inkan/p/{number}")
    _look(page, "未登録")
    _press(page, "F6")
    page.wait_for_url("**/apply")
    _look(page, "申請")
    page.focus("#id_意思_0")
    _press(page, "Space")
    page.select_option("#id_確認書類", "運転免許証")
    page.fill("#id_印鑑文字", "工藤")
    page.set_input_files("#id_印影", {"name": "seal.png", "mimeType": "image/png", "buffer": 走査()})
    page.fill("#id_登録証番号", "700001")
    _press(page, "F10")
    page.wait_for_url("**/apply/*")
    assert "横 15.0" in page.inner_text("main")
    _look(page, "見比べ")
    page.focus("#id_見比べた")
    _press(page, "Space", "F10")
    page.wait_for_url(f"{address}/inkan/p/{number}")
    _look(page, "登録")
    row = _in(town, lambda: 印鑑登録.objects.get(pk=number))
    assert (row.状態, row.登録証番号) == (状態.登録, "700001")
    _issue(page, address, number)
    made = _in(town, lambda: 証明交付.objects.get(宛名番号=number))
    assert f"/issued/{made.文書}" in page.url
    read = "async url => (await (await fetch(url)).text()).slice(0, 5)"
    assert page.evaluate(read, f"/inkan/document/{made.文書}.pdf") == "%PDF-"
    assert _in(town, lambda: Hand.objects.filter(document_id=made.文書).exists())


def _issue(page: Page, address: str, number: str) -> None:
    """原票から F9、登録証を読み取り（番号と Enter）、F10。違う登録証なら作らず、打った物が残る。"""
    _press(page, "F9")
    page.wait_for_url("**/issue")
    _look(page, "証明")
    page.keyboard.type("700002")
    _press(page, "F10")
    page.wait_for_selector(".error-summary")
    assert "IN-0203" in page.inner_text(".error-summary")
    assert page.input_value("#id_登録証番号") == "700002"
    _look(page, "断り")
    page.fill("#id_登録証番号", "700001")
    _press(page, "F10")
    page.wait_for_url("**/issued/*")
    _look(page, "交付")


def test_手続は札の番号で開き入口は登録証で開く(
    page: Page, address: str, towns: tuple[Municipality, Municipality]
) -> None:
    [number] = _in(towns[1], lambda: list(印鑑登録.objects.values_list("pk", flat=True)))
    page.goto(f"{address}/inkan/")
    _look(page, "入口")
    page.keyboard.type("700001")
    _press(page, "F10")
    page.wait_for_url(f"{address}/inkan/p/{number}")
    _press(page, "Alt+3")
    page.wait_for_url("**/do/suspend")
    _look(page, "一時停止")
    _press(page, "F10")
    page.wait_for_url(f"{address}/inkan/p/{number}")
    assert "停止" in page.inner_text(".person-bar")
    _look(page, "停止中")
