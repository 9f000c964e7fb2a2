"""記帳する・打ち消す・締める。一つだけの記帳も二十万行の記帳も、同じ一本の道を通る。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import uuid4

from django.db import connection, transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.ledger import sql
from tsugaru.platform.ledger.models import Closing
from tsugaru.platform.ledger.shapes import Posted, Posting, Voucher

REVERSAL = "reversal"
"""打消しの記帳の原因の種類。原因の番号は、打ち消した記帳の番号である。"""


def post(
    postings: Iterable[Posting], *, cause_type: str, voucher: Voucher, gyomu: str, clock: Clock
) -> Posted:
    """記帳する。同じ原因・同じ中身の二度目は何もしない（replayed）。同じ原因で違う中身は LG-0002。"""
    wanted = {posting.cause_id: posting for posting in _distinct(postings)}
    with transaction.atomic(), connection.cursor() as cursor:
        first = _next_number(cursor)
        done = _already(cursor, cause_type, wanted)
        fresh = [posting for cause, posting in wanted.items() if cause not in done]
        totals = [posting.total() for posting in fresh]
        if fresh:
            _copy_transactions(
                cursor, first, fresh, totals, cause_type=cause_type, voucher=voucher, clock=clock
            )
            _copy_entries(cursor, first, fresh)
        result = Posted(first, len(fresh), sum(len(p.lines) for p in fresh), sum(totals), len(done))
        _audit("記帳", result, cause_type=cause_type, voucher=voucher, gyomu=gyomu)
    return result


def reverse(numbers: Sequence[int], *, voucher: Voucher, memo: str, gyomu: str, clock: Clock) -> Posted:
    """記帳を打ち消す。もう打ち消された記帳は数えて飛ばす。無い番号は LG-0004、打消しの打消しは LG-0005。"""
    wanted = sorted(set(numbers))
    with transaction.atomic(), connection.cursor() as cursor:
        first = _next_number(cursor)
        done = _check_reversible(cursor, wanted)
        fresh = [number for number in wanted if number not in done]
        cursor.execute(
            sql.REVERSE,
            [first - 1, REVERSAL, voucher.period, voucher.effective_on, clock.now(), voucher.maker,
             voucher.approver, memo, fresh],
        )  # fmt: skip
        entries, total = cursor.fetchone()
        result = Posted(first, len(fresh), entries, total, len(done))
        _audit("記帳の打消し", result, cause_type=REVERSAL, voucher=voucher, gyomu=gyomu)
    return result


def numbers_of(cause_type: str) -> list[int]:
    """その種類の原因の記帳の番号（小さい順）。"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_transaction WHERE cause_type = %s ORDER BY id", [cause_type])
        return [number for (number,) in cursor.fetchall()]


def close(period: str, *, maker: str, approver: str, clock: Clock) -> None:
    """帳簿の期間を締める。書きかけの記帳が終わるのを待ち、その後は受け付けない。もう締めていれば LG-0010。"""
    if Closing.objects.filter(period=period).exists():
        raise 業務エラー("LG-0010", f"{period} の帳簿は、もう締めてあります。", "期間を確かめてください。")
    with transaction.atomic():
        Closing.objects.create(period=period, closed_at=clock.now(), maker=maker, approver=approver)
        audit.record(act="帳簿の締め", detail={"period": period, "maker": maker, "approver": approver})


def _distinct(postings: Iterable[Posting]) -> list[Posting]:
    listed = list(postings)
    counted = Counter(posting.cause_id for posting in listed)
    twice = sorted(cause for cause, times in counted.items() if times > 1)
    if twice:
        raise 業務エラー(
            "LG-0009",
            f"一度の記帳の中に、同じ原因（{'・'.join(twice[:5])}）が二度あります。",
            "一つの原因の明細を、一つの記帳にまとめてください。",
        )
    return listed


def _next_number(cursor: sql.Cursor) -> int:
    cursor.execute("SELECT public.ledger_next()")
    return int(cursor.fetchone()[0])


def _already(cursor: sql.Cursor, cause_type: str, wanted: dict[str, Posting]) -> set[str]:
    cursor.execute(sql.DONE, [cause_type, list(wanted)])
    done: dict[str, str] = dict(cursor.fetchall())
    for cause, digest in done.items():
        if wanted[cause].digest() != digest:
            raise 業務エラー(
                "LG-0002",
                f"原因 {cause_type} {cause} は、違う明細でもう記帳されています。",
                "前の記帳を打ち消し、新しい原因で記帳してください。",
            )
    return set(done)


def _copy_transactions(
    cursor: sql.Cursor,
    first: int,
    fresh: Sequence[Posting],
    totals: Sequence[int],
    *,
    cause_type: str,
    voucher: Voucher,
    clock: Clock,
) -> None:
    now = clock.now()
    with connection.wrap_database_errors, cursor.copy(sql.COPY_TRANSACTIONS) as stream:
        for number, (posting, total) in enumerate(zip(fresh, totals, strict=True), start=first):
            stream.write_row(
                (number, cause_type, posting.cause_id, posting.digest(), voucher.period, voucher.effective_on, now,
                 voucher.maker, voucher.approver, posting.memo, len(posting.lines), total)
            )  # fmt: skip


def _copy_entries(cursor: sql.Cursor, first: int, fresh: Sequence[Posting]) -> None:
    batch = uuid4()
    with connection.wrap_database_errors, cursor.copy(sql.COPY_ENTRIES) as stream:
        for number, posting in enumerate(fresh, start=first):
            for line in posting.lines:
                a = line.account
                stream.write_row(
                    (
                        batch,
                        number,
                        a.kind,
                        a.tax_year,
                        a.instalment,
                        a.subject,
                        a.share,
                        line.debit,
                        line.credit,
                    )
                )
    for statement in (sql.MAKE_ACCOUNTS, sql.MAKE_ENTRIES, sql.CLEAR_STAGING):
        cursor.execute(statement, [batch])


def _check_reversible(cursor: sql.Cursor, wanted: Sequence[int]) -> set[int]:
    cursor.execute(sql.REVERSIBLE, [list(wanted)])
    found = {number: (is_reversal, is_done) for number, is_reversal, is_done in cursor.fetchall()}
    missing = [str(number) for number in wanted if number not in found]
    if missing:
        raise 業務エラー(
            "LG-0004", f"記帳 {'・'.join(missing[:5])}番はありません。", "番号を確かめてください。"
        )
    reversals = [str(number) for number, (is_reversal, _) in found.items() if is_reversal]
    if reversals:
        raise 業務エラー(
            "LG-0005",
            f"記帳 {'・'.join(reversals[:5])}番は打消しの記帳なので、打ち消せません。",
            "もとの内容を、新しい原因で記帳してください。",
        )
    return {number for number, (_, is_done) in found.items() if is_done}


def _audit(act: str, result: Posted, *, cause_type: str, voucher: Voucher, gyomu: str) -> None:
    audit.record(
        act=act,
        gyomu=gyomu,
        detail={
            "cause": cause_type,
            "first": result.first,
            "transactions": result.transactions,
            "total": result.total,
            "replayed": result.replayed,
            "maker": voucher.maker,
            "approver": voucher.approver,
        },
    )
