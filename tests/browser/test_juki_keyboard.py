"""キーだけで: ログイン、四人家族の転入、別の人の決裁、検索、三打の証明。どの画面も axe の重い指摘が無い。"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import Clerk, serving

from tsugaru.platform.tenancy.directory import Municipality

pytestmark = [pytest.mark.db, pytest.mark.browser]
届出の欄 = {
    "h-moved_on": "r80419", "h-filed_on": "r80420", "h-filer": "三上　健", "c-住所.area": "試験県試験市", "c-住所.town": "青葉町",
    "c-住所.lot": "8番地", "c-転入前住所.area": "東京都千代田区", "c-転入前住所.town": "丸の内一丁目", "c-転入前住所.lot": "1番",
    "n0-氏": "三上", "n0-名": "健", "n0-氏フリガナ": "ミカミ", "n0-名フリガナ": "ケン", "n0-生年月日": "s630401", "n0-性別": "␣",
    "n0-続柄": "02",
}  # fmt: skip
家族 = [
    ("花", "ハナ", "h10505", "▼", "12"),
    ("空", "ソラ", "h280707", "␣", "20"),
    ("海", "ウミ", "r10808", "▼", "20"),
]


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with launched() as made:
        yield made


def _clerk(chromium: Browser, town: Municipality, number: str) -> Clerk:
    page = desk_page(chromium)
    page.set_default_timeout(60_000)
    clerk = Clerk(page, town, number)
    clerk.hire("市民課")
    return clerk


def _accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], [n["html"][:120] for n in v["nodes"][:2]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious, (page.url, serious)


def test_四人家族の転入から証明までキーだけで終わる(
    towns: tuple[Municipality, Municipality], chromium: Browser
) -> None:
    town = towns[1]
    with serving(town) as base:
        clerk = _clerk(chromium, town, "b1")
        _転入する(clerk, base)
        chief = _clerk(chromium, town, "b2")
        _決裁する(chief, base)
        _証明を出す(chief, base)


def _転入する(clerk: Clerk, base: str) -> None:
    page = clerk.page
    clerk.log_in(base)
    _accessible(page)
    while page.evaluate("document.activeElement.textContent.trim()") != "住民記録":
        clerk.press("Tab")
    clerk.go("Enter", "**/juki/")
    _accessible(page)
    clerk.go("Alt+1", "**/juki/moves")
    _accessible(page)
    clerk.go("Enter", "**/moves/in")
    clerk.fill(届出の欄, until="n0-続柄")
    for index, (name, kana, born, sex, role) in enumerate(家族, start=1):
        clerk.press("F8")
        page.wait_for_selector(f'[name="n{index}-名"]')
        page.wait_for_function(f"document.activeElement.name === 'n{index}-名'")
        each = {"名": name, "名フリガナ": kana, "生年月日": born, "性別": sex, "続柄": role}
        clerk.fill({f"n{index}-{key}": value for key, value in each.items()}, until=f"n{index}-続柄")
    _accessible(page)
    clerk.go("F10", re.compile(r"/juki/cases/\d+$"))  # type: ignore[arg-type]
    _accessible(page)
    assert page.locator(".juki-change").count() == 4


def _決裁する(chief: Clerk, base: str) -> None:
    page = chief.page
    chief.log_in(base)
    while page.evaluate("document.activeElement.textContent.trim()") != "住民記録":
        chief.press("Tab")
    chief.go("Enter", "**/juki/")
    chief.go("Alt+2", "**/juki/cases")
    _accessible(page)
    chief.go("Enter", re.compile(r"/juki/cases/\d+$"))  # type: ignore[arg-type]
    chief.go("F10", "**/step?**")
    chief.confirm()
    page.wait_for_url(re.compile(r"/juki/cases/\d+$"))
    chief.press("F10")
    page.wait_for_selector("text=本登録しました")
    _accessible(page)


def _証明を出す(chief: Clerk, base: str) -> None:
    page = chief.page
    chief.press("/")
    page.keyboard.insert_text("みかみ")
    chief.go("Enter", "**/search?q=**")
    assert page.locator("tr[data-rowlink]").count() == 4
    _accessible(page)
    chief.go("1", "**/juki/p/*")
    _accessible(page)
    chief.go("F9", "**/issue")
    _accessible(page)
    chief.press("Enter")
    chief.go("F10", "**/juki/issued/**")
    head = "async (src) => (await (await fetch(src)).text()).slice(0, 5)"
    assert page.evaluate(head, page.locator("iframe").get_attribute("src")) == "%PDF-"
    _accessible(page)
    for key, url in (("Escape", "**/juki/p/*"), ("F4", "**/history"), ("Escape", "**/juki/p/*"), ("F6", "**/moves"),
                     ("Escape", "**/juki/p/*"), ("F3", "**/notes")):  # fmt: skip
        chief.go(key, url)
        _accessible(page)
