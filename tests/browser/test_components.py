"""外枠と部品を Chromium で確かめる。CSP の違反なし、axe の重い指摘なし、キーだけで動くこと。"""

import datetime as dt
import functools
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from playwright.sync_api import Page, expect
from tests.browser.chrome import desk_page, launched

from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.kernel.wareki import 元号表, 和暦略記, 和暦表示, 日付を読む
from tsugaru.platform.screens.fields import UncertainDateField, WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.shapes import Column, Row, Withheld
from tsugaru.platform.screens.templatetags import screens as tags

PAGES = ["gallery", "invalid", "search", "login", "chooser", "error"]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'"
)

pytestmark = pytest.mark.browser


class Handler(SimpleHTTPRequestHandler):
    """本番と同じ CSP で静的な頁を返す。POST は 204（送信の回数だけを数える）。"""

    posts: list[str] = []

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()

    def do_POST(self) -> None:
        self.posts.append(self.path)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """黙る。"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """見本帳を別の過程で描き（Django の設定を混ぜない）、手元で配る。"""
    out = tmp_path_factory.mktemp("gallery")
    subprocess.run([sys.executable, Path(__file__).with_name("gallery.py"), out], check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Any) -> Iterator[Page]:
    """端末の大きさの頁。コンソールの誤り（CSP 違反を含む）は faults に貯める。"""
    page = desk_page(browser)
    page.faults = []
    page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    page.context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))


@pytest.mark.parametrize("name", PAGES)
def test_CSPに触れずに描ける(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}.html")
    assert page.faults == []


@pytest.mark.parametrize("name", PAGES)
def test_インラインを書かない(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}.html")
    source = page.request.get(f"{site}/{name}.html").text()
    assert page.evaluate("document.querySelectorAll('style, script:not([src])').length") == 0
    assert " style=" not in source
    assert " onclick=" not in source


@pytest.mark.parametrize("name", PAGES)
def test_axeの重い指摘が無い(page: Page, site: str, name: str) -> None:
    # axe は自分を頁に差し込むので、CSP の無い写しで調べる
    plain = {"Content-Type": "text/html; charset=utf-8"}
    page.context.route("**/*.html", lambda route: route.fulfill(response=route.fetch(), headers=plain))
    page.goto(f"{site}/{name}.html")
    report = Axe().run(page).response
    assert len(report["passes"]) > 10
    found = report["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


@pytest.mark.parametrize("name", PAGES)
def test_横にはみ出さない(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 683, "height": 384})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_Enterで次の欄へ進み最後は主ボタンへ(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.focus("#id_moved")
    walked = []
    for _ in range(9):
        page.keyboard.press("Enter")
        walked.append(focused(page))
    expected = "notified born family given kana address reason scope_0 members_0"
    assert walked == [f"id_{name}" for name in expected.split()]
    page.focus("#id_agreed")
    page.keyboard.press("Enter")
    assert focused(page) == "確認へ進む"
    page.focus("#id_given")
    page.keyboard.press("Shift+Enter")
    assert focused(page) == "id_family"


def test_textareaのEnterは改行(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.fill("#id_note", "一行目")
    page.press("#id_note", "End")
    page.press("#id_note", "Enter")
    assert page.input_value("#id_note") == "一行目\n"


def test_変換中のEnterには手を出さない(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.focus("#id_family")
    event = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    assert page.evaluate(f"document.activeElement.dispatchEvent({event})")
    assert focused(page) == "id_family"


def test_キー帯は見えている要素から組まれる(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    labels = page.locator("#key-bar .key-bar__key").all_inner_texts()
    assert [text.split()[0] for text in labels] == ["Esc", "F2", "F3", "F4", "F6", "F9", "F10", "F12"]
    page.goto(f"{site}/search.html")
    assert "F9" not in page.locator("#key-bar").inner_text()


def test_対話が開いている間は外のキーが効かない(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    keys = page.locator("#key-bar .key-bar__key")
    page.click("[data-dialog-open=cancel]")
    expect(keys).to_have_count(0)  # 閉じた知らせは後から届くので、数は待って見る
    page.keyboard.press("F12")
    expect(page.locator("#menu")).not_to_have_attribute("data-closed", re.compile(""))
    page.keyboard.press("Escape")
    expect(page.locator("#cancel")).to_be_hidden()
    expect(keys).to_have_count(8)


def test_F12でメニューが閉じ次の頁でも閉じている(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.keyboard.press("F12")
    page.goto(f"{site}/search.html")
    assert page.locator("#menu").get_attribute("data-closed") == ""
    assert page.locator("[data-menu-toggle]").get_attribute("aria-expanded") == "false"


def test_検索結果を矢印と番号で開く(page: Page, site: str) -> None:
    page.goto(f"{site}/search.html")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.rowlink") == "/people/2"
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/2")
    page.goto(f"{site}/search.html")
    page.keyboard.press("4")
    page.wait_for_url("**/people/3")


def test_検索欄へ三つの道がありEnterで送る(page: Page, site: str) -> None:
    page.goto(f"{site}/search.html")
    for key in ("F2", "Control+k", "/"):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        assert focused(page) == "search"
    page.fill("#search", "s630401")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=s630401")


def test_Altと番号で業務の札を開く(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.keyboard.press("Alt+2")
    page.wait_for_url("**/inkan")


def test_断片が入れ替わると焦点とキー帯がついてくる(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    body = '<input id="next" data-autofocus aria-label="次"><button data-key="F7">七</button>'
    page.route("**/fragment", lambda route: route.fulfill(status=422, content_type="text/html", body=body))
    page.get_by_text("断片を読む").click()
    page.wait_for_selector("#next")
    page.get_by_text("F7七").wait_for()
    assert focused(page) == "next"


@pytest.mark.parametrize("status", [403, 500])
def test_断片が失敗すると番号つきで知らせる(page: Page, site: str, status: int) -> None:
    page.goto(f"{site}/gallery.html")
    page.fill("#id_address", "大字下町二丁目")
    body = "<p>内側の誤りの文 9f3c1e</p>"
    page.route("**/fragment", lambda route: route.fulfill(status=status, body=body))
    page.get_by_text("断片を読む").click()
    page.locator("#messages [role=alert]").wait_for()
    assert f"SC-0{status}" in page.inner_text("#messages")
    assert "9f3c1e" not in page.content()
    assert page.input_value("#id_address") == "大字下町二丁目"


def test_画面の読みはサーバーの読みと同じ(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    for era in 元号表[:-1]:
        for shift in (-1, 0, 1, 400):
            day = era.始期 + dt.timedelta(days=shift)
            for typed in (和暦表示(day), 和暦略記(day), day.isoformat(), day.strftime("%Y%m%d")):
                assert 日付を読む(typed) == day
                page.fill("#id_moved", typed)
                assert (
                    page.inner_text("[data-wareki-for=id_moved]") == f"{和暦表示(day)}（{day.isoformat()}）"
                )


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("s630401", "昭和63年4月1日（1988-04-01）"),
        ("昭63.4.1", "昭和63年4月1日（1988-04-01）"),
        ("S６３．４．１", "昭和63年4月1日（1988-04-01）"),
        ("1988-04-01", "昭和63年4月1日（1988-04-01）"),
        ("R元.5.1", "令和元年5月1日（2019-05-01）"),
        ("平成31年4月30日", "平成31年4月30日（2019-04-30）"),
        ("昭和64年1月7日", "昭和64年1月7日（1989-01-07）"),
        ("昭和64年1月8日", "その日は平成です"),
        ("令和元年4月30日", "その日は平成です"),
        ("平成29年2月29日", "暦に無い日です"),
        ("あした", "日付と読めません（例 s630401）"),
    ],
)
def test_日付の読み(page: Page, site: str, typed: str, reading: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.fill("#id_moved", typed)
    page.press("#id_moved", "Enter")
    assert page.inner_text("[data-wareki-for=id_moved]") == reading


def test_二度押しても一度しか送らない(page: Page, site: str) -> None:
    Handler.posts.clear()
    page.goto(f"{site}/gallery.html")
    page.evaluate("""() => {
        const form = document.getElementById('sample');
        for (let n = 0; n < 3; n += 1) form.requestSubmit();
    }""")
    page.wait_for_timeout(300)
    assert len(Handler.posts) == 1
    assert page.get_attribute("#sample [data-primary]", "aria-disabled") == "true"


def test_書きかけで離れると確かめる(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.focus("#id_family")
    page.keyboard.type("津軽")
    page.click("#menu a[href='/inkan']")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.input_value("#id_family") == "津軽"


def test_席を離れると知らせ時間切れでも打った物が残る(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(f"{site}/gallery.html")
    page.fill("#id_address", "大字下町二丁目")
    page.clock.run_for(841_000)
    assert page.locator("#idle").is_visible()
    assert "秒でログアウトします" in page.inner_text("#idle")
    page.clock.run_for(60_000)
    assert page.get_attribute("#idle", "data-expired") == ""
    page.click("[data-idle-continue]")
    page.get_by_text("まだログインしていません").wait_for()
    assert page.input_value("#id_address") == "大字下町二丁目"


def test_誤りのまとめからEnterで最初の誤りの欄へ(page: Page, site: str) -> None:
    page.goto(f"{site}/invalid.html")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Enter")
    assert focused(page) == "id_moved"
    described = page.get_attribute("#id_moved", "aria-describedby")
    assert described == "id_moved_error"
    assert page.inner_text(f"#{described}").startswith("DT-0001 異動日「昭和64年1月8日」")
    assert page.get_attribute("#id_moved", "aria-invalid") == "true"
    assert page.inner_text("#id_family_error").startswith("SC-0101")


def test_誤りのまとめからラジオの最初の欄へ飛べる(page: Page, site: str) -> None:
    page.goto(f"{site}/invalid.html")
    page.evaluate("document.querySelector('.error-summary a').setAttribute('href', '#id_scope')")
    page.click(".error-summary a")
    assert focused(page) == "id_scope_0"


def test_誤りで戻された画面は打ち直す前から書きかけ(page: Page, site: str) -> None:
    page.goto(f"{site}/invalid.html")
    assert page.get_attribute("#sample", "data-dirty") == ""
    page.goto(f"{site}/gallery.html")
    assert page.get_attribute("#sample", "data-dirty") is None


def test_見せない値は札になり値は頁のどこにも無い(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    assert page.locator(".side .withheld").inner_text() == "表示制限"
    assert "Withheld" not in page.content()


def test_不詳の語は書いたとおりに受ける(page: Page, site: str) -> None:
    page.goto(f"{site}/gallery.html")
    page.fill("#id_born", "昭和10年頃")
    page.press("#id_born", "Enter")
    assert page.inner_text("[data-wareki-for=id_born]") == "不詳の日（書いたとおりに残ります）"
    page.fill("#id_moved", "昭和10年頃")
    page.press("#id_moved", "Enter")
    assert page.get_attribute("[data-wareki-for=id_moved]", "data-state") == "bad"


def test_試用の職員の値が欄に入る(page: Page, site: str) -> None:
    page.goto(f"{site}/login.html")
    page.keyboard.press("Alt+2")
    assert page.input_value("#id_number") == "100002"
    assert focused(page) == "ログイン"


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1234567, "yen", '<span class="yen">1,234,567<span class="unit">円</span></span>'),
        (-300, "yen", '<span class="yen">△300<span class="unit">円</span></span>'),
        (0, "yen", '<span class="yen">0<span class="unit">円</span></span>'),
        (None, "yen", "―"),
        ("", "text", "―"),
        (0, "number", "0"),
        (12345, "number", "12,345"),
        (dt.date(1988, 4, 1), "date", "昭和63年4月1日"),
        (不詳日(dt.date(1935, 1, 1), 不詳=True, 表記="昭和10年頃"), "date", "昭和10年頃"),
        (Withheld("支援措置"), "yen", '<span class="withheld" title="支援措置">表示制限</span>'),
    ],
)
def test_値の見せ方(value: object, kind: str, text: str) -> None:
    assert str(tags.shown(value, kind)) == text


@pytest.mark.parametrize("value", [1.5, True, "100"])
def test_整数でない金額は断る(value: object) -> None:
    with pytest.raises(TypeError):
        tags.yen(value)


def test_列と値の数が合わない行は断る() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(tags.cells(Row([1, 2]), [Column("一")]))


def test_見せない値は文字にしても漏れない() -> None:
    assert f"{Withheld('支援措置', '1234')}" == "表示制限1234"
    assert tags.mask("<b>") == "<b>"


class Sample(ScreenForm):
    day = WarekiField(label="異動日")
    born = UncertainDateField(label="生年月日", required=False)
    name = forms.CharField(
        label="氏名", max_length=3, error_messages={"required": "XX-0001 氏名がありません。"}
    )
    kind = forms.ChoiceField(label="種類", choices=[("1", "一")])


def test_どちらの暦でも同じ日になる() -> None:
    for typed in ("s630401", "昭63.4.1", "1988-04-01"):
        form = Sample({"day": typed, "name": "津軽", "kind": "1"})
        assert form.is_valid()
        assert form.cleaned_data["day"] == dt.date(1988, 4, 1)
        assert form.cleaned_data["born"] is None


def test_不詳日は書いたとおりに残る() -> None:
    form = Sample({"day": "s630401", "born": "昭和10年頃", "name": "津軽", "kind": "1"})
    assert form.is_valid()
    assert form.cleaned_data["born"].表示 == "昭和10年頃"


def test_直すときは今の値が和暦で入っている() -> None:
    form = Sample(initial={"day": dt.date(1988, 4, 1)})
    assert form["day"].value() == "昭和63年4月1日"


def test_誤りの文は番号と直し方を持つ() -> None:
    errors = Sample({"day": "", "name": "", "kind": ""}).errors
    assert errors["day"] == ["SC-0101 空です。必ず入力してください。"]
    assert errors["name"] == ["XX-0001 氏名がありません。"]
    assert errors["kind"] == ["SC-0107 選ばれていません。必ず選んでください。"]
    errors = Sample({"day": "昭和64年1月8日", "born": "いつか", "name": "津軽太郎", "kind": "2"}).errors
    assert errors["day"][0].startswith("DT-0001 異動日「昭和64年1月8日」は")
    assert errors["born"][0].startswith("DT-0001 生年月日「いつか」は")
    assert errors["name"] == ["SC-0103 長すぎます（4文字）。3文字までに直してください。"]
    assert errors["kind"] == ["SC-0102 選べない値です（2）。一覧から選び直してください。"]
