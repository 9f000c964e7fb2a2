"""計算の頁を、キーだけで: 準備、進み、束の署名、確定、二つの差。どの頁にも axe の重い指摘と CSP の違反がない。"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Page
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import Clerk, aside, serving
from tests.browser.test_login import serious
from tests.platform.pages import office
from tests.web.conftest import Towns, web_towns

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.authz.models import Right
from tsugaru.platform.runs import api as runs

__all__ = ["web_towns"]
pytestmark = [pytest.mark.browser, pytest.mark.db]
RUN = re.compile(r"/shiken/runs/\d+$")


@pytest.fixture
def clerks(web_towns: Towns, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Clerk, Clerk, list[str]]]:
    """作る人と決裁する人（別の画面）。三つ目は CSP の違反の記録。"""
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
        made = []
        for number in ("b5", "b6"):
            page = desk_page(chrome)
            page.on("console", lambda m: violations.append(m.text) if "Content Security" in m.text else None)
            clerk = Clerk(page, town, number)
            clerk.hire("税務課")
            clerk.log_in(base)
            made.append(clerk)
        yield made[0], made[1], violations
    aside(town, lambda: Right.objects.filter(gyomu="shiken").delete())


def _look(page: Page, name: str) -> None:
    """重い指摘がなく、頁が横にあふれない。"""
    assert not serious(page), name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def _sign(chief: Clerk, name: str) -> None:
    page = chief.page
    page.locator("#id_note").focus()
    page.keyboard.insert_text("工場が来た")
    _look(page, f"bucket-{name}")
    with page.expect_navigation():
        chief.press("F10")


def _trial(maker: Clerk) -> int:
    """比べる相手の試算（半分の人の収入が違う）。"""

    def make() -> int:
        before = {
            key: (value or 0) + 7_000 * (int(key) % 2) * int(key) for key, value in office.PEOPLE.items()
        }
        office.Office.people = before
        run = runs.create(
            office.DEFINITION, kind=runs.Kind.TRIAL, period="2030", maker=maker.number, clock=SystemClock()
        )
        office.work()
        office.Office.people = office.PEOPLE
        return run.pk

    return aside(maker.municipality, make)


def test_準備から確定までキーだけで終わる(clerks: tuple[Clerk, Clerk, list[str]]) -> None:
    maker, chief, violations = clerks
    base = maker.page.url.rstrip("/")
    page = maker.page
    page.goto(f"{base}/shiken/runs/")
    _look(page, "list-empty")
    maker.go("F10", "**/runs/new")
    maker.fill({"definition": "", "kind": "", "period": "2030"}, until="reason")
    _look(page, "new")
    with page.expect_navigation(url=RUN):
        maker.press("F10")
    here = page.url
    page.wait_for_selector("text=順番を待っています")
    _look(page, "waiting")
    aside(maker.municipality, office.work)
    page.wait_for_selector("text=差の束", timeout=10_000)  # 二秒ごとに見に来て、終われば自分で開き直す
    _look(page, "compared-maker")
    page = chief.page
    page.goto(here)
    _look(page, "compared-chief")
    chief.go("F10", "**/b/total")
    _look(page, "bucket-step")
    chief.go("F10", "**/step?**")
    chief.confirm()
    page.wait_for_url("**/b/total")
    _sign(chief, "total")
    page.wait_for_url("**/b/added")
    _sign(chief, "added")
    page.wait_for_url(RUN)
    _look(page, "signed")
    chief.go("F10", "**/confirm")
    page.locator("#id_effective_on").fill("r80601")
    _look(page, "confirm")
    with page.expect_navigation(url=RUN):
        chief.press("F10")
    aside(maker.municipality, office.work)
    page.wait_for_selector("text=効力の日", timeout=10_000)
    _look(page, "confirmed")
    trial = _trial(maker)
    chief.go("F3", "**/runs/diff?**")
    page.locator("#id_before").select_option(str(trial))
    _look(page, "diff-choose")
    chief.go("F10", re.compile(r"/diff/\d+$"))
    aside(maker.municipality, office.work)
    page.wait_for_selector("text=原因ごとの差", timeout=10_000)
    _look(page, "diff")
    chief.go("Enter", "**/b/total")
    _look(page, "people")
    page.goto(f"{base}/shiken/runs/")
    _look(page, "list")
    assert not violations
