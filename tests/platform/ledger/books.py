"""試験の帳簿。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from tsugaru.kernel.clock import Clock
from tsugaru.platform.ledger.api import AccountKey, Line, Posted, Posting, Voucher, post

VOUCHER = Voucher(period="2026", effective_on=date(2026, 6, 1), maker="t1", approver="t2")
INCOME = AccountKey("income", 2026, share="city")


def receivable(subject: str = "1", instalment: int = 1, share: str = "city") -> AccountKey:
    """人ごと・期ごとの債権の口座。"""
    return AccountKey("receivable", 2026, instalment, subject, share)


def charge(cause: str, amount: int, subject: str = "1") -> Posting:
    """一人に一期分を課す記帳の素。"""
    return Posting(cause, [Line(receivable(subject), debit=amount), Line(INCOME, credit=amount)])


def book(*postings: Posting, clock: Clock, voucher: Voucher = VOUCHER, cause_type: str = "levy") -> Posted:
    """記帳して、COMMIT のときの検査までを今行う。"""
    posted = post(postings, cause_type=cause_type, voucher=voucher, gyomu="試験", clock=clock)
    settle()
    return posted


def settle() -> None:
    """COMMIT のときの検査を今行う。"""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """業務の役割のまま SQL を流す。"""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
