"""どんな順で記帳・打消し・再送・締めをしても、帳簿の約束が保たれる。"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.platform.ledger.books import VOUCHER, book, receivable, settle, sql
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.ledger.api import AccountKey, Line, Posting, Voucher

pytestmark = pytest.mark.db

ACCOUNTS = [receivable("1"), receivable("2", 2), receivable("2", 2, "national"), AccountKey("income", 2026)]
SPLITS = st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.integers(1, 10**9)), min_size=1, max_size=4)


def _balanced(split: list[tuple[AccountKey, int]], other: AccountKey, cause: str) -> Posting:
    lines = [Line(account, debit=yen) for account, yen in split]
    return Posting(cause, [*lines, Line(other, credit=sum(yen for _, yen in split))])


class Books(RuleBasedStateMachine):
    """帳簿と、その隣で電卓をたたく人。"""

    clock: FixedClock

    def __init__(self) -> None:
        """空の帳簿から始める。"""
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.posted: dict[str, tuple[int, Posting]] = {}
        self.reversed: set[int] = set()
        self.expected = dict.fromkeys(ACCOUNTS, 0)
        self.count = 0
        self.period = 2026

    def teardown(self) -> None:
        """一つの筋書きの跡を残さない。"""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def voucher(self) -> Voucher:
        """今の期間の名義。"""
        return Voucher(period=str(self.period), effective_on=VOUCHER.effective_on, maker="a", approver="b")

    def _apply(self, posting: Posting, sign: int) -> None:
        for line in posting.lines:
            self.expected[line.account] += sign * (line.debit - line.credit)

    @rule(split=SPLITS, other=st.sampled_from(ACCOUNTS))
    def 記帳する(self, split: list[tuple[AccountKey, int]], other: AccountKey) -> None:
        posting = _balanced(split, other, f"原因{len(self.posted)}")
        number = book(posting, clock=self.clock, voucher=self.voucher).first
        self.count += 1
        assert number == self.count
        self.posted[posting.cause_id] = (number, posting)
        self._apply(posting, 1)

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def 同じものをもう一度送る(self, data: st.DataObject) -> None:
        _, posting = self.posted[data.draw(st.sampled_from(sorted(self.posted)))]
        assert book(posting, clock=self.clock, voucher=self.voucher).transactions == 0

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def 同じ原因で違う額を送る(self, data: st.DataObject) -> None:
        _, posting = self.posted[data.draw(st.sampled_from(sorted(self.posted)))]
        changed = _balanced([(ACCOUNTS[0], posting.total() + 1)], ACCOUNTS[3], posting.cause_id)
        with pytest.raises(業務エラー, match="LG-0002"):
            book(changed, clock=self.clock, voucher=self.voucher)

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def 打ち消す(self, data: st.DataObject) -> None:
        number, posting = self.posted[data.draw(st.sampled_from(sorted(self.posted)))]
        done = ledger.reverse([number], voucher=self.voucher, memo="", gyomu="試験", clock=self.clock)
        settle()
        assert (done.transactions == 1) == (number not in self.reversed)
        if number not in self.reversed:
            self._apply(posting, -1)
            self.count += 1
            self.reversed.add(number)

    @rule()
    def 締めて次の期間へ移る(self) -> None:
        ledger.close(str(self.period), maker="a", approver="b", clock=self.clock)
        old, self.period = self.voucher, self.period + 1
        with pytest.raises(DatabaseError, match="LG-0003"), transaction.atomic():
            book(_balanced([(ACCOUNTS[0], 1)], ACCOUNTS[1], "締めた後"), clock=self.clock, voucher=old)

    @rule(
        statement=st.sampled_from(
            ["UPDATE ledger_entry SET debit = debit + 1", "DELETE FROM ledger_transaction"]
        )
    )
    def 直に書き換えようとする(self, statement: str) -> None:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            sql(statement)

    @invariant()
    def 貸借が等しく_番号が抜けず_残高が電卓と合う(self) -> None:
        ((debit, credit),) = sql("SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0) FROM ledger_entry")
        assert debit == credit
        numbers = [number for (number,) in sql("SELECT id FROM ledger_transaction ORDER BY id")]
        assert numbers == list(range(1, self.count + 1))
        assert {account: ledger.balance(account) for account in ACCOUNTS} == self.expected


@pytest.fixture
def machine(desk: Desk, clock: FixedClock) -> Iterator[type[Books]]:
    """時計を持った状態機械。"""
    yield type("Books", (Books,), {"clock": clock})


def test_どの順でも帳簿の約束が保たれる(machine: type[Books]) -> None:
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=12, deadline=None)
    )
