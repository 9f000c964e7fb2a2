"""関所: 差分を残し、束ごとに署名し、全てに署名があれば確定する。"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import blobs
from tsugaru.platform.runs.definition import Facts, RunDefinition
from tsugaru.platform.runs.difference import Outcome, difference, outcome_of, summary
from tsugaru.platform.runs.models import Bucket, Cause, Kind, Run, Signature, State
from tsugaru.platform.tenancy.locks import lock

CONFIRMING = ("state", "confirmed_by", "confirmed_at", "book_period", "effective_on")
"""確定のときに書く列（記帳の数のほか）。"""


class Usual(enum.Enum):
    """比べる相手を、定義に任せる。"""

    BASELINE = "定義のとおり"


def compare(
    run_id: int, definition: RunDefinition, *, baseline: Run | Usual | None = Usual.BASELINE, clock: Clock
) -> list[Bucket]:
    """前の実行との差を束にして残し、差分済にする。相手を言わなければ定義が選ぶ。相手がなければ全員が「増えた人」になる。"""
    run = _in_state(Run.objects.get(pk=run_id), State.COMPUTED)
    other = baseline_of(run, definition) if isinstance(baseline, Usual) else baseline
    before, after = (outcome_of(other) if other else None), outcome_of(run)
    moved = difference(definition, before, after)
    with transaction.atomic():
        run = _in_state(Run.objects.select_for_update().get(pk=run_id), State.COMPUTED)
        buckets = [_total(run, definition, before, after, moved, clock), *_buckets(run, moved, clock)]
        Bucket.objects.bulk_create(buckets)
        run.baseline, run.state = other, State.COMPARED
        run.save(update_fields=["baseline", "state"])
        audit.record(act="差分", gyomu=run.gyomu, detail={"run": run.pk, "baseline": run.baseline_id})
    return buckets


def baseline_of(run: Run, definition: RunDefinition) -> Run | None:
    """比べる相手: 定義が選ぶ実行。定義が選ばなければ、差し替える実行か、同じ定義と期間の確定した実行。"""
    if definition.baseline is not None:
        return definition.baseline(run.period)
    if run.supersedes is not None:
        return run.supersedes
    return Run.objects.filter(definition=run.definition, period=run.period, state=State.CONFIRMED).first()


def last_confirmed(gyomu: str, *, period: str) -> Run | None:
    """業務の、期間の頭が period の確定した実行のうち、最後に確定したもの（定義は問わない）。定義の baseline に使う。"""
    confirmed = Run.objects.filter(gyomu=gyomu, period__startswith=period, state=State.CONFIRMED)
    return confirmed.order_by("-confirmed_at", "-pk").first()


def sign(run_id: int, cause: str, *, signer: str, clock: Clock, note: str = "") -> Run:
    """束に署名する。最後の一つで署名済になる。見込みの範囲を外れた合計には、所見がなければ署名できない。"""
    with transaction.atomic():
        run = _in_state(Run.objects.select_for_update().get(pk=run_id), State.COMPARED)
        bucket = run.buckets.get(cause=cause)
        _may_sign(run, bucket, signer, note)
        Signature.objects.create(bucket=bucket, signer=signer, signed_at=clock.now(), note=note)
        if not run.buckets.filter(signature=None).exists():
            run.state = State.SIGNED
            run.save(update_fields=["state"])
        audit.record(
            act="差分の署名", gyomu=run.gyomu, detail={"run": run.pk, "cause": cause, "signer": signer}
        )
    return run


def confirm(
    run_id: int,
    definition: RunDefinition,
    *,
    approver: str,
    book_period: str,
    effective_on: date,
    clock: Clock,
) -> Run:
    """確定し、台帳に一度だけ記帳する。もう確定していれば何もしない。差し替えるときは、前の記帳を打ち消す。"""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state == State.CONFIRMED:
            return run
        lock("runs", [f"{run.definition}/{run.period}"])
        _may_confirm(_in_state(run, State.SIGNED))
        voucher = ledger.Voucher(
            period=book_period, effective_on=effective_on, maker=run.maker, approver=approver
        )
        run.state, run.confirmed_by, run.confirmed_at = State.CONFIRMED, approver, clock.now()
        run.book_period, run.effective_on = book_period, effective_on
        if run.supersedes_id is not None:
            _withdraw(run, definition, voucher, clock)
        _settle(run, definition, voucher, clock)
        run.save(update_fields=[*CONFIRMING, "transactions"])
        audit.record(act="計算の確定", gyomu=run.gyomu, detail={"run": run.pk, "approver": approver})
    return run


def _settle(run: Run, definition: RunDefinition, voucher: ledger.Voucher, clock: Clock) -> None:
    """記帳し、業務の台帳に書く。"""
    assert run.results_id is not None
    results = blobs.frame_of(run.results_id)
    needed = definition.postings_of is not None or definition.settle is not None
    facts = {name: blobs.frame_of(sha256) for name, sha256 in run.facts.items()} if needed else {}
    posted = ledger.post(
        _postings(run, definition, results, facts),
        cause_type=cause_of(run.pk),
        voucher=voucher,
        gyomu=run.gyomu,
        clock=clock,
    )
    run.transactions = posted.transactions
    if definition.settle is not None:
        definition.settle(run, results, facts)


def _postings(
    run: Run, definition: RunDefinition, results: pl.DataFrame, facts: Facts
) -> Iterable[ledger.Posting]:
    if definition.postings_of is not None:
        return definition.postings_of(run, results, facts)
    return definition.postings(results)


def discard(run_id: int, *, reason: str) -> Run:
    """破棄する。確定した実行は破棄できない（差し替える）。"""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state in (State.CONFIRMED, State.SUPERSEDED, State.DISCARDED):
            raise _wrong_state(run)
        run.state = State.DISCARDED
        run.save(update_fields=["state"])
        audit.record(act="計算の破棄", gyomu=run.gyomu, detail={"run": run.pk, "reason": reason})
    return run


def cause_of(run_id: int) -> str:
    """その実行の記帳の、原因の種類。原因の番号は定義が決める（多くは宛名番号）。"""
    return f"run/{run_id}"


def _in_state(run: Run, state: State) -> Run:
    if run.state != state:
        raise _wrong_state(run)
    return run


def _wrong_state(run: Run) -> 業務エラー:
    return 業務エラー(
        "RN-0005",
        f"実行{run.pk}は{State(run.state).label}なので、この操作はできません。",
        "実行の状態を確かめ、必要なら新しい実行を準備してください。",
    )


def _buckets(run: Run, moved: pl.DataFrame, clock: Clock) -> Iterator[Bucket]:
    for cause in Cause.values:
        rows = moved.filter(pl.col("cause") == cause)
        if rows.height:
            yield _bucket(run, cause, rows, summary(cause, rows), clock)


def _bucket(run: Run, cause: str, rows: pl.DataFrame, detail: dict[str, Any], clock: Clock) -> Bucket:
    return Bucket(
        run=run,
        cause=cause,
        people=rows.height,
        before=int(rows["before"].sum()),
        after=int(rows["after"].sum()),
        members=blobs.keep_frame(rows, clock=clock),
        detail=detail,
    )


def _total(
    run: Run,
    definition: RunDefinition,
    before: Outcome | None,
    after: Outcome,
    moved: pl.DataFrame,
    clock: Clock,
) -> Bucket:
    measured = []
    for aggregate in definition.aggregates:
        value = aggregate.measure(after.results)
        previous = aggregate.measure(before.results) if before else None
        measured.append(
            {
                "name": aggregate.name,
                "value": value,
                "before": previous,
                "low": aggregate.low,
                "high": aggregate.high,
                "permille": aggregate.permille,
                "ok": aggregate.judge(value, previous),
            }
        )
    detail = {**summary(Cause.TOTAL, moved), "aggregates": measured, "moved": moved.height}
    bucket = _bucket(run, Cause.TOTAL, moved, detail, clock)
    bucket.people = after.results.height
    bucket.before = int(before.results[definition.amount].sum()) if before else 0
    bucket.after = int(after.results[definition.amount].sum())
    return bucket


def _may_sign(run: Run, bucket: Bucket, signer: str, note: str) -> None:
    if signer == run.maker:
        raise 業務エラー(
            "RN-0006",
            f"実行を作った職員（{signer}）は署名できません。",
            "ほかの職員が確かめて署名してください。",
        )
    outside = [a["name"] for a in bucket.detail.get("aggregates", []) if not a["ok"]]
    if outside and not note:
        raise 業務エラー(
            "RN-0008",
            f"見込みの範囲を外れた数があります（{'・'.join(outside)}）。",
            "原因を確かめ、所見を書いて署名するか、実行を破棄してください。",
        )


def _may_confirm(run: Run) -> None:
    if run.kind == Kind.TRIAL:
        raise 業務エラー(
            "RN-0009", f"試算（実行{run.pk}）は確定できません。", "確定する実行を準備してください。"
        )
    others = Run.objects.filter(definition=run.definition, period=run.period, state=State.CONFIRMED)
    if others.exclude(pk=run.supersedes_id or 0).exists():
        raise 業務エラー(
            "RN-0007",
            f"{run.period} の確定した実行が、もうあります。",
            "差し替えるときは、その実行と理由を言って、新しい実行を準備してください。",
        )


def _withdraw(run: Run, definition: RunDefinition, voucher: ledger.Voucher, clock: Clock) -> None:
    """差し替えられる実行の記帳を打ち消し、業務の台帳からも下ろす。"""
    assert run.supersedes_id is not None
    old = _in_state(Run.objects.select_for_update().get(pk=run.supersedes_id), State.CONFIRMED)
    ledger.reverse(
        ledger.numbers_of(cause_of(old.pk)), voucher=voucher, memo=run.reason, gyomu=run.gyomu, clock=clock
    )
    if definition.unsettle is not None:
        definition.unsettle(old, run)
    old.state = State.SUPERSEDED
    old.save(update_fields=["state"])
