"""記帳・打消し・締めを、係の言葉で。"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from tests.platform.ledger.books import INCOME, VOUCHER, book, charge, receivable, settle, sql
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.ledger.api import AccountKey, Line, Posting, Voucher

pytestmark = pytest.mark.db


def _reverse(*numbers: int, clock: FixedClock) -> ledger.Posted:
    done = ledger.reverse(numbers, voucher=VOUCHER, memo="誤り", gyomu="試験", clock=clock)
    settle()
    return done


def test_課した額が_その人のその期の口座に残る(desk: Desk, clock: FixedClock) -> None:
    posted = book(charge("甲の1期", 12_000), charge("乙の1期", 3_000, "2"), clock=clock)
    assert (posted.transactions, posted.entries, posted.total, posted.replayed) == (2, 4, 15_000, 0)
    assert ledger.balance(receivable("1")) == 12_000
    assert ledger.balance(INCOME) == -15_000
    assert ledger.balance(receivable("3")) == 0


def test_市と県と国の分は_同じ人の同じ期でも別の口座になる(desk: Desk, clock: FixedClock) -> None:
    shares = {"city": 3_000, "prefecture": 1_000, "national": 1_000}
    lines = [Line(receivable(share=share), debit=yen) for share, yen in shares.items()]
    book(Posting("甲", [*lines, Line(INCOME, credit=5_000)]), clock=clock)
    found = ledger.balances(subject="1", kind="receivable")
    assert {b.account.share: b.amount for b in found} == shares
    assert [(t.share, t.accounts, t.debit) for t in ledger.trial(kind="receivable")] == [
        ("city", 1, 3_000),
        ("national", 1, 1_000),
        ("prefecture", 1, 1_000),
    ]


def test_同じ原因を何度記帳しても_一度しか載らない(desk: Desk, clock: FixedClock) -> None:
    first = book(charge("甲", 100), clock=clock)
    again = book(charge("甲", 100), charge("乙", 50, "2"), clock=clock)
    assert (again.transactions, again.replayed, again.first) == (1, 1, first.first + 1)
    assert ledger.balance(INCOME) == -150


def test_同じ原因で違う額は断る(desk: Desk, clock: FixedClock) -> None:
    book(charge("甲", 100), clock=clock)
    with pytest.raises(業務エラー, match=r"LG-0002 原因 levy 甲 は、違う明細でもう記帳されています"):
        book(charge("甲", 101), clock=clock)


def test_一度の記帳に同じ原因が二度あれば断る(desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="LG-0009"):
        book(charge("甲", 100), charge("甲", 100), clock=clock)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([Line(receivable(), debit=100), Line(INCOME, credit=99)], "LG-0001"),
        ([Line(receivable(), debit=100)], "LG-0001"),
        ([], "LG-0001"),
        ([Line(receivable(), debit=-1), Line(INCOME, credit=-1)], "LG-0007"),
        ([Line(receivable(), debit=1, credit=1), Line(INCOME, credit=1)], "LG-0007"),
        ([Line(receivable(), debit=10**15), Line(INCOME, credit=10**15)], "LG-0007"),
        ([Line(receivable(), debit=True), Line(INCOME, credit=True)], "LG-0007"),
        ([Line(receivable()), Line(INCOME)], "LG-0007"),
    ],
)
def test_釣り合わない明細は断り_何も残さない(
    desk: Desk, clock: FixedClock, lines: list[Line], code: str
) -> None:
    with pytest.raises(業務エラー, match=code):
        book(Posting("甲", lines), clock=clock)
    assert sql("SELECT count(*) FROM ledger_transaction") == [(0,)]


@pytest.mark.parametrize(("maker", "approver"), [("t1", "t1"), ("", "t2"), ("t1", "")])
def test_作った人は決裁できない(maker: str, approver: str) -> None:
    with pytest.raises(業務エラー, match="LG-0008"):
        Voucher(period="2026", effective_on=VOUCHER.effective_on, maker=maker, approver=approver)


def test_打ち消すと残高は元に戻り_もとの記帳も残る(desk: Desk, clock: FixedClock) -> None:
    posted = book(charge("甲", 100), charge("乙", 50, "2"), clock=clock)
    done = _reverse(posted.first, clock=clock)
    assert (done.transactions, done.entries, done.total) == (1, 2, 100)
    assert ledger.balance(receivable("1")) == 0
    assert ledger.balance(receivable("2")) == 50
    assert ledger.numbers_of("levy") == [posted.first, posted.first + 1]
    assert ledger.numbers_of(ledger.REVERSAL) == [posted.first + 2]


def test_二度打ち消しても一度しか効かない(desk: Desk, clock: FixedClock) -> None:
    number = book(charge("甲", 100), clock=clock).first
    _reverse(number, clock=clock)
    again = _reverse(number, number, clock=clock)
    assert (again.transactions, again.replayed) == (0, 1)
    assert ledger.balance(receivable("1")) == 0


def test_無い記帳と打消しの記帳は打ち消せない(desk: Desk, clock: FixedClock) -> None:
    number = book(charge("甲", 100), clock=clock).first
    with pytest.raises(業務エラー, match="LG-0004 記帳 99番はありません"):
        _reverse(99, clock=clock)
    reversal = _reverse(number, clock=clock).first
    with pytest.raises(業務エラー, match="LG-0005"):
        _reverse(reversal, clock=clock)


def test_締めた期間には入らず_ほかの期間には入る(desk: Desk, clock: FixedClock) -> None:
    book(charge("甲", 100), clock=clock)
    ledger.close("2026", maker="t1", approver="t2", clock=clock)
    with pytest.raises(DatabaseError, match=r"LG-0003 締めた期間（2026）"), transaction.atomic():
        book(charge("乙", 100), clock=clock)
    with pytest.raises(業務エラー, match="LG-0010 2026 の帳簿は、もう締めてあります"):
        ledger.close("2026", maker="t1", approver="t2", clock=clock)
    book(charge("乙", 100), clock=clock, voucher=replace(VOUCHER, period="2027"))
    assert ledger.balance(INCOME) == -200


def test_番号は取り消した記帳の分も抜けない(desk: Desk, clock: FixedClock) -> None:
    book(charge("甲", 1), clock=clock)
    with pytest.raises(業務エラー), transaction.atomic():
        book(charge("乙", 1), charge("甲", 2), clock=clock)
    book(charge("丙", 1), clock=clock)
    assert sql("SELECT id FROM ledger_transaction ORDER BY id") == [(1,), (2,)]


def test_記帳と打消しと締めは監査に残る(desk: Desk, clock: FixedClock) -> None:
    number = book(charge("甲", 100), clock=clock).first
    _reverse(number, clock=clock)
    ledger.close("2026", maker="t1", approver="t2", clock=clock)
    settle()
    from tsugaru.platform.audit import api as audit

    acts = [e.content["act"] for e in audit.acts_of("system", FAR_PAST, FAR_FUTURE, limit=5)]
    assert {"記帳", "記帳の打消し", "帳簿の締め"} <= set(acts)


def test_口座の名は五つの列の組である(desk: Desk, clock: FixedClock) -> None:
    other = AccountKey("receivable", 2025, 1, "1", "city")
    book(Posting("甲", [Line(other, debit=7), Line(receivable(), credit=7)]), clock=clock)
    assert (ledger.balance(other), ledger.balance(receivable())) == (7, -7)


FAR_PAST, FAR_FUTURE = "2000-01-01", "2100-01-01"
