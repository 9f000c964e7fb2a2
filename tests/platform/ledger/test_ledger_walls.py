"""業務の役割で SQL を直に書いても、台帳は破れない。"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.platform.ledger.books import book, charge, settle, sql
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock

pytestmark = pytest.mark.db

COLUMNS = (
    "id, cause_type, cause_id, digest, period, effective_on, posted_at, maker, approver, memo, lines, total"
)
VALUES = "'x', 'y', '', '2026', '2026-06-01', now(), 'a', 'b', '', 2, 100"
NEW = f"INSERT INTO ledger_transaction ({COLUMNS}) VALUES (2, {VALUES})"
ENTRY = "INSERT INTO ledger_entry (transaction_id, account_id, debit, credit) SELECT {}, id, {} FROM ledger_account "
PAIR = (
    "INSERT INTO ledger_entry (transaction_id, account_id, debit, credit) "
    "SELECT 1, id, 5, 0 FROM ledger_account UNION ALL SELECT 1, id, 0, 5 FROM ledger_account"
)
MIRROR = f"INSERT INTO ledger_transaction ({COLUMNS}, reverses_id) VALUES (2, {VALUES}, 1)"


@pytest.fixture
def posted(desk: Desk, clock: FixedClock) -> None:
    """一つだけ記帳がある帳簿。"""
    book(charge("甲", 100), clock=clock)


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (["UPDATE ledger_entry SET debit = 1"], "permission denied"),
        (["DELETE FROM ledger_entry"], "permission denied"),
        (["TRUNCATE ledger_transaction CASCADE"], "permission denied"),
        (["UPDATE ledger_transaction SET memo = 'x'"], "permission denied"),
        (["UPDATE ledger_counter SET last = 0"], "permission denied"),
        (["INSERT INTO ledger_check (low, high) VALUES (1, 1)"], "permission denied"),
        (["DELETE FROM ledger_closing"], "permission denied"),
        ([NEW], "LG-0001 記帳2番の明細（0行、借方0円、貸方0円）が、宣言（2行、100円）"),
        ([NEW, ENTRY.format(2, "100, 0")], "LG-0001"),
        ([NEW.replace("(2,", "(3,")], "LG-0006 記帳の番号は1番の次から続けます"),
        ([NEW.replace("'b'", "'a'")], "ledger_two_people_ck"),
        ([NEW.replace("'b'", "''")], "ledger_two_people_ck"),
        ([NEW.replace("'x', 'y'", "'levy', '甲'")], "ledger_cause_uq"),
        ([NEW.replace("100)", "0)")], "ledger_not_empty_ck"),
        ([PAIR], "LG-0001 記帳1番の明細（6行、借方110円、貸方110円）が、宣言（2行、100円）"),
        ([ENTRY.format(1, "0, 0")], "ledger_one_side_ck"),
        ([ENTRY.format(1, "1, 1")], "ledger_one_side_ck"),
        ([ENTRY.format(1, "-1, 0")], "ledger_one_side_ck"),
        ([MIRROR, ENTRY.format(2, "100, 0") + "WHERE kind = 'income'",
          ENTRY.format(2, "0, 100") + "WHERE kind = 'income'"], "LG-0005 記帳2番は、打ち消す記帳の鏡"),
        ([MIRROR.replace("(2,", "(2,").replace(", 1)", ", 9)")], "violates foreign key"),
    ],
)  # fmt: skip
def test_SQLを直に書いても破れない(posted: None, statements: list[str], message: str) -> None:
    before = sql("SELECT sum(debit), sum(credit), count(*) FROM ledger_entry")
    with (
        pytest.raises(DatabaseError, match=message.replace("（", ".").replace("）", ".")),
        transaction.atomic(),
    ):
        for statement in statements:
            sql(statement)
        settle()
    assert sql("SELECT sum(debit), sum(credit), count(*) FROM ledger_entry") == before


def test_打消しの打消しは_鏡であっても書けない(posted: None) -> None:
    mirrored = (
        "INSERT INTO ledger_entry (transaction_id, account_id, debit, credit) "
        "SELECT %s, account_id, credit, debit FROM ledger_entry WHERE transaction_id = %s"
    )
    sql(MIRROR)
    sql(mirrored, 2, 1)
    settle()
    second = MIRROR.replace("(2,", "(3,").replace("'x', 'y'", "'x', 'z'").replace(", 1)", ", 2)")
    with pytest.raises(DatabaseError, match="LG-0005"), transaction.atomic():
        sql(second)
        sql(mirrored, 3, 2)
        settle()


def test_同じ記帳は二度打ち消せない(posted: None) -> None:
    sql(MIRROR)
    with pytest.raises(DatabaseError, match="ledger_reverses_uq"), transaction.atomic():
        sql(MIRROR.replace("(2,", "(3,").replace("'x', 'y'", "'x', 'z'"))


def test_空の一文は何もしない(posted: None) -> None:
    sql(f"INSERT INTO ledger_transaction ({COLUMNS}) SELECT {COLUMNS} FROM ledger_transaction WHERE false")
    sql("INSERT INTO ledger_entry (transaction_id, account_id, debit, credit) SELECT 1, 1, 1, 0 WHERE false")
    settle()
    assert sql("SELECT last FROM (SELECT public.ledger_next() AS last) t") == [(2,)]
