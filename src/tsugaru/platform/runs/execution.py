"""作る・計算する。

計算は三つに分かれる。読む（REPEATABLE READ のトランザクション一つ）、計算する（トランザクションの外。表も行も押さえない）、
残す（短いトランザクション一つ）。どこで殺されても、残す前なら何も残らず、実行は準備のままで、もう一度始められる。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db import connection, transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import blobs
from tsugaru.platform.runs.definition import Facts, Parameters, RunDefinition
from tsugaru.platform.runs.frames import SUBJECT
from tsugaru.platform.runs.models import Kind, Progress, Run, State

COMPUTE, CONFIRM, DIFFER = "runs.compute", "runs.confirm", "runs.differ"
"""計算と差分、確定、二つの実行の差。仕事の種類（runs/jobs.py）である。"""


@dataclass(frozen=True, slots=True)
class Computed:
    """計算した物。まだどこにも残っていない。"""

    facts: Facts
    parameters: Parameters
    law_version: str
    results: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Seen:
    """進み。expected_end は、これまでの速さで終わる時刻（まだ分からなければ None）。"""

    done: int
    total: int
    started_at: datetime
    expected_end: datetime | None


def create(
    definition: RunDefinition,
    *,
    kind: Kind,
    period: str,
    maker: str,
    clock: Clock,
    supersedes: Run | None = None,
    reason: str = "",
) -> Run:
    """実行を準備し、計算を順番待ちに並べる。確定した実行を差し替えるときは、その実行と理由を言う。"""
    if supersedes is not None and (not reason or supersedes.state != State.CONFIRMED):
        raise 業務エラー(
            "RN-0002",
            "差し替えられるのは確定した実行だけで、理由が要ります。",
            "差し替える実行と理由を確かめてください。",
        )
    with transaction.atomic():
        run = Run.objects.create(
            definition=definition.code,
            gyomu=definition.gyomu,
            kind=kind,
            period=period,
            maker=maker,
            made_at=clock.now(),
            supersedes=supersedes,
            reason=reason,
        )
        audit.record(act="計算の準備", gyomu=run.gyomu, detail={"run": run.pk, "definition": run.definition})
        jobs.enqueue(COMPUTE, {"run": run.pk}, maker=maker, about=about(run.pk), clock=clock)
    return run


def about(run_id: int) -> str:
    """その実行についての仕事を引く名。"""
    return f"run/{run_id}"


def execute(run_id: int, definition: RunDefinition, *, clock: Clock) -> Run:
    """計算する。トランザクションの外から呼ぶ。ほかの所で計算中なら RN-0003、準備でなければ RN-0004。"""
    if connection.in_atomic_block:
        raise RuntimeError("計算はトランザクションの外から始めます（進みがほかの接続から見えなくなるため）。")
    with _alone(run_id):
        run = _draft(Run.objects.get(pk=run_id))
        _report(run, 0, 0, clock)
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            inbound.require_green(run.period, definition.inputs)
            facts, parameters = definition.read(run.period), definition.parameters(run.period)
        results = definition.compute(facts, parameters, lambda done, total: _report(run, done, total, clock))
        return store(run_id, Computed(facts, parameters, definition.law_version(), results), clock=clock)


def execute_next(definitions: Mapping[str, RunDefinition], *, clock: Clock) -> Run | None:
    """誰も計算していない、最も古い準備の実行を計算する。無ければ None。"""
    for run in Run.objects.filter(state=State.DRAFT, definition__in=list(definitions)).order_by("pk"):
        try:
            return execute(run.pk, definitions[run.definition], clock=clock)
        except 業務エラー as error:
            if error.code not in ("RN-0003", "RN-0004"):
                raise
    return None


def store(run_id: int, computed: Computed, *, clock: Clock) -> Run:
    """計算した物を残し、計算済にする。一つのトランザクションなので、残るか残らないかのどちらかである。"""
    _one_row_each(computed.results)
    with transaction.atomic():
        run = _draft(Run.objects.select_for_update().get(pk=run_id))
        run.facts = {name: blobs.keep_frame(f, clock=clock).pk for name, f in computed.facts.items()}
        run.parameters = blobs.keep_values(computed.parameters, clock=clock)
        run.results = blobs.keep_frame(computed.results, clock=clock)
        run.law_version, run.people = computed.law_version, computed.results.height
        run.computed_at, run.state = clock.now(), State.COMPUTED
        run.save()
        Progress.objects.filter(run=run).delete()
        audit.record(act="計算", gyomu=run.gyomu, detail={"run": run.pk, "results": run.results.pk})
    return run


def progress(run_id: int) -> Seen | None:
    """進み。計算していなければ None。"""
    row = Progress.objects.filter(run=run_id).first()
    if row is None:
        return None
    spent = row.updated_at - row.started_at
    end = row.started_at + spent * row.total // row.done if row.done else None
    return Seen(row.done, row.total, row.started_at, end)


def _report(run: Run, done: int, total: int, clock: Clock) -> None:
    now = clock.now()
    fresh = {"done": done, "total": total, "updated_at": now}
    if done == 0:
        fresh["started_at"] = now
    Progress.objects.update_or_create(run=run, defaults=fresh, create_defaults=fresh | {"started_at": now})


def _draft(run: Run) -> Run:
    if run.state != State.DRAFT:
        raise 業務エラー(
            "RN-0004",
            f"実行{run.pk}は、もう{State(run.state).label}です。",
            "計算し直すときは、新しい実行を準備してください。",
        )
    return run


def _one_row_each(results: pl.DataFrame) -> None:
    if results[SUBJECT].n_unique() != results.height or results[SUBJECT].null_count():
        raise ValueError("結果は一人一行でなければなりません。")


@contextmanager
def _alone(run_id: int) -> Iterator[None]:
    """接続が切れれば（殺されても）ほどける錠。計算のあいだトランザクションを開かずに済む。"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('runs'), %s)", [run_id])
        if not cursor.fetchone()[0]:
            raise 業務エラー("RN-0003", f"実行{run_id}は、いま計算しています。", "終わるのを待ってください。")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('runs'), %s)", [run_id])
