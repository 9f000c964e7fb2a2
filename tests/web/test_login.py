"""ログイン: 正しい三つだけが通り、外から分かることは成否の一つだけ。"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import PASSWORD, SECRET, Person, Terminal
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Hire = Callable[..., Person]
Seated = Callable[..., tuple[Terminal, Person]]
Chain = Callable[[], list[dict[str, Any]]]


def refused(response: Any) -> bool:
    return response.status_code == 200 and login.REFUSAL in response.content.decode()


def test_三つが正しければ席に着き成功が鎖に残る(town: Municipality, hire: Hire, chain: Chain) -> None:
    person, terminal = hire(), Terminal(town)
    assert terminal.enter(person).headers["Location"] == "/"
    assert terminal.get("/").status_code == 200
    tried = [c for c in chain() if c["act"] == "ログインの試み"]
    assert [(c["outcome"], c["detail"]["number"]) for c in tried] == [("許可", person.number)]


@pytest.mark.parametrize("wrong", ["password", "code", "number"])
def test_一つでも違えば同じ文で断り鎖に残る(town: Municipality, hire: Hire, chain: Chain, wrong: str) -> None:
    person, terminal = hire(), Terminal(town)
    given = {"password": PASSWORD, "code": login.current_code(SECRET, clock=SystemClock())}
    if wrong == "number":
        response = terminal.enter(Person("nobody", town), **given)
    else:
        given[wrong] = "000000" if given[wrong] != "000000" else "000001"
        response = terminal.enter(person, **given)
    assert refused(response)
    assert terminal.get("/").headers["Location"] == "/login"
    assert [c["outcome"] for c in chain() if c["act"] == "ログインの試み"] == ["拒否"]


def test_五回続けて誤ると正しくても十五分入れない(town: Municipality, hire: Hire) -> None:
    person, terminal = hire(), Terminal(town)
    for _ in range(5):
        assert refused(terminal.enter(person, password="違うものを打ってしまった時の文字"))
    assert refused(terminal.enter(person))
    locked = person.now().locked_until
    assert locked is not None
    left = locked - SystemClock().now()
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    person.change(locked_until=SystemClock().now())
    assert terminal.enter(person).status_code == 302


def test_四回の誤りの後に通れば数は戻る(town: Municipality, hire: Hire) -> None:
    person, terminal = hire(), Terminal(town)
    for _ in range(4):
        terminal.enter(person, code="")
        terminal.enter(person, password="違うものを打ってしまった時の文字")
    assert terminal.enter(person).status_code == 302
    assert person.now().failures == 0


def test_符号は一度しか使えない(town: Municipality, hire: Hire) -> None:
    person = hire()
    code = login.current_code(SECRET, clock=SystemClock())
    assert Terminal(town).enter(person, code=code).status_code == 302
    assert refused(Terminal(town).enter(person, code=code))


@pytest.mark.parametrize("steps", [-2, 1])
def test_一つ前より古い符号と先の符号は通らない(town: Municipality, hire: Hire, steps: int) -> None:
    other = FixedClock(SystemClock().now() + timedelta(seconds=30 * steps + (30 if steps > 0 else 0)))
    assert refused(Terminal(town).enter(hire(), code=login.current_code(SECRET, clock=other)))


def test_符号はRFC6238の試験値のとおり() -> None:
    """附属書B（SHA-1、8桁の下6桁）。"""
    from datetime import UTC, datetime

    for seconds, code in (
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ):
        assert login.current_code(SECRET, clock=FixedClock(datetime.fromtimestamp(seconds, UTC))) == code


def test_番号の有る無しは時間からも分からない(town: Municipality, hire: Hire) -> None:
    """無い番号でも要約の計算をする。しなければ百分の一の時間で返る。"""
    terminal = Terminal(town)

    def took(number: str) -> float:
        started = time.perf_counter()
        terminal.enter(Person(number, town), password="違うものを打ってしまった時の文字", code="000000")
        return time.perf_counter() - started

    took("warm-up")
    known = statistics.median(took(hire().number) for _ in range(5))
    unknown = statistics.median(took(f"none{n}") for n in range(5))
    assert 0.5 < unknown / known < 2


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"valid_until": "2001-01-01"}, {"valid_from": "2999-01-01"}, {"totp_secret": b""}],
)
def test_解かれた職員と発令前の職員と種のない職員は入れない(
    town: Municipality, hire: Hire, change: dict[str, Any]
) -> None:
    person = hire()
    person.change(**change)
    assert refused(Terminal(town).enter(person))


def test_ログインと本人確認で席の札が替わる(town: Municipality, hire: Hire) -> None:
    person, terminal = hire(), Terminal(town)
    terminal.get("/login")
    terminal.enter(person)
    first = terminal.cookies["tsugaru"].value
    terminal.confirm(person)
    assert terminal.cookies["tsugaru"].value != first


def test_送信には印が要る(town: Municipality, hire: Hire) -> None:
    assert Terminal(town, enforce_csrf_checks=True).enter(hire()).status_code == 403


def test_試用でなければ見本の職員も符号も出ない(town: Municipality) -> None:
    page = Terminal(town).get("/login").content.decode()
    assert "tsugaru-demo" not in page and "demo11" not in page


def test_外への転送はしない(seated: Seated) -> None:
    terminal, person = seated()
    for target in ("https://example.jp/", "//example.jp/x", "/\\example.jp"):
        assert terminal.confirm(person, target).headers["Location"] == "/"
