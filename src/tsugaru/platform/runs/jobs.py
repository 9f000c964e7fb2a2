"""計算と差分・確定・二つの実行の差を、働き手がする。準備した実行は、そのまま順番待ちに並ぶ。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from tsugaru.kernel.clock import Clock
from tsugaru.platform.jobs.api import Job, JobKind, Step
from tsugaru.platform.runs import blobs, definition, execution, gate
from tsugaru.platform.runs.difference import Outcome, difference, outcome_of, summary
from tsugaru.platform.runs.models import Cause, Run, State


def compute(job: Job, clock: Clock) -> Step:
    """準備なら計算し、計算済なら差分を残す。もう先へ進んでいれば何もしない。"""
    run = Run.objects.get(pk=job.arguments["run"])
    found = definition.find(run.definition)
    if run.state == State.DRAFT:
        run = execution.execute(run.pk, found, clock=clock)
    if run.state == State.COMPUTED:
        gate.compare(run.pk, found, clock=clock)
    return Step(1, 1)


def confirm(job: Job, clock: Clock) -> Step:
    """確定する。もう確定していれば何もしない。"""
    run = Run.objects.get(pk=job.arguments["run"])
    gate.confirm(
        run.pk,
        definition.find(run.definition),
        approver=job.arguments["approver"],
        book_period=job.arguments["book_period"],
        effective_on=date.fromisoformat(job.arguments["effective_on"]),
        clock=clock,
    )
    return Step(1, 1)


def differ(job: Job, clock: Clock) -> Step:
    """二つの実行の差を、原因ごとに。人ごとの差は中身にしまい、できたものには要約を残す。"""
    before, after = (Run.objects.get(pk=job.arguments[name]) for name in ("before", "after"))
    found = definition.find(after.definition)
    left, right = outcome_of(before), outcome_of(after)
    moved = difference(found, left, right)
    return Step(1, 1, {"buckets": list(_buckets(found.amount, left, right, moved, clock))})


def _buckets(
    amount: str, left: Outcome, right: Outcome, moved: pl.DataFrame, clock: Clock
) -> Iterator[dict[str, Any]]:
    total = _bucket(Cause.TOTAL, moved, clock)
    total |= {"people": right.results.height}
    total |= {"before": int(left.results[amount].sum()), "after": int(right.results[amount].sum())}
    yield total
    for cause in Cause.values:
        rows = moved.filter(pl.col("cause") == cause)
        if rows.height:
            yield _bucket(cause, rows, clock)


def _bucket(cause: str, rows: pl.DataFrame, clock: Clock) -> dict[str, Any]:
    return {
        "cause": cause,
        "people": rows.height,
        "before": int(rows["before"].sum()),
        "after": int(rows["after"].sum()),
        "members": blobs.keep_frame(rows, clock=clock).pk,
        "detail": summary(cause, rows),
    }


JOBS = [
    JobKind(code=execution.COMPUTE, name="計算と差分", step=compute, whole=False),
    JobKind(code=execution.CONFIRM, name="確定", step=confirm),
    JobKind(code=execution.DIFFER, name="二つの実行の差", step=differ),
]
