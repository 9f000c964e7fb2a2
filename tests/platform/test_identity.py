"""職員: パスワードの決まり、登録、解除、二人での付け直し。"""

from __future__ import annotations

import base64
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.hashers import check_password
from tests.support.staff import Desk

from tsugaru.kernel.clock import Clock, FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity import admin, login, passwords, seats
from tsugaru.platform.identity.models import Seat, Staff

GOOD = "青い海と白い雲を毎朝ながめている"
OTHER = "森の中の小さな池に赤い魚がはねる"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("短い", "ID-0101"),
        ("あ" * 129, "ID-0101"),
        ("abcabcabcabcabcabc", "ID-0102"),
        ("password-administrator-2026", "ID-0103"),
        ("ＰＡＳＳＷＯＲＤ１２３４５６７８９", "ID-0103"),
        ("架空市役所の市民課2026!!", "ID-0103"),
        ("kaku-kaku-yakusho-9999", "ID-0103"),
    ],
)
def test_弱いパスワードは断る(password: str, code: str) -> None:
    with pytest.raises(業務エラー, match=code):
        passwords.check(password, context=["架空市", "kaku", "市民課"])


@pytest.mark.parametrize(
    "password",
    [GOOD, "correct horse battery staple", "a1b2c3d4e5f6g7h8", "　空白も　字のうちに　数える　ものである"],
)
def test_長ければどの字でもよい(password: str) -> None:
    passwords.check(password, context=["架空市"])


def test_作ったパスワードは毎回違い決まりに合う() -> None:
    made = {passwords.generate() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        passwords.check(password)


def hire(number: str, *, clock: Clock) -> admin.Enrolment:
    """登録する。"""
    return admin.add(
        number=number, name="見本　花子", section="市民課", valid_from=clock.today(), password=GOOD
    )


def code_of(enrolment: admin.Enrolment, clock: Clock) -> str:
    return login.current_code(enrolment.secret, clock=clock)


@pytest.mark.db
def test_登録した人は渡した種で入れ平文は残らない(desk: Desk, clock: FixedClock) -> None:
    made = hire("k1", clock=clock)
    assert (
        login.authenticate(number="k1", password=GOOD, code=code_of(made, clock), clock=clock).number == "k1"
    )
    row = Staff.objects.get(number="k1")
    assert row.password.startswith("argon2") and check_password(GOOD, row.password)
    assert made.secret not in bytes(row.totp_secret) and made.secret.hex().encode() not in bytes(
        row.totp_secret
    )


@pytest.mark.db
def test_種の綴りは認証アプリの形(desk: Desk, clock: FixedClock) -> None:
    made = hire("k1", clock=clock)
    parts = urlsplit(made.uri("kaku"))
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Tsugaru:k1@kaku")
    assert base64.b32decode(parse_qs(parts.query)["secret"][0]) == made.secret
    assert len(made.secret) == 20


@pytest.mark.db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "職員１"}, "ID-0202"),
        ({"number": "k" * 11}, "ID-0202"),
        ({"name": "　"}, "ID-0203"),
        ({"section": ""}, "ID-0203"),
        ({"password": "みじかい"}, "ID-0101"),
    ],
)
def test_おかしな登録は断り何も残らない(desk: Desk, change: dict[str, str], code: str) -> None:
    values = {"number": "k1", "name": "見本　花子", "section": "市民課", "password": GOOD} | change
    with pytest.raises(業務エラー, match=code):
        admin.add(valid_from=date(2026, 4, 1), **values)
    assert not Staff.objects.filter(number=values["number"]).exists()


@pytest.mark.db
def test_同じ番号は二度登録できない(desk: Desk, clock: FixedClock) -> None:
    hire("k1", clock=clock)
    with pytest.raises(業務エラー, match="ID-0204"):
        hire("k1", clock=clock)


@pytest.mark.db
def test_解けば席も終わり二度は解けない(desk: Desk, clock: FixedClock) -> None:
    admin.disable(desk.staff.number, reason="退職", clock=clock)
    assert Seat.objects.get(pk=desk.seat.pk).end_reason == "職員の解除"
    assert seats.current(desk.seat.pk, terminal="試験", clock=clock) is None
    with pytest.raises(業務エラー, match="ID-0205"):
        admin.disable(desk.staff.number, reason="退職", clock=clock)


@pytest.mark.db
def test_付け直しは立会人が自分を確かめたときだけ(desk: Desk, clock: FixedClock) -> None:
    first, second = hire("k1", clock=clock), hire("k2", clock=clock)
    with pytest.raises(業務エラー, match="ID-0206"):
        admin.reset(
            "k1",
            password=OTHER,
            witness="k1",
            witness_password=GOOD,
            witness_code=code_of(first, clock),
            clock=clock,
        )
    with pytest.raises(login.LoginRefused):
        admin.reset(
            "k1", password=OTHER, witness="k2", witness_password=GOOD, witness_code="000000", clock=clock
        )
    later = FixedClock(clock.now() + timedelta(seconds=60))
    renewed = admin.reset(
        "k1",
        password=OTHER,
        witness="k2",
        witness_password=GOOD,
        witness_code=code_of(second, later),
        clock=later,
    )
    with pytest.raises(login.LoginRefused):
        login.authenticate(number="k1", password=GOOD, code=code_of(first, later), clock=later)
    assert (
        login.authenticate(number="k1", password=OTHER, code=code_of(renewed, later), clock=later).number
        == "k1"
    )


@pytest.mark.db
def test_付け直せば錠が解け前の席は終わる(desk: Desk, clock: FixedClock) -> None:
    hire("k1", clock=clock)
    second = hire("k2", clock=clock)
    for _ in range(5):
        with pytest.raises(login.LoginRefused):
            login.authenticate(number="k1", password="x", code="", clock=clock)
    assert Staff.objects.get(number="k1").locked_until == clock.now() + timedelta(minutes=15)
    made = admin.reset(
        "k1",
        password=OTHER,
        witness="k2",
        witness_password=GOOD,
        witness_code=code_of(second, clock),
        clock=clock,
    )
    assert (
        login.authenticate(number="k1", password=OTHER, code=code_of(made, clock), clock=clock).failures == 0
    )
