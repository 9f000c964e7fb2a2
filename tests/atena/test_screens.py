"""住登外・宛名の画面。本物の通り道を通す。"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.atena.people import 住登外を作る, 川向こう, 手, 法人を作る, 転出する
from tests.support.people import 世帯を作る
from tests.support.staff import Desk, sit
from tests.support.web import Browser
from tsugaru.gyomu.atena.domain import deliveries, links, mailing
from tsugaru.gyomu.atena.domain.mailing import 送付の定め
from tsugaru.gyomu.atena.models import 住登外, 名寄せ, 宛名, 検索名, 法人, 送付先
from tsugaru.kernel import check_digit
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
個人 = {
    "氏名": "成田　太郎", "フリガナ": "ナリタ　タロウ", "性別": "1", "生年月日": "s350303", "業務": "kotei",
    "異動日": "r080401", "郵便番号": "039-0000", "都道府県": "試験県", "市区町村": "隣町", "町字": "大字川向",
    "番地号": "１２番地３",
}  # fmt: skip


@pytest.fixture
def browser(desk: Desk, here: Municipality) -> Browser:
    return Browser(desk, here)


def 印(browser: Browser, url: str) -> str:
    """開いたフォームの印。"""
    page = browser.get(url)
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def 送る(browser: Browser, url: str, values: dict[str, Any]) -> Any:
    """開いてから送る。"""
    return browser.post(url, values | {"token": 印(browser, url)})


def test_個人を登録すると頁が開き住所は門を通って出る(browser: Browser) -> None:
    answer = 送る(browser, "/atena/new/person", 個人)
    assert answer.status_code == 302, answer.content.decode()
    page = browser.get(answer["Location"]).content.decode()
    assert "登録しました。" in page
    assert "隣町大字川向１２番地３" in page
    assert "昭和35年3月3日" in page


def test_同じフォームを二度送っても二人にならない(browser: Browser) -> None:
    token = 印(browser, "/atena/new/person")
    assert browser.post("/atena/new/person", 個人 | {"token": token}).status_code == 302
    again = browser.post("/atena/new/person", 個人 | {"token": token, "見比べた": "on"})
    assert again.status_code == 422
    assert "AT-0902" in again.content.decode()
    assert 住登外.objects.count() == 1


def test_似た人がいれば見比べるまで登録しない(browser: Browser, clock: FixedClock) -> None:
    known = 住登外を作る(clock)
    answer = 送る(browser, "/atena/new/person", 個人)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "AT-0903" in page
    assert known in page
    assert 送る(browser, "/atena/new/person", 個人 | {"見比べた": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("欄", "値", "番号"),
    [
        ("氏名", "", "SC-0101"),
        ("氏名", "成田 太郎", "AT-0103"),
        ("氏名", "成田　　太郎", "AT-0103"),
        ("氏名", "成田\u202e太郎", "AT-0101"),
        ("氏名", "成田\u200b太郎", "AT-0101"),
        ("氏名", "成田\x00太郎", "SC-0105"),
        ("氏名", "成田😀", "AT-0101"),
        ("氏名", "成" * 101, "AT-0101"),
        ("氏名", "成" * 100_000, "SC-0103"),
        ("フリガナ", "なりた", "AT-0104"),
        ("フリガナ", "ﾅﾘﾀ", "AT-0104"),
        ("フリガナ", "NARITA", "AT-0104"),
        ("生年月日", "s640199", "DT-0001"),
        ("生年月日", "r990101", "AT-0105"),
        ("生年月日", "平成31年5月1日", "DT-0001"),
        ("生年月日", "1-2", "DT-0001"),
        ("性別", "3", "SC-0102"),
        ("業務", "zzz", "SC-0102"),
        ("異動日", "", "SC-0101"),
        ("異動日", "r990101", "AT-0106"),
        ("郵便番号", "０３９００００", "AT-0112"),
        ("郵便番号", "39-0000", "AT-0112"),
        ("市区町村", "", "AT-0115"),
        ("国名", "アメリカ合衆国", "AT-0114"),
        ("宛名番号", "１２３", "AT-0109"),
        ("宛名番号", "12-3", "AT-0109"),
        ("備考", "\ufeffx", "AT-0101"),
    ],
)
def test_個人の誤りには番号があり打った物が残る(browser: Browser, 欄: str, 値: str, 番号: str) -> None:
    answer = 送る(browser, "/atena/new/person", 個人 | {欄: 値})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 番号 in page
    assert "１２番地３" in page
    assert 住登外.objects.count() == 0


@pytest.mark.parametrize(
    ("欄", "値", "番号"),
    [
        ("商号", "　", "SC-0101"),
        ("商号", "会\u2028社", "AT-0101"),
        ("法人番号", "1234567890123", "AT-0108"),
        ("法人番号", "７０００", "AT-0108"),
        ("法人番号", "7.00001E+12", "AT-0108"),
        ("フリガナ", "会社", "AT-0104"),
    ],
)
def test_法人の誤りには番号がある(browser: Browser, 欄: str, 値: str, 番号: str) -> None:
    values = {"商号": "株式会社試験", "異動日": "r080401", "法人番号": "7000012050002"} | {欄: 値}
    answer = 送る(browser, "/atena/new/corporation", values)
    assert answer.status_code == 422
    assert 番号 in answer.content.decode()
    assert 法人.objects.count() == 0


def test_別の人の印では変更できない(browser: Browser, clock: FixedClock) -> None:
    """二つの頁に二人を開き、片方の印でもう片方へ送る。"""
    first, second = 住登外を作る(clock), 住登外を作る(clock, 氏名="三上　次郎", フリガナ="ミカミ　ジロウ")
    token = 印(browser, f"/atena/p/{first}/edit")
    answer = browser.post(f"/atena/p/{second}/edit", 個人 | {"token": token})
    assert answer.status_code == 422
    assert "AT-0901" in answer.content.decode()
    assert 住登外.objects.filter(宛名番号=second).count() == 1


def test_先に変わっていれば古いフォームは断り打った物を残す(browser: Browser, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    url = f"/atena/p/{number}/edit"
    stale = 印(browser, url)
    assert 送る(browser, url, 個人 | {"通称": "先の人"}).status_code == 302
    answer = browser.post(url, 個人 | {"token": stale, "通称": "後の人"})
    assert answer.status_code == 422
    assert "後の人" in answer.content.decode()


def test_住所を直さない変更は住所番号を変えない(browser: Browser, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    page = browser.get(f"/atena/p/{number}/edit").content.decode()
    assert "大字川向" in page
    assert (
        送る(
            browser, f"/atena/p/{number}/edit", 個人 | {"氏名": "成田　太朗", "郵便番号": "0390000"}
        ).status_code
        == 302
    )
    rows = 住登外.objects.filter(宛名番号=number)
    assert len({row.住所番号 for row in rows}) == 1


def test_Adobe_Japan1の字形は読み替えて登録し符号位置を知らせる(browser: Browser) -> None:
    typed = 個人 | {"氏名": "辻\U000e0101　太郎"}
    answer = 送る(browser, "/atena/new/person", typed)
    assert answer.status_code == 302, answer.content.decode()
    row = 住登外.objects.get()
    assert row.氏名 == "辻\U000e0103　太郎"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "AT-A101 氏名の1文字目の「辻」を U+8FBB U+E0101 から U+8FBB U+E0103 に読み替えました" in page
    changed = 送る(browser, f"/atena/p/{row.宛名番号}/edit", typed | {"通称": "葛\U000e0100　太郎"})
    assert changed.status_code == 302, changed.content.decode()
    after = 住登外.objects.get(宛名番号=row.宛名番号, 履歴番号=2)
    assert (after.氏名, after.通称) == ("辻\U000e0103　太郎", "葛\U000e0100　太郎")


@pytest.fixture
def hidden(clock: FixedClock, browser: Browser) -> str:
    """支援措置の対象の住登外者。送付先もある。"""
    number = 住登外を作る(clock)
    mailing.定める(number, 送付の定め(業務="", 始期=date(2026, 4, 1)), 川向こう, 手続=手(clock))
    disclosure.put_contact(number, "電話", "0172-00-1234")
    Shield.objects.create(
        subject=number, case="1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=clock.now(), opened_by="t1",
    )  # fmt: skip
    return number


def test_保護された人の場所はどの頁にも一文字も出ない(
    browser: Browser, hidden: str, clock: FixedClock
) -> None:
    other = 住登外を作る(clock, 住所=None)
    for url in (
        f"/atena/p/{hidden}", f"/atena/p/{hidden}/edit", f"/atena/p/{hidden}/mailing", f"/atena/p/{hidden}/matches",
        f"/atena/p/{hidden}/matches/{other}", f"/atena/p/{other}/matches/{hidden}", f"/atena/p/{other}/matches",
        f"/atena/?name={hidden}&wide=1", "/atena/?name=成田", f"/atena/p/{hidden}/mailing/all/end",
    ):  # fmt: skip
        answer = browser.get(url, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, url
        assert "川向" not in page, url
        assert "隣町" not in page, url
        assert "0172-00-1234" not in page, url


def test_支援措置の担当は本人確認の後にだけ住所を開ける(
    hidden: str, here: Municipality, clock: FixedClock, browser: Browser
) -> None:
    url = f"/atena/p/{hidden}?open=1"
    assert browser.get(url).status_code == 403
    officer = Browser(sit("市民課（支援措置）", clock=clock), here)
    assert "川向" not in officer.get(url, follow=True).content.decode()
    officer.step_up()
    assert "川向" in officer.get(url).content.decode()


def test_保護された人の住所を空のまま変更しても住所は残る(browser: Browser, hidden: str) -> None:
    place = 住登外.objects.get(宛名番号=hidden).住所番号
    values = {
        name: value
        for name, value in 個人.items()
        if name not in ("郵便番号", "都道府県", "市区町村", "町字", "番地号")
    }
    assert 送る(browser, f"/atena/p/{hidden}/edit", values | {"氏名": "成田　太朗"}).status_code == 302
    assert 住登外.objects.get(宛名番号=hidden, 履歴番号=2).住所番号 == place


def test_住民の頁から送付先と関係人と返戻と電話を入れる(browser: Browser, clock: FixedClock) -> None:
    number, agent = 世帯を作る(clock=clock), 住登外を作る(clock)
    place = {"市区町村": "隣町", "町字": "大字川向", "番地号": "１番地", "郵便番号": "0390000"}
    base = f"/atena/p/{number}"
    day = {"異動日": "r080401", "始期": "r080401"}
    assert (
        送る(browser, f"{base}/mailing", place | day | {"業務": "kotei", "理由": "施設入所"}).status_code
        == 302
    )
    assert (
        送る(browser, f"{base}/agent", day | {"種別": "1", "相手番号": agent, "業務": "kotei"}).status_code
        == 302
    )
    assert 送る(browser, f"{base}/contact", {"種別": "電話", "電話番号": "0172-00-0001"}).status_code == 302
    returned = {"業務": "kotei", "文書名": "納税通知書", "返戻日": "r080401", "返戻理由": "あて所なし"}
    case = 送る(browser, f"{base}/returned", returned)
    assert case.status_code == 302
    step = {"段階": "調査", "年月日": "r080402", "内容": "住所地へ照会した"}
    assert 送る(browser, case["Location"], step).status_code == 302
    page = browser.get(base).content.decode()
    for text in ("隣町大字川向１番地", "納税管理人", agent, "0172-00-0001", "納税通知書", "調査", "施設入所"):
        assert text in page
    assert "納税通知書" in browser.get("/atena/returned").content.decode()
    assert "工藤" in browser.get(f"/atena/p/{agent}").content.decode()
    assert (
        送る(browser, f"{base}/mailing/kotei/end", {"やめる日": "r080410", "異動日": "r080410"}).status_code
        == 302
    )
    assert 送付先.objects.filter(宛名番号=number).latest("履歴番号").取止め


@pytest.mark.parametrize(
    ("path", "values", "番号"),
    [
        ("mailing", {"業務": "", "理由": "その他", "始期": "r080401", "異動日": "r080401"}, "AT-0115"),
        ("mailing", {"理由": "その他", "始期": "r080401", "終期": "r080331", "異動日": "r080401", "市区町村": "隣町"}, "AT-0107"),
        ("mailing", {"理由": "嘘", "始期": "r080401", "異動日": "r080401", "市区町村": "隣町"}, "SC-0102"),
        ("agent", {"種別": "1", "相手番号": "999", "始期": "r080401", "異動日": "r080401"}, "AT-0212"),
        ("agent", {"種別": "9", "相手番号": "999", "始期": "r080401", "異動日": "r080401"}, "SC-0102"),
        ("contact", {"種別": "電話", "電話番号": "12345"}, "AT-0113"),
        ("contact", {"種別": "電話", "電話番号": "０１７２００００００"}, "AT-0113"),
        ("returned", {"文書名": "通知", "返戻日": "r080431", "返戻理由": "あて所なし"}, "DT-0001"),
        ("returned", {"文書名": "通知", "返戻日": "r990401", "返戻理由": "あて所なし"}, "AT-0106"),
        ("close", {"事由": "廃止", "異動日": "r990401"}, "AT-0106"),
        ("close", {"事由": "忘れた", "異動日": "r080401"}, "SC-0102"),
    ],
)  # fmt: skip
def test_付くものの誤りにも番号がある(
    browser: Browser, clock: FixedClock, path: str, values: dict[str, str], 番号: str
) -> None:
    number = 住登外を作る(clock)
    answer = 送る(browser, f"/atena/p/{number}/{path}", values)
    assert answer.status_code == 422
    assert 番号 in answer.content.decode()


def test_廃止して再開する(browser: Browser, clock: FixedClock) -> None:
    number = 法人を作る(clock)
    assert 送る(browser, f"/atena/p/{number}/close", {"事由": "廃止", "異動日": "r080401"}).status_code == 302
    assert browser.get(f"/atena/p/{number}/edit").status_code == 404
    token = 印(browser, f"/atena/p/{number}")
    assert browser.post(f"/atena/p/{number}/reopen", {"token": token}).status_code == 302
    assert [row.異動事由 for row in 法人.objects.filter(宛名番号=number).order_by("履歴番号")] == [
        "登録",
        "廃止",
        "再開",
    ]


def test_名寄せは比べて案を出し別の職員が本人確認の上で認める(
    browser: Browser, here: Municipality, clock: FixedClock
) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    assert second in browser.get(f"/atena/p/{first}/matches").content.decode()
    url = f"/atena/p/{first}/matches/{second}"
    assert 送る(browser, url, {"判断": "同一", "理由": "申請書と本人の申出"}).status_code == 302
    [draft] = links.確認待ち()
    browser.step_up()
    page = browser.get(f"/atena/links/{draft.pk}").content.decode()
    assert "あなたが出した案なので" in page
    token = 印(browser, f"/atena/links/{draft.pk}")
    assert browser.post(f"/atena/links/{draft.pk}", {"token": token, "answer": "yes"}).status_code == 409

    chief = Browser(sit("市民課", clock=clock), here)
    assert chief.get(f"/atena/links/{draft.pk}").status_code == 302
    chief.step_up()
    assert 送る(chief, f"/atena/links/{draft.pk}", {"answer": "yes"}).status_code == 302
    assert links.代表番号([second]) == {second: first}
    assert first in chief.get(f"/atena/p/{second}").content.decode()


def test_提示された番号を二人とももてば一人で決まり番号は画面に返らない(
    browser: Browser, clock: FixedClock
) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    number = f"98320567321{check_digit.個人番号の検査数字('98320567321')}"
    for one in (first, second):
        disclosure.put_number(one, "個人番号", number, changed_on=date(2026, 4, 1))
    url = f"/atena/p/{first}/matches/{second}"
    assert browser.post(url, {"token": 印(browser, url), "個人番号": number}).status_code == 302
    browser.step_up()
    page = browser.post(url, {"token": 印(browser, url), "個人番号": number}).content.decode()
    assert "一人で決められます" in page
    assert number not in page
    proof = re.search(r'name="proof" value="([^"]+)"', page)
    assert proof
    values = {"判断": "同一", "理由": "番号と四情報", "token": 印(browser, url)}
    assert browser.post(url, values | {"proof": proof[1]}).status_code == 302
    assert 名寄せ.objects.get().判断 == "同一"


def test_作った印では番号を確かめたことにならない(browser: Browser, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    url = f"/atena/p/{first}/matches/{second}"
    assert 送る(browser, url, {"判断": "同一", "理由": "x", "proof": "True"}).status_code == 302
    assert 名寄せ.objects.get().判断 == "同一案"


def test_個人番号の確認は本人確認の後にだけ開き照会から確定まで進む(
    browser: Browser, clock: FixedClock
) -> None:
    number = 住登外を作る(clock)
    url = f"/atena/p/{number}/number"
    assert browser.get(url).status_code == 302
    browser.step_up()
    asked = {"照会根拠": "番号法第14条第2項", "照会先": "住基ネット", "照会日": "r080401"}
    assert 送る(browser, url, asked).status_code == 302
    reply = {k: v for k, v in 個人.items() if k not in ("フリガナ", "業務", "異動日")}
    reply |= {"回答日": "r080402", "個人番号": f"98320567321{check_digit.個人番号の検査数字('98320567321')}"}
    wrong = 送る(browser, url, reply | {"番地号": "１３番地"})
    assert wrong.status_code == 422
    assert "AT-0404" in wrong.content.decode()
    assert 送る(browser, url, reply).status_code == 302
    assert "確定" in browser.get(f"/atena/p/{number}").content.decode()


def test_転出した人に業務が残れば同じ番号で住登外にできる(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    assert browser.get(f"/atena/p/{number}/outsider").status_code == 404
    転出する(number, clock)
    assert "住登外にする" in browser.get(f"/atena/p/{number}").content.decode()
    assert 送る(browser, f"/atena/p/{number}/outsider", 個人 | {"氏名": "工藤　太郎"}).status_code == 302
    page = browser.get(f"/atena/p/{number}").content.decode()
    assert "転出後継続" in page
    assert "隣町大字川向１２番地３" in page
    assert 宛名.objects.get(pk=number).区分 == "2"


def test_権限のない所属には開かない(here: Municipality, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    auditor = Browser(sit("監査委員事務局", clock=clock), here)
    tax = Browser(sit("税務課", clock=clock), here)
    for path in (
        "",
        "new/person",
        f"p/{number}",
        f"p/{number}/edit",
        f"p/{number}/matches",
        "links",
        "returned",
    ):
        assert auditor.get(f"/atena/{path}").status_code == 403, path
    assert tax.get(f"/atena/p/{number}").status_code == 200
    assert tax.get(f"/atena/p/{number}/number").status_code == 403


def test_いない人は404(browser: Browser, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    for path in (
        "p/999", "p/999/edit", "p/999/close", "p/999/mailing", "p/999/agent", "p/999/contact", "p/999/returned",
        f"p/{number}/returned/9", f"p/{number}/agent/9/end", f"p/{number}/matches/999", f"p/{number}/matches/{number}",
        "links/999", f"p/{number}/mailing/zzz/end",
    ):  # fmt: skip
        assert browser.get(f"/atena/{path}").status_code == 404, path


@pytest.mark.parametrize("text", ["ナリタ", "なりた", "成田", "ナリダ"])
def test_入口でかなと漢字で見つかる(browser: Browser, clock: FixedClock, text: str) -> None:
    number = 住登外を作る(clock)
    assert number in browser.get("/atena/", {"name": text}).content.decode()


def test_同じ名の住民が百人より多くても住登外は埋もれない(browser: Browser, clock: FixedClock) -> None:
    for n in range(101):
        宛名.objects.create(宛名番号=f"r{n:03}", 区分="1", 氏名="成田　太郎", 並び鍵="ナ")
        検索名.objects.create(
            宛名_id=f"r{n:03}", 種別="氏名", 現在=True, 表示="成田　太郎", かな緩="ナリタタロウ"
        )
    number = 住登外を作る(clock)
    page = browser.get("/atena/", {"name": "ナリタ"}).content.decode()
    assert number in page
    assert "r000" not in page
    assert "r000" in browser.get("/atena/", {"name": "ナリタ", "wide": "1"}).content.decode()


def test_入口で法人番号から頁が開く(browser: Browser, clock: FixedClock) -> None:
    number = 法人を作る(clock, 法人番号="7000012050002")
    assert browser.get("/atena/", {"name": "7000012050002"})["Location"] == f"/atena/p/{number}"


def test_一覧の問いの数は行の数によらない(browser: Browser, clock: FixedClock) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            browser.get("/atena/?name=ナリタ")
        return len(seen)

    住登外を作る(clock)
    browser.get("/atena/?name=ナリタ")
    one = count()
    for _ in range(2):
        住登外を作る(clock)
    assert count() == one


def test_総合照会の札に送付先と返戻が出る(browser: Browser, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    mailing.定める(number, 送付の定め(業務="kotei", 始期=date(2026, 4, 1)), 川向こう, 手続=手(clock))
    deliveries.返戻を受ける(
        number,
        deliveries.返戻(業務="kotei", 文書名="通知", 返戻日=date(2026, 4, 1), 理由="あて所なし"),
        手続=手(clock),
    )
    page = browser.get(f"/juki/p/{number}").content.decode()
    assert "送付先 1件（固定資産税）" in page
    assert "返戻 1件" in page


def test_共通の検索から住登外と法人の頁が開く(browser: Browser, clock: FixedClock) -> None:
    outsider, company = 住登外を作る(clock), 法人を作る(clock)
    assert browser.get("/search", {"q": outsider})["Location"] == f"/atena/p/{outsider}"
    assert browser.get("/search", {"q": company})["Location"] == f"/atena/p/{company}"
    assert 宛名.objects.count() == 2
