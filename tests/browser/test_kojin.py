"""課税台帳をキーで使う: 収入なしの申告は二つのキー、跡は矢印で開き、証明は F9 と F10。どの頁にも axe の重い指摘がない。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import Clerk, aside, serving
from tests.kojin.office import 町, 町を作る, 確定する

from tsugaru.gyomu.kojin.models import 証明交付, 課税資料
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = [pytest.mark.browser, pytest.mark.db]


@dataclass(frozen=True)
class Desk:
    """税務課の職員の画面と、その町。"""

    clerk: Clerk
    base: str
    town: 町

    @property
    def page(self) -> Page:
        """画面。"""
        return self.clerk.page

    def open(self, number: str, *rest: str) -> None:
        """台帳か、その先の画面。"""
        self.page.goto("/".join([f"{self.base}/kojin/p", number, "2026", *rest]))

    def look(self, name: str) -> None:
        """axe の重い指摘がなく、CSP の違反もない。"""
        found = Axe().run(self.page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], name


@pytest.fixture(scope="module")
def desk(towns: tuple[Municipality, Municipality]) -> Iterator[Desk]:
    """二つ目の団体（確定してよい方）に、一年を確定した町を作る。"""
    clock = SystemClock()

    def settle() -> 町:
        with transaction.atomic():
            made = 町を作る(clock=clock)
            確定する(clock=clock)
        return made

    town = aside(towns[1], settle)
    with serving(towns[1]) as base, launched() as browser:
        page = desk_page(browser)
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.on("console", lambda m: problems.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        clerk = Clerk(page, towns[1], "k7001")
        clerk.hire("税務課")
        clerk.log_in(base)
        yield Desk(clerk, base, town)
        assert problems == []


def test_跡は矢印とEnterで開き閉じる(desk: Desk) -> None:
    desk.open(desk.town.太郎)
    desk.look("課税台帳")
    desk.clerk.go("F3", "**/trace")
    focused = expect(desk.page.locator(".trace__item:focus > .trace__row .trace__name"))
    focused.to_have_text("年税額")
    desk.clerk.press("Enter")
    focused.to_have_text("市町村民税額")
    desk.clerk.press("Enter")
    focused.to_have_text("市町村民税の所得割額")
    desk.look("計算の跡")
    desk.clerk.press("ArrowLeft")
    focused.to_have_text("市町村民税額")
    desk.clerk.press("ArrowLeft", "ArrowDown")
    focused.to_have_text("道府県民税額")
    desk.clerk.press("ArrowRight")
    expect(desk.page.get_by_text("地方税法第24条・第45条")).to_be_visible()
    desk.clerk.press("End")
    focused.to_have_text("森林環境税額")
    desk.clerk.go("F10", "**/reasons/*")
    desk.look("理由書")


def test_収入なしの申告は二つのキーで記録する(desk: Desk) -> None:
    desk.open(desk.town.次郎)
    desk.look("未申告")
    desk.clerk.go("F6", "**/declare")
    desk.page.wait_for_selector("text=未賦課")
    desk.look("申告")
    desk.clerk.press("F3")
    desk.clerk.go("F10", f"**/{desk.town.次郎}/2026")
    [made] = aside(desk.clerk.municipality, lambda: list(課税資料.objects.filter(種類="4")))
    assert (made.事実, made.添え["収入なし"]) == ({}, 1)
    desk.look("申告の後")


def test_打つと試算が前後で出て_誤れば打った物が残る(desk: Desk) -> None:
    desk.open(desk.town.太郎, "declare")
    page = desk.page
    page.focus("[name=医療費の金額]")
    page.keyboard.insert_text("200000")
    page.wait_for_selector(".kojin-preview__sum strong:has-text('231,500')")
    page.focus("[name=七十歳以上の配偶者の数]")
    page.keyboard.insert_text("1")
    page.wait_for_selector(".kojin-preview__wrong:has-text('KJ-3114')")
    desk.clerk.press("F10")
    page.wait_for_selector(".error-summary:has-text('KJ-3114')")
    assert page.input_value("[name=医療費の金額]") == "200000"
    desk.look("申告の誤り")


def test_証明はF9とF10で作られ作った席に渡る(desk: Desk) -> None:
    desk.open(desk.town.太郎)
    desk.clerk.go("F9", "**/certificate")
    desk.look("証明の請求")
    desk.clerk.go("F10", "**/issued/*")
    desk.look("交付")
    row = aside(desk.clerk.municipality, 証明交付.objects.get)
    read = "async url => (await (await fetch(url)).text()).slice(0, 5)"
    assert desk.page.evaluate(read, f"/kojin/document/{row.文書}.pdf") == "%PDF-"


def test_個別の事項の頁(desk: Desk) -> None:
    desk.open(desk.town.太郎)
    desk.clerk.go("F4", "**/particular")
    desk.look("個別の事項")
    desk.clerk.go("Escape", f"**/{desk.town.太郎}/2026")
