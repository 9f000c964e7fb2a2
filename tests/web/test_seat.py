"""席: 十五分・十時間・一人に一つ。変えたことは次の要求から効く。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from tests.web.conftest import Person, Terminal, Towns
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.authz.models import Right
from tsugaru.platform.identity import opening
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Seated = Callable[..., tuple[Terminal, Person]]
Chain = Callable[[], list[dict[str, Any]]]


def gone(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"] == "/login"


@pytest.mark.parametrize(("minutes", "ended"), [(14, False), (15, True)])
def test_操作のない十五分で終わる(seated: Seated, minutes: int, ended: bool) -> None:
    terminal, person = seated()
    person.change_seat(last_seen_at=SystemClock().now() - timedelta(minutes=minutes))
    assert gone(terminal.get("/")) is ended


def test_操作を続けても十時間で終わる(seated: Seated) -> None:
    terminal, person = seated()
    seat = person.seat()
    assert seat.expires_at - seat.started_at == timedelta(hours=10)
    person.change_seat(expires_at=SystemClock().now())
    assert gone(terminal.get("/"))


def test_別の端末で着けば前の席は終わる(town: Municipality, seated: Seated) -> None:
    first, person = seated()
    person.change(totp_last_step=-1)
    second = Terminal(town)
    assert second.enter(person).status_code == 302
    assert gone(first.get("/"))
    assert second.get("/").status_code == 200


def test_札を盗んでも別の接続元では使えない(town: Municipality, seated: Seated) -> None:
    terminal, _ = seated()
    thief = Terminal(town, REMOTE_ADDR="10.9.9.9")
    thief.cookies = terminal.cookies
    assert gone(thief.get("/"))


def test_席の当て推量が外れても効くのは札の席だけ(seated: Seated) -> None:
    """どのセッションがどの席のものだったかは覚えているが、信じない。"""
    mine, _ = seated("市民課")
    _, auditor = seated("監査委員事務局")
    mine.get("/")
    opening.remember(mine.cookies["tsugaru"].value, auditor.seat().pk)
    page = mine.get("/").content.decode()
    assert "市民課" in page and "監査委員事務局" not in page
    assert mine.get("/juki/").status_code == 200


def test_要求番号は要求ごとに替わり門の記録にも残る(seated: Seated, chain: Chain) -> None:
    terminal, _ = seated()
    for _ in range(2):
        terminal.get("/access-log?subject=1")
    numbers = [entry["request"] for entry in chain() if entry["act"] == "閲覧記録の照会"]
    assert len(set(numbers)) == 2 and all(len(number) == 36 for number in numbers)


def test_ログアウトした札は使えない(town: Municipality, seated: Seated) -> None:
    terminal, _ = seated()
    old = terminal.cookies["tsugaru"].value
    assert gone(terminal.post("/logout"))
    terminal.cookies["tsugaru"] = old
    assert gone(terminal.get("/"))


def test_よその団体の札では入れない(web_towns: Towns, seated: Seated) -> None:
    terminal, _ = seated()
    other = Terminal(web_towns[1])
    other.cookies = terminal.cookies
    assert gone(other.get("/"))


def test_権限を外せば次の要求から断られ戻せば通る(town: Municipality, seated: Seated, chain: Chain) -> None:
    terminal, _ = seated("監査委員事務局")
    assert terminal.get("/access-log").status_code == 200
    with bind(town.code):
        right = Right.objects.get(section="監査委員事務局", gyomu="audit")
        right.delete()
    response = terminal.get("/access-log")
    with bind(town.code):
        right.save()
    assert (response.status_code, "AZ-0001" in response.content.decode()) == (403, True)
    assert terminal.get("/access-log").status_code == 200
    assert [c["detail"]["status"] for c in chain() if c["outcome"] == "拒否"] == [403]


def test_画面の見張りは席がなければ断る(town: Municipality, seated: Seated) -> None:
    terminal, _ = seated()
    assert terminal.get("/session").status_code == 204
    assert gone(Terminal(town).get("/session"))
    part = Terminal(town).get("/session", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/login")


def test_どの返事も端末に残させず内容を縛る(town: Municipality, seated: Seated) -> None:
    terminal, _ = seated()
    for response in (
        terminal.get("/"),
        terminal.get("/nowhere"),
        Terminal(town).get("/login"),
        terminal.delete("/"),
    ):
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_札は画面の中の仕掛けから読めず外の頁から送られない(seated: Seated) -> None:
    cookie = seated()[0].cookies["tsugaru"]
    assert (cookie["httponly"], cookie["samesite"], cookie["expires"]) == (True, "Strict", "")


def test_五分以内の本人確認が要る所は確かめに行き戻る(seated: Seated) -> None:
    terminal, person = seated("情報システム課")
    away = terminal.get("/staff/rights/reload")
    assert away.headers["Location"] == "/step?next=%2Fstaff%2Frights%2Freload"
    assert terminal.confirm(person, "/staff/rights/reload").headers["Location"] == "/staff/rights/reload"
    assert terminal.get("/staff/rights/reload").status_code == 200
    person.change_seat(stepped_up_at=SystemClock().now() - timedelta(minutes=5))
    assert terminal.get("/staff/rights/reload").status_code == 302


def test_違う符号の本人確認では開かず失敗が数えられる(seated: Seated) -> None:
    terminal, person = seated("情報システム課")
    response = terminal.post("/step", {"password": "x", "code": "000000", "next": "/staff/rights/reload"})
    assert (response.status_code, "ID-0001" in response.content.decode()) == (200, True)
    assert terminal.get("/staff/rights/reload").status_code == 302
    assert person.now().failures == 1


def test_用務は一覧からしか選べず替えれば鎖に残る(seated: Seated, chain: Chain) -> None:
    terminal, person = seated()
    assert terminal.post("/purpose", {"purpose": "のぞき見"}).status_code == 409
    assert terminal.post("/purpose", {"purpose": "電話照会", "purpose_note": "R8-12"}).status_code == 302
    assert (person.seat().purpose, person.seat().purpose_note) == ("電話照会", "R8-12")
    assert [c["detail"]["purpose"] for c in chain() if c["act"] == "用務の変更"] == ["電話照会"]


def test_誰の頁を開いたかは要求の番号つきで残る(seated: Seated, chain: Chain) -> None:
    terminal, person = seated("監査委員事務局")
    terminal.get("/access-log", {"subject": "900000000000015"})
    (seen,) = [c for c in chain() if c["act"] == "閲覧記録の照会"]
    assert (seen["actor"], seen["section"], seen["purpose"]) == (person.number, "監査委員事務局", "窓口")
    assert seen["subjects"] == ["900000000000015"] and len(seen["request"]) == 36


def test_知らないホスト名には何もない(town: Municipality) -> None:
    from django.test import Client

    stranger = Client(headers={"host": "unknown.localhost"})
    assert stranger.get("/").status_code == 200
    assert stranger.get("/login").status_code == 404
    assert stranger.post("/login").status_code == 404
    assert Client(headers={"host": "evil.example.jp"}).get("/").status_code == 400


def test_データベースにつながらなければ五百三で直し方を言う(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("tsugaru.platform.identity.seats.current", broken)
    response = Terminal(town, raise_request_exception=False).get("/")
    assert (response.status_code, "SY-0503" in response.content.decode()) == (503, True)
    assert "connection refused" not in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
