"""ログインと、情報システムの担当の頁を、キーだけで。どの頁にも axe の重い指摘と CSP の違反がない。"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.chrome import desk_page, launched
from tests.browser.clerks import PASSWORD, Clerk, serving
from tests.web.conftest import Towns, web_towns

SERIOUS = {"serious", "critical"}
PAGES = ("/", "/staff", "/staff/rights", "/staff/rights/reload", "/sla", "/password", "/step", "/nowhere")
__all__ = ["web_towns"]

pytestmark = [pytest.mark.browser, pytest.mark.db]


@pytest.fixture(scope="module")
def address(web_towns: Towns) -> Iterator[str]:
    """団体の入口。"""
    with serving(web_towns[0]) as url:
        yield url


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """窓口の画面の大きさ。"""
    with launched() as browser:
        yield desk_page(browser)


@pytest.fixture(scope="module")
def officer(web_towns: Towns, page: Page, address: str) -> Clerk:
    """ログインした情報システム課。"""
    clerk = Clerk(page, web_towns[0], "b1")
    clerk.hire("情報システム課")
    page.goto(f"{address}/login")
    sign_in(clerk, PASSWORD)
    page.wait_for_url(f"{address}/")
    return clerk


def sign_in(clerk: Clerk, password: str) -> None:
    """職員番号から始め、Enter だけで進む。"""
    assert clerk.here() == "number"
    for text in (clerk.number, password, clerk.code()):
        clerk.page.keyboard.insert_text(text)
        clerk.press("Enter")
    clerk.press("Enter", "Enter")


def serious(page: Page) -> list[str]:
    """axe の重い指摘。"""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in SERIOUS]


def test_違えば同じ頁に文が出て職員番号が残る(web_towns: Towns, page: Page, address: str) -> None:
    clerk = Clerk(page, web_towns[0], "b2")
    clerk.hire("市民課")
    page.goto(f"{address}/login")
    sign_in(clerk, "違うものを打ってしまった時の文字")
    page.wait_for_selector("text=ID-0001")
    assert page.input_value("#id_number") == "b2"
    assert page.input_value("#id_password") == ""
    assert serious(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_どの頁にも重い指摘と内容の違反がない(officer: Clerk, address: str, path: str) -> None:
    said: list[str] = []
    officer.page.on("console", lambda message: said.append(message.text))
    officer.page.goto(f"{address}{path}")
    assert serious(officer.page) == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_一覧で選んだ職員を解く頁へ本人確認を経て進む(officer: Clerk, address: str) -> None:
    page = officer.page
    Clerk(page, officer.municipality, "a1").hire("市民課")
    page.goto(f"{address}/staff")
    officer.press("Enter")
    page.wait_for_url(f"{address}/step?next=*")
    for text in (PASSWORD, officer.code()):
        page.keyboard.insert_text(text)
        officer.press("Enter")
    officer.press("Enter")
    page.wait_for_url("**/disable")
    assert page.inner_text("h1") == "職員を解く"
    assert serious(page) == []
