"""通知の頁を、キーだけで: 頼む、進みを見る、束を受け取る、一人の通知を作り直す。働き手は本物の道で働く。"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import Clerk, aside, serving
from tests.browser.test_login import serious
from tests.kojin.notices_office import 住む町を作る
from tests.kojin.office import 町, 確定する
from tests.web.conftest import Towns, web_towns

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.jobs import api as jobs

__all__ = ["web_towns"]
pytestmark = [pytest.mark.browser, pytest.mark.db]


def _levied() -> tuple[int, 町]:
    """確定した当初賦課の実行と、町の人（確定の前に並ぶ計算の仕事は、済ませておく）。"""
    clock = SystemClock()
    people = 住む町を作る(clock=clock)
    run = 確定する(clock=clock)
    _work()
    return run.pk, people


def _work() -> None:
    while jobs.work_once(clock=SystemClock()):
        pass


@pytest.fixture
def clerk(web_towns: Towns) -> Iterator[Clerk]:
    """税務課の職員。CSP の違反があれば終わりに落ちる。"""
    town = web_towns[0]
    with serving(town) as base, launched() as chrome:
        violations: list[str] = []
        page = desk_page(chrome)
        page.on("console", lambda m: violations.append(m.text) if "Content Security" in m.text else None)
        one = Clerk(page, town, "b9")
        one.hire("税務課")
        one.log_in(base)
        yield one
        assert not violations


def _look(page: Page, name: str) -> None:
    """重い指摘がなく、頁が横にあふれない。"""
    assert not serious(page), name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_頼んで束を受け取り_一人の通知を作り直す(clerk: Clerk, tmp_path: Path) -> None:
    run, people = aside(clerk.municipality, _levied)
    page = clerk.page
    base = page.url.rstrip("/")
    page.goto(f"{base}/kojin/")
    clerk.go("F9", "**/kojin/notices")
    _look(page, "list")
    clerk.go("Enter", f"**/kojin/notices/{run}")
    _look(page, "run-new")
    clerk.go("F10", f"**/kojin/notices/{run}")
    page.wait_for_selector("text=順番を待っています")
    _look(page, "run-waiting")
    aside(clerk.municipality, _work)
    page.wait_for_selector("text=第1束", timeout=10_000)  # 二秒ごとに見に来て、終われば自分で開き直す
    assert page.locator(".badge", has_text="×").count() == 0
    _look(page, "run-done")
    clerk.go("Enter", "**/b/1")
    _look(page, "bundle")
    page.locator("#id_渡す先").focus()
    page.keyboard.insert_text("試験印刷")
    with page.expect_download() as downloading:
        clerk.press("F10")
    kept = tmp_path / "bundle.zip"
    downloading.value.save_as(kept)
    assert "manifest.csv" in zipfile.ZipFile(kept).namelist()
    page.goto(f"{base}/kojin/notices/{run}")
    clerk.press("F4")
    page.keyboard.insert_text(people.トメ)
    clerk.go("Enter", f"**/p/{people.トメ}")
    _look(page, "person")
    page.locator("#id_理由").focus()
    page.keyboard.insert_text("届かずに戻った")
    with page.expect_navigation(url=re.compile(r"/p/[0-9]+$")):
        clerk.press("F10")
    page.wait_for_selector("text=前の一通")
    _look(page, "person-again")
    clerk.go("Escape", f"**/kojin/notices/{run}")
