"""受け取りの頁を、キーで: 登録、ファイル、誤りの片付け、反映。どの頁にも axe の重い指摘と CSP の違反がない。"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Page
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import Clerk, aside, serving
from tests.browser.test_login import serious
from tests.platform.inbound.reports import line
from tests.platform.pages import office
from tests.web.conftest import Towns, web_towns

from tsugaru.platform.authz.models import Right

__all__ = ["web_towns"]
pytestmark = [pytest.mark.browser, pytest.mark.db]
DELIVERY = re.compile(r"/shiken/inbound/\d+$")


@pytest.fixture
def clerk(web_towns: Towns, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """税務課の職員。CSP の違反があれば終わりに落ちる。"""
    office.use(monkeypatch.setattr)
    town = web_towns[0]
    rows = [
        Right(section="税務課", gyomu="shiken", operation=o, field_class="税額")
        for o in ("照会", "一括", "決裁")
    ]
    aside(town, lambda: Right.objects.bulk_create(rows))
    with (
        override_settings(ROOT_URLCONF="tests.platform.pages.urls"),
        serving(town) as base,
        launched() as chrome,
    ):
        violations: list[str] = []
        page = desk_page(chrome)
        page.on("console", lambda m: violations.append(m.text) if "Content Security" in m.text else None)
        one = Clerk(page, town, "b8")
        one.hire("税務課")
        one.log_in(base)
        yield one
        assert not violations
    aside(town, lambda: Right.objects.filter(gyomu="shiken").delete())


def _look(page: Page, name: str) -> None:
    """重い指摘がなく、頁が横にあふれない。"""
    assert not serious(page), name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def _file(clerk: Clerk, rows: list[str], name: str = "kyuyo-1.csv") -> None:
    """ファイルを選ぶところだけはブラウザの窓なので、選んだことにする。"""
    content = "".join(rows).encode("cp932")
    clerk.page.set_input_files("#id_file", {"name": name, "mimeType": "text/csv", "buffer": content})


def test_登録から反映までキーで終わる(clerk: Clerk) -> None:
    page, town = clerk.page, clerk.municipality.code
    page.goto(f"{page.url.rstrip('/')}/shiken/inbound/")
    _look(page, "inbound-empty")
    clerk.go("F10", "**/inbound/new")
    clerk.fill(
        {"period": "2040", "sender": "津軽製菓株式会社", "parts": "1", "rows": "3", "due_on": "r80131"},
        until="due_on",
    )
    _look(page, "inbound-new")
    with page.expect_navigation(url=DELIVERY):
        clerk.press("F10")
    _look(page, "inbound-expected")
    clerk.go("F10", "**/upload")
    _file(clerk, [line(1, town=town, year="2039")], "kyonen.csv")
    _look(page, "inbound-upload")
    with page.expect_navigation(url=re.compile(r"/files/\d+$")):
        clerk.press("F10")
    _look(page, "inbound-refused")
    clerk.go("Escape", DELIVERY)  # type: ignore[arg-type]
    clerk.go("F10", "**/upload")
    bad = line(1, town=town, year="2040").replace("19800505", "19801305")
    _file(clerk, [bad, line(2, town="999999", year="2040"), line(3, town=town, year="2040")])
    with page.expect_navigation(url=DELIVERY):
        clerk.press("F10")
    _look(page, "inbound-parsed")
    clerk.go("F10", re.compile(r"/faults/\d+$"))  # type: ignore[arg-type]
    clerk.fill({"value": "19801231", "reason": "電話で確かめた"}, until="reason")
    _look(page, "inbound-fault")
    with page.expect_navigation():
        clerk.press("F10")
    clerk.fill({"reason": "差出人が誤りと認めた"}, until="reason")
    _look(page, "inbound-fault-exclude")
    with page.expect_navigation(url=DELIVERY):
        clerk.press("F10")
    clerk.go("F10", "**/post")
    _look(page, "inbound-post")
    with page.expect_navigation(url=DELIVERY):
        clerk.press("F10")
    _look(page, "inbound-posted")
    clerk.go("Escape", "**/inbound/")
    _look(page, "inbound-list")
