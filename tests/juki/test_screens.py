"""住民記録の画面: 総合照会・履歴・異動・決裁・証明・支援措置・抑止。本物の通り道を通す。"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.people import 世帯を作る, 窓口
from tests.support.staff import Desk, sit
from tests.support.web import Browser

from tsugaru.gyomu.juki.domain import holds, locks
from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.gyomu.juki.models import 交付, 住民, 届出, 支援措置
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
秘密の町 = "カナリア町"
PERSON_PAGE = 24
"""総合照会一枚の問いの数の上限（保存点を含む）。増やす前に、まとめられないかを考える。"""
今日 = SystemClock().today()


@pytest.fixture
def browser(desk: Desk, here: Municipality) -> Browser:
    return Browser(desk, here)


@pytest.fixture
def other(browser: Browser, here: Municipality, clock: FixedClock) -> Browser:
    """同じ課の別の職員。"""
    return Browser(sit("市民課", clock=clock), here)


@pytest.fixture
def number(desk: Desk, clock: FixedClock) -> str:
    """住所のある一人世帯。"""
    made = 世帯を作る(clock=clock)
    _住む(made, 秘密の町, clock)
    return made


def _住む(number: str, town: str, clock: FixedClock) -> None:
    _, state = 今の状態([number])[number]
    place = disclosure.Address(prefecture="試験県", city="試験市", town=town, lot="1番地2")
    address = disclosure.put_address(number, "住所", place)
    source = 出所(異動事由="301", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="届出")
    記録する([記録(source, replace(state, 住所番号=address))], 入力=窓口, clock=clock)


def _同居する(number: str, clock: FixedClock) -> str:
    """妻が一人、同じ世帯・同じ住所にいる。"""
    _, head = 今の状態([number])[number]
    wife = 世帯を作る(clock=clock, 氏名="工藤　花子", 名="花子", 性別="2", 世帯主氏名="工藤　花子")
    _, state = 今の状態([wife])[wife]
    assert head.住所番号
    joined = replace(
        state, 世帯番号=head.世帯番号, 続柄1="12", 世帯主氏名=head.氏名,
        住所番号=disclosure.copy_address(head.住所番号, wife, "住所"),
    )  # fmt: skip
    source = 出所(異動事由="311", 異動日=date(2026, 4, 2), 有効日=date(2026, 4, 2), 届出の別="届出")
    記録する([記録(source, joined)], 入力=窓口, clock=clock)
    return wife


def _守る(number: str) -> None:
    Shield.objects.create(
        subject=number, case="S1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=datetime(2026, 4, 1, tzinfo=UTC), opened_by="t0",
    )  # fmt: skip


def _文(response: Any) -> str:
    return str(response.content.decode())


def _印(response: Any) -> str:
    found = re.search(r'name="token" value="([^"]+)"', _文(response))
    assert found
    return found[1]


転居の値 = {
    "do": "save", "count": "1", "h-method": "届出", "h-moved_on": "r80419", "h-filed_on": "r80420", "h-filer": "工藤　太郎",
    "h-capacity": "本人", "c-住所.postcode": "", "c-住所.area": "試験県試験市", "c-住所.town": "若葉町", "c-住所.lot": "5番地",
    "c-世帯の別": "同",
}  # fmt: skip
転入の値 = {
    "do": "save", "count": "2", "h-method": "届出", "h-moved_on": "r80419", "h-filed_on": "r80420", "h-filer": "三上　健",
    "h-capacity": "本人", "c-住所.area": "試験県試験市", "c-住所.town": "青葉町", "c-住所.lot": "8番地", "c-世帯の別": "新",
    "c-転入前住所.area": "東京都千代田区", "c-転入前住所.town": "丸の内一丁目", "c-転入前住所.lot": "1番",
    "n0-住民種別": "1", "n0-氏": "三上", "n0-名": "健", "n0-氏フリガナ": "ミカミ", "n0-名フリガナ": "ケン",
    "n0-生年月日": "s630401",
    "n0-性別": "1", "n0-続柄": "02", "n1-住民種別": "1", "n1-氏": "三上", "n1-名": "花", "n1-氏フリガナ": "ミカミ",
    "n1-名フリガナ": "ハナ", "n1-生年月日": "h10505", "n1-性別": "2", "n1-続柄": "妻",
}  # fmt: skip


def _送る(browser: Client, path: str, values: dict[str, Any], **変える: Any) -> Any:
    opened = browser.get(path)
    return browser.post(path, {"token": _印(opened)} | values | 変える)


class TestPerson:
    def test_問いの数は世帯が一人でも三人でも同じで上限がある(
        self, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        browser.get(f"/juki/p/{number}")  # 業務の利用表などを覚えさせてから数える
        with CaptureQueriesContext(connection) as one:
            browser.get(f"/juki/p/{number}")
        _同居する(number, clock)
        _同居する(number, clock)
        with CaptureQueriesContext(connection) as three:
            browser.get(f"/juki/p/{number}")
        assert len(one) == len(three) <= PERSON_PAGE

    def test_住民票と世帯と履歴が一枚に出る(self, browser: Browser, number: str) -> None:
        text = _文(browser.get(f"/juki/p/{number}"))
        for expected in (
            "工藤　太郎",
            "クドウ　タロウ",
            "昭和55年5月5日",
            秘密の町,
            "世帯主",
            "転居",
            "職権記載",
        ):
            assert expected in text

    def test_いない人は404(self, browser: Browser) -> None:
        assert browser.get("/juki/p/0000000000").status_code == 404

    def test_権限の無い所属には住所も本籍も出ない(
        self, here: Municipality, number: str, clock: FixedClock
    ) -> None:
        text = _文(Browser(sit("税務課", clock=clock), here).get(f"/juki/p/{number}"))
        assert 秘密の町 in text and "権限がありません" in text
        assert Browser(sit("監査委員事務局", clock=clock), here).get(f"/juki/p/{number}").status_code == 403

    @pytest.mark.parametrize(
        "path", ["", "/history", "/history?on=r80420", "/notes", "/issue", "/moves", "/moves/move"]
    )
    def test_保護された人の住所はどの画面にも一文字も出ない(
        self, browser: Browser, number: str, path: str
    ) -> None:
        _守る(number)
        response = browser.get(f"/juki/p/{number}{path}")
        assert response.status_code == 200
        assert 秘密の町 not in _文(response) and "支援措置" in _文(response)

    @pytest.mark.parametrize("path", ["", "/history", "/notes", "/issue", "/moves/move"])
    def test_同じ世帯の人の画面からも保護された人の居所は分からない(
        self, browser: Browser, number: str, clock: FixedClock, path: str
    ) -> None:
        mate = _同居する(number, clock)
        _守る(mate)
        for one in (number, mate):
            assert 秘密の町 not in _文(browser.get(f"/juki/p/{one}{path}"))
        assert 秘密の町 not in _文(browser.get("/search", {"q": "工藤"}))
        assert 秘密の町 not in _文(browser.get("/search", {"q": 秘密の町})).replace(f'value="{秘密の町}"', "")

    def test_保護された人の住所は担当が本人確認をした後だけ開く(
        self, here: Municipality, number: str, clock: FixedClock
    ) -> None:
        _守る(number)
        officer = Browser(sit("市民課（支援措置）", clock=clock), here)
        assert officer.get(f"/juki/p/{number}?open=1").headers["Location"].startswith("/step?next=")
        officer.step_up()
        assert 秘密の町 in _文(officer.get(f"/juki/p/{number}?open=1"))

    def test_担当でなければ本人確認をしても開かない(self, browser: Browser, number: str) -> None:
        _守る(number)
        browser.step_up()
        response = browser.get(f"/juki/p/{number}?open=1")
        assert response.status_code == 403 and 秘密の町 not in _文(response)

    def test_個人番号は本人確認の後に下四桁だけ(self, browser: Browser, number: str) -> None:
        disclosure.put_number(number, "個人番号", "123456789018", changed_on=date(2026, 4, 1))
        assert "1234" not in _文(browser.get(f"/juki/p/{number}")).replace(number, "")
        assert browser.get(f"/juki/p/{number}/number").status_code == 302
        browser.step_up()
        first = _文(browser.get(f"/juki/p/{number}/number"))
        assert "9018" in first and "1234 5678" not in first
        assert "1234 5678 9018" in _文(browser.post(f"/juki/p/{number}/number"))

    def test_ある日の姿と知っていた姿(self, browser: Browser, number: str) -> None:
        text = _文(browser.get(f"/juki/p/{number}/history", {"on": "2019-01-01"}))
        assert "その日はまだ住民ではありません" in text
        assert browser.get(f"/juki/p/{number}/history", {"on": "2026-13-01"}).status_code == 422


class TestMoves:
    def test_転居を仮登録し別の人が決裁すると住所が変わる(
        self, browser: Browser, other: Browser, number: str
    ) -> None:
        saved = _送る(browser, f"/juki/p/{number}/moves/move", 転居の値, who=number)
        case = 届出.objects.get()
        assert (saved.status_code, saved.headers["Location"]) == (302, f"/juki/cases/{case.pk}")
        assert 住民.objects.get(pk=number).履歴番号 == 2
        assert "若葉町" in _文(browser.get(f"/juki/cases/{case.pk}"))
        act = {"do": "decide", "version": case.版}
        assert other.post(f"/juki/cases/{case.pk}", act).headers["Location"].startswith("/step?next=")
        other.step_up()
        assert other.post(f"/juki/cases/{case.pk}", act).status_code == 302
        assert 住民.objects.get(pk=number).異動事由 == "301" and 住民.objects.get(pk=number).履歴番号 == 3
        assert "若葉町" in _文(browser.get(f"/juki/p/{number}"))
        assert browser.get(f"/juki/cases/{case.pk}/receipt").content.startswith(b"%PDF")

    def test_入力した人は決裁できない(self, browser: Browser, number: str) -> None:
        _送る(browser, f"/juki/p/{number}/moves/move", 転居の値, who=number)
        case = 届出.objects.get()
        browser.step_up()
        response = browser.post(f"/juki/cases/{case.pk}", {"do": "decide", "version": case.版})
        assert response.status_code == 409 and "JK-0212" in _文(response)

    def test_二人の転入が新しい世帯になる(self, browser: Browser, other: Browser) -> None:
        saved = _送る(browser, "/juki/p/-/moves/in", 転入の値)
        case = 届出.objects.get()
        assert saved.status_code == 302
        other.step_up()
        other.post(f"/juki/cases/{case.pk}", {"do": "decide", "version": case.版})
        people = {p.氏名: p for p in 住民.objects.filter(届出番号=case.pk)}
        assert {n: p.続柄1 for n, p in people.items()} == {"三上　健": "02", "三上　花": "12"}
        assert len({p.世帯番号 for p in people.values()}) == 1

    def test_人を足すと氏と本籍が写る(self, browser: Browser) -> None:
        response = _送る(
            browser, "/juki/p/-/moves/in", 転入の値 | {"n0-本籍.town": "本町", "n0-筆頭者名": "健"}, do="add"
        )
        text = _文(response)
        assert response.status_code == 200 and 'name="n2-氏" value="三上"' in text and "3人目" in text
        assert 'name="n2-本籍.town" value="本町"' in text and 届出.objects.count() == 0

    def test_除票の人の画面からの転入は前の宛名番号を使う(
        self, browser: Browser, other: Browser, number: str, clock: FixedClock
    ) -> None:
        _, state = 今の状態([number])[number]
        source = 出所(異動事由="201", 異動日=date(2026, 4, 3), 有効日=date(2026, 4, 3), 届出の別="届出")
        gone = replace(
            state, 住民状態="2", 消除事由="201", 消除日=date(2026, 4, 3), 転出予定日=date(2026, 4, 3)
        )
        記録する([記録(source, gone)], 入力=窓口, clock=clock)
        opened = _文(browser.get(f"/juki/p/{number}/moves/in"))
        assert f'name="n0-again" value="{number}"' in opened and 'name="n0-氏" value="工藤"' in opened
        person = {"count": "1", "n0-again": number, "n0-氏": "工藤", "n0-名": "太郎", "n0-氏フリガナ": "クドウ",
                  "n0-名フリガナ": "タロウ", "n0-生年月日": "s550505"}  # fmt: skip
        assert _送る(browser, f"/juki/p/{number}/moves/in", 転入の値 | person).status_code == 302
        case = 届出.objects.get()
        other.step_up()
        other.post(f"/juki/cases/{case.pk}", {"do": "decide", "version": case.版})
        row = 住民.objects.get(pk=number)
        assert (row.住民状態, row.届出番号) == ("1", case.pk)

    def test_打ちながら前と後が見え何も残らない(self, browser: Browser, number: str) -> None:
        opened = browser.get(f"/juki/p/{number}/moves/move")
        values = {"token": _印(opened), **転居の値, "who": number}
        text = _文(browser.post(f"/juki/p/{number}/moves/move/preview", values))
        assert "若葉町" in text and "変更" in text
        assert 届出.objects.count() == 0
        missing = _文(browser.post(f"/juki/p/{number}/moves/move/preview", values | {"h-moved_on": ""}))
        assert "あと 1 欄" in missing

    def test_別の人の画面の印では送れない(self, browser: Browser, number: str, clock: FixedClock) -> None:
        someone = 世帯を作る(clock=clock, 氏名="三上　花子", 性別="2", 世帯主氏名="三上　花子")
        token = _印(browser.get(f"/juki/p/{someone}/moves/move"))
        response = browser.post(f"/juki/p/{number}/moves/move", {**転居の値, "token": token, "who": number})
        assert response.status_code == 422 and "JK-0802" in _文(response)
        assert "若葉町" in _文(response) and 届出.objects.count() == 0

    def test_二度目の送信は断られる(self, browser: Browser) -> None:
        token = _印(browser.get("/juki/p/-/moves/in"))
        assert browser.post("/juki/p/-/moves/in", {**転入の値, "token": token}).status_code == 302
        again = browser.post("/juki/p/-/moves/in", {**転入の値, "token": token})
        assert again.status_code == 422 and "JK-0806" in _文(again) and 届出.objects.count() == 1

    def test_開いた後に変わった住民票には入れられず打った物は残る(
        self, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        token = _印(browser.get(f"/juki/p/{number}/moves/move"))
        _住む(number, "割込町", clock)
        response = browser.post(f"/juki/p/{number}/moves/move", {**転居の値, "token": token, "who": number})
        assert response.status_code == 422 and "JK-0210" in _文(response) and "若葉町" in _文(response)

    def test_ほかの人が編集していれば名が出て送れない(
        self, browser: Browser, other: Browser, number: str
    ) -> None:
        locks.始める(number, 席=other.desk.seat, clock=SystemClock())
        text = _文(browser.get(f"/juki/p/{number}/moves/move"))
        assert "試験　職員が" in text and "disabled" in text

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("h-moved_on", "r81332", "DT-0001"), ("c-住所.postcode", "03680", "JK-0803"), ("n0-続柄", "孫", "JK-0805"),
            ("n0-続柄", "20 20 20 20 20", "JK-0804"), ("n0-氏", "三\u202e上", "JK-0208"),
            ("n0-個人番号", "123456789012", "JK-0208"),
            ("h-method", "電話", "SC-0102"), ("n0-名", "あ" * 60, "SC-0103"), ("c-住所.area", "どこか", "JK-0803"),
        ],
    )  # fmt: skip
    def test_誤った入力は番号で断られ打った物は残る(
        self, browser: Browser, name: str, value: str, code: str
    ) -> None:
        response = _送る(browser, "/juki/p/-/moves/in", 転入の値, **{name: value})
        text = _文(response)
        assert response.status_code == 422 and code in text, re.findall(r"[A-Z]{2}-\d{4}[^<]*", text)
        assert "丸の内一丁目" in text and 届出.objects.count() == 0

    def test_郵便番号だけで町字が入る(self, browser: Browser) -> None:
        found = browser.get("/juki/towns", {"postcode": "036-8001"}).json()["towns"]
        assert found and found[0]["area"] == "青森県弘前市"

    def test_届出の一覧に待つ届出が並び取下げは理由が要る(self, browser: Browser, number: str) -> None:
        _送る(browser, f"/juki/p/{number}/moves/move", 転居の値, who=number)
        case = 届出.objects.get()
        assert case.受付番号 in _文(browser.get("/juki/cases"))
        assert "JK-0807" in _文(browser.post(f"/juki/cases/{case.pk}", {"do": "drop", "version": case.版}))
        browser.post(f"/juki/cases/{case.pk}", {"do": "drop", "version": case.版, "reason": "届出人の申出"})
        case.refresh_from_db()
        assert case.状態 == "5"


class TestIssue:
    def _請求(self, number: str, **変える: Any) -> dict[str, Any]:
        seen = 住民.objects.get(pk=number).履歴番号
        return {
            "form": "household",
            "people": f"{number}:{seen}",
            "options": ["続柄"],
            "requester": "工藤　太郎",
            **変える,
        }

    @pytest.mark.parametrize("form", ["household", "individual", "items"])
    def test_交付すると交付履歴が残り同じ請求番号のPDFだけが渡る(
        self, browser: Browser, number: str, form: str
    ) -> None:
        values = self._請求(number, form=form, items=["生年月日", "続柄"], options=["続柄", "本籍"])
        response = browser.post(f"/juki/p/{number}/issue", values)
        row = 交付.objects.get(宛名番号=number)
        assert response.headers["Location"] == f"/juki/issued/{row.文書}?for={number}"
        first = browser.get(f"/juki/issued/{row.文書}.pdf")
        again = browser.get(f"/juki/issued/{row.文書}.pdf")
        assert first.content.startswith(b"%PDF") and first.content == again.content
        assert str(row.文書).encode() in first.content
        assert row.手数料 == 300 and row.選択["要約"]

    def test_住民票が後で変わっても渡した紙と同じものだけが出る(
        self, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        browser.post(f"/juki/p/{number}/issue", self._請求(number))
        row = 交付.objects.get()
        before = browser.get(f"/juki/issued/{row.文書}.pdf").content
        _住む(number, "若葉町", clock)
        assert browser.get(f"/juki/issued/{row.文書}.pdf").content == before

    def test_画面を開いた後に変わっていれば交付しない(
        self, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        values = self._請求(number)
        _住む(number, "若葉町", clock)
        assert browser.post(f"/juki/p/{number}/issue", values).status_code == 422
        assert 交付.objects.count() == 0

    def test_公用は手数料なし(self, browser: Browser, number: str) -> None:
        browser.post(f"/juki/p/{number}/issue", self._請求(number, official="on"))
        assert 交付.objects.get().手数料 == 0

    def test_個人番号を載せるには本人確認が要る(self, browser: Browser, number: str) -> None:
        disclosure.put_number(number, "個人番号", "123456789018", changed_on=date(2026, 4, 1))
        values = self._請求(number, options=["個人番号"])
        response = browser.post(f"/juki/p/{number}/issue", values)
        assert response.status_code == 422 and "ID-0009" in _文(response)
        browser.step_up()
        assert browser.post(f"/juki/p/{number}/issue", values).status_code == 302

    def test_抑止されていれば交付しない(self, browser: Browser, number: str) -> None:
        content = holds.抑止の内容(
            対象処理="発行", 水準="エラー", 理由="本人の申出", 開始日=date(2026, 4, 1), 宛名番号=number
        )
        holds.登録する(content, 職員="t0", clock=SystemClock())
        response = browser.post(f"/juki/p/{number}/issue", self._請求(number))
        assert response.status_code == 422 and "JK-0300" in _文(response)

    def test_支援措置の人へは担当が本人確認をした後だけ(
        self, browser: Browser, here: Municipality, number: str, clock: FixedClock
    ) -> None:
        _守る(number)
        refused = browser.post(f"/juki/p/{number}/issue", self._請求(number))
        assert refused.status_code == 422 and "JK-0701" in _文(refused)
        officer = Browser(sit("市民課（支援措置）", clock=clock), here)
        values = self._請求(number, unmask="on")
        assert "ID-0009" in _文(officer.post(f"/juki/p/{number}/issue", values))
        officer.step_up()
        assert officer.post(f"/juki/p/{number}/issue", values).status_code == 302
        row = 交付.objects.get()
        assert officer.get(f"/juki/issued/{row.文書}.pdf").status_code == 200
        assert browser.get(f"/juki/issued/{row.文書}.pdf").status_code == 403

    def test_無い請求番号は404(self, browser: Browser) -> None:
        missing = "00000000-0000-0000-0000-000000000000"
        assert browser.get(f"/juki/issued/{missing}").status_code == 404
        assert browser.get(f"/juki/issued/{missing}.pdf").status_code == 404


class TestSupport:
    def test_受付と同時に伏せられ別の職員が決定する(
        self, here: Municipality, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        officer, chief = (Browser(sit("市民課（支援措置）", clock=clock), here) for _ in range(2))
        values = {"kind": "DV", "filed_on": f"{今日:%Y-%m-%d}", "opponent": "相手　方"}
        assert officer.post(f"/juki/p/{number}/support", values).status_code == 302
        case = 支援措置.objects.get()
        assert 秘密の町 not in _文(browser.get(f"/juki/p/{number}"))
        act = {"do": "decide", "day": f"{今日:%Y-%m-%d}", "text": "相談機関の意見あり"}
        officer.step_up()
        assert officer.post(f"/juki/support/{case.pk}", act).status_code == 422
        assert chief.post(f"/juki/support/{case.pk}", act).headers["Location"].startswith("/step")
        chief.step_up()
        assert chief.post(f"/juki/support/{case.pk}", act).status_code == 302
        assert 支援措置.objects.get().状態 == "決定"
        assert 秘密の町 not in _文(officer.get(f"/juki/support/{case.pk}"))

    def test_解除は二人で行う(
        self, here: Municipality, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        officer, chief = (Browser(sit("市民課（支援措置）", clock=clock), here) for _ in range(2))
        officer.step_up()
        chief.step_up()
        officer.post(f"/juki/p/{number}/support", {"kind": "DV", "filed_on": f"{今日:%Y-%m-%d}"})
        case = 支援措置.objects.get()
        officer.post(f"/juki/support/{case.pk}", {"do": "reject", "text": "本人の取下げ"})
        asked = case.解除の求め_set.get()
        assert "JK-0412" in _文(
            officer.post(f"/juki/support/{case.pk}", {"do": "approve", "asked": asked.pk})
        )
        assert 秘密の町 not in _文(browser.get(f"/juki/p/{number}"))
        chief.post(f"/juki/support/{case.pk}", {"do": "approve", "asked": asked.pk})
        assert 秘密の町 in _文(browser.get(f"/juki/p/{number}"))

    def test_支援措置の画面は担当だけ(self, browser: Browser, number: str) -> None:
        assert browser.get("/juki/support").status_code == 403
        assert browser.get(f"/juki/p/{number}/support").status_code == 403

    def test_抑止を登録し別の人の画面からは解除できない(
        self, browser: Browser, number: str, clock: FixedClock
    ) -> None:
        values = {
            "do": "hold",
            "scope": "person",
            "process": "発行",
            "level": "エラー",
            "reason": "調査中",
            "starts": "r80401",
        }
        assert browser.post(f"/juki/p/{number}/notes", values).status_code == 302
        hold = holds.効いている抑止([number], clock=SystemClock())[0]
        someone = 世帯を作る(clock=clock, 氏名="三上　花子", 性別="2", 世帯主氏名="三上　花子")
        assert "JK-0808" in _文(browser.post(f"/juki/p/{someone}/notes", {"do": "release", "hold": hold.pk}))
        assert "発行抑止" in _文(browser.get(f"/juki/p/{number}"))
        browser.post(f"/juki/p/{number}/notes", {"do": "release", "hold": hold.pk})
        assert not holds.効いている抑止([number], clock=SystemClock())

    def test_メモを残すと総合照会に出る(self, browser: Browser, number: str) -> None:
        browser.post(f"/juki/p/{number}/notes", {"do": "note", "text": "来庁予定あり"})
        assert "来庁予定あり" in _文(browser.get(f"/juki/p/{number}"))

    @pytest.mark.parametrize("path", ["/juki/", "/juki/cases", "/juki/due", "/juki/holds", "/juki/moves"])
    def test_入口と一覧が開く(self, browser: Browser, path: str) -> None:
        assert browser.get(path).status_code == 200
