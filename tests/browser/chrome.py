"""画面の試験の Chromium。無い機械では、飛ばさずに落ちる（飛ばした試験は、通ったように見える）。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def launched() -> Iterator[Browser]:
    """起こした Chromium。抜ければ閉じる。"""
    if not CHROMIUM.exists():
        pytest.fail(
            f"画面の試験に要る Chromium（{CHROMIUM}）がありません。"
            "build/system.sh chromium か、管理者の apt-get install chromium で入れてください。",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(OPTIONS))
        yield browser
        browser.close()


def desk_page(browser: Browser) -> Page:
    """窓口の端末の大きさの、ほかの頁と何も分かち合わない頁。"""
    return browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP").new_page()
