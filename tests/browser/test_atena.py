"""住登外・宛名を、キーだけで使う。登録 → 送付先 → 名寄せの案 → 二人目の確認。どの頁にも axe の重い指摘がない。"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
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

from tsugaru.gyomu.atena.models import 名寄せ
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

PASSWORD = "青い海と白い雲を毎朝ながめている"
SECRET = b"12345678901234567890"  # RFC 6238 附属書B の試験の種
T = TypeVar("T")
SERIOUS = {"serious", "critical"}

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


def 団体で(town: Municipality, act: Callable[[], T]) -> T:
    """Playwright の糸の外で、団体のデータベースを使う。"""

    def bound() -> T:
        with bind(town.code):
            try:
                return act()
            finally:
                connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(bound).result()


@dataclass
class Clerk:
    """一人の職員の画面。"""

    number: str
    town: Municipality
    page: Page
    address: str

    def code(self) -> str:
        """今の符号（使い切っても、次の30秒を待たずに使えるようにして）。"""
        mine = Staff.objects.filter
        団体で(self.town, lambda: mine(number=self.number).update(totp_last_step=-1))
        return login.current_code(SECRET, clock=SystemClock())

    def enter(self) -> None:
        """ログインする。"""
        self.page.goto(f"{self.address}/login")
        for name, value in (("number", self.number), ("password", PASSWORD), ("code", self.code())):
            self.page.fill(f"#id_{name}", value)
        self.page.focus("main button[type=submit]")
        self.press("Enter")
        self.page.wait_for_url(f"{self.address}/")

    def press(self, *keys: str) -> None:
        """キーを順に押す。"""
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, key: str, url: str) -> None:
        """キーで頁を移る。"""
        self.press(key)
        self.page.wait_for_url(f"**{url}")
        self.check()

    def check(self) -> None:
        """axe の重い指摘がない。"""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        bad = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in SERIOUS]
        assert bad == [], self.page.url

    def type_into(self, name: str, text: str) -> None:
        """その欄まで Enter で進み、打つ。"""
        for _ in range(40):
            if self.page.evaluate("document.activeElement.name") == name:
                self.page.keyboard.type(text)
                return
            self.press("Enter")
        raise AssertionError(f"{name} の欄に着きません")


def _雇う(number: str) -> None:
    if not Staff.objects.filter(number=number).exists():
        staff = Staff(
            number=number,
            name="試験　職員",
            section="市民課",
            valid_from=date(2000, 4, 1),
            password=make_password(PASSWORD),
        )
        login.set_totp(staff, SECRET)
        staff.save()


@pytest.fixture
def clerks(towns: tuple[Municipality, Municipality], address: str) -> Iterator[tuple[Clerk, Clerk]]:
    """市民課の二人。"""
    town = towns[1]
    with launched() as chromium:
        made = []
        for number in ("atena1", "atena2"):
            団体で(town, partial(_雇う, number))
            page = desk_page(chromium)
            page.set_default_timeout(15_000)
            made.append(Clerk(number, town, page, address))
        yield made[0], made[1]


def _登録する(clerk: Clerk, 氏名: str) -> None:
    clerk.page.goto(f"{clerk.address}/atena/")
    clerk.check()
    clerk.go("F6", "/atena/new/person")
    clerk.page.focus("#id_氏名")
    for name, text in (
        ("氏名", 氏名), ("フリガナ", "ナリタ　タロウ"), ("生年月日", "s350303"), ("市区町村", "隣町"), ("番地号", "１番地"),
    ):  # fmt: skip
        clerk.type_into(name, text)
    clerk.press("F10")


def test_登録から名寄せの確認までマウスを使わない(clerks: tuple[Clerk, Clerk]) -> None:
    one, two = clerks
    one.enter()
    _登録する(one, "成田　太郎")
    one.page.wait_for_url("**?done=registered")
    one.check()

    one.go("F3", "/mailing")
    one.page.focus("#id_市区町村")
    for name, text in (("市区町村", "向町"), ("番地号", "２番地")):
        one.type_into(name, text)
    one.press("F10")
    one.page.wait_for_url("**?done=mailing")
    assert "向町２番地" in one.page.inner_text("main")

    _登録する(one, "成田　太朗")
    one.page.wait_for_selector("#id_見比べた")
    one.check()
    one.page.focus("#id_見比べた")
    one.press("Space", "F10")
    one.page.wait_for_url("**?done=registered")

    one.go("F8", "/matches")
    one.press("Enter")
    one.page.wait_for_url("**/matches/0*")
    one.check()
    one.page.focus("#id_判断")
    one.type_into("理由", "本人の申出による")
    one.press("F10")
    one.page.wait_for_url("**?done=proposed")

    two.enter()
    two.page.goto(f"{two.address}/atena/links")
    two.check()
    two.press("Enter")
    two.page.wait_for_url("**/step?**")
    two.page.fill("#id_password", PASSWORD)
    two.page.fill("#id_code", two.code())
    two.page.focus("main button[type=submit]")
    two.press("Enter")
    two.page.wait_for_url("**/atena/links/*")
    two.check()
    two.press("F10")
    two.page.wait_for_url("**?done=linked")
    assert "同じ人の番号" in two.page.inner_text("main")
    row = 団体で(two.town, lambda: 名寄せ.objects.latest("pk"))
    assert (row.判断, row.判断者, row.確認者) == ("同一", "atena1", "atena2")
