"""ブラウザの試験のための団体の入口。同じ過程の糸で配り、職員はキーだけで働く。"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from socketserver import ThreadingMixIn
from typing import TypeVar
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.contrib.auth.hashers import make_password
from django.core.wsgi import get_wsgi_application
from django.db import connection
from playwright.sync_api import Page

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

T = TypeVar("T")
PASSWORD = "kagi-wo-kakeru-2026"


class _Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """黙る。"""


@contextmanager
def serving(municipality: Municipality) -> Iterator[str]:
    """団体の入口の URL。"""
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Threading, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{municipality.host}.localhost:{server.server_port}"
        server.shutdown()


def aside(municipality: Municipality, work: Callable[[], T]) -> T:
    """データベースの仕事を別の糸で（ブラウザの糸には回っている輪があり、Django が断る）。"""

    def run() -> T:
        with bind(municipality.code):
            try:
                return work()
            finally:
                connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


@dataclass(frozen=True)
class Clerk:
    """一人の職員と、その画面。"""

    page: Page
    municipality: Municipality
    number: str

    @property
    def _secret(self) -> bytes:
        return self.number.encode().ljust(20, b"*")

    def hire(self, section: str) -> None:
        """職員を登録する。"""
        aside(self.municipality, lambda: self._register(section))

    def _register(self, section: str) -> None:
        staff = Staff(
            number=self.number, name=f"職員　{self.number}", section=section, valid_from=date(2000, 4, 1),
            password=make_password(PASSWORD, hasher="argon2"),
        )  # fmt: skip
        login.set_totp(staff, self._secret)
        staff.save()

    def code(self) -> str:
        """今の確認番号（使ったことは忘れさせる: 試験は30秒を待たない）。"""
        aside(self.municipality, lambda: Staff.objects.filter(number=self.number).update(totp_last_step=0))
        return login.current_code(self._secret, clock=SystemClock())

    def press(self, *keys: str) -> None:
        """キーを順に押す。"""
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, key: str, url: str) -> None:
        """そのキーで、その画面へ移る。"""
        self.page.keyboard.press(key)
        self.page.wait_for_url(url)
        self.page.wait_for_load_state("load")

    def here(self) -> str:
        """焦点のある欄の名。"""
        return str(
            self.page.evaluate("document.activeElement.name || document.activeElement.dataset.key || ''")
        )

    def fill(self, values: dict[str, str], *, until: str) -> None:
        """Enter で欄を渡りながら打つ。▼ は矢印で次を、␣ は今の物を選ぶ。until の欄を打ち終えたところで止まる。"""
        for _ in range(80):
            name = self.here()
            text = values.get(name, "")
            if text == "▼":
                self.page.keyboard.press("ArrowDown")
            elif text == "␣":
                self.page.keyboard.press("Space")
            elif text:
                self.page.keyboard.press("Control+a")
                self.page.keyboard.insert_text(text)
            if name == until:
                return
            self.page.keyboard.press("Enter")
        raise AssertionError(f"{until} に着かない（今は {self.here()}）")

    def log_in(self, base: str) -> None:
        """席に着く。"""
        self.page.goto(f"{base}/login")
        self.fill({"number": self.number, "password": PASSWORD, "code": self.code()}, until="code")
        self.page.locator("[data-primary]").press("Enter")
        self.page.wait_for_url(f"{base}/")

    def confirm(self) -> None:
        """もう一度本人を確かめる。"""
        self.page.locator("#id_password").focus()
        self.fill({"password": PASSWORD, "code": self.code()}, until="code")
        self.page.locator("[data-primary]").press("Enter")
