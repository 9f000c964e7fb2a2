"""登録・もう一度・取消・今のありさま。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.jobs.models import Job, State

OPEN = (State.QUEUED, State.RUNNING)


def enqueue(kind: str, arguments: Mapping[str, Any], *, maker: str, clock: Clock, about: str = "") -> Job:
    """仕事を登録する。呼んだ側のトランザクションと運命を共にする。"""
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            about=about,
            arguments=dict(arguments),
            maker=maker,
            section=audit.current_actor().section,
            made_at=clock.now(),
        )
        audit.record(act="仕事の登録", detail={"job": job.pk, "kind": kind, "about": about})
    return job


def again(job_id: int, *, maker: str, clock: Clock) -> Job:
    """失敗したか取り消した仕事を、新しい仕事として登録し直す。済んだところは引き継がない。"""
    job = Job.objects.get(pk=job_id)
    if job.state not in (State.FAILED, State.CANCELLED):
        raise _wrong_state(job)
    return enqueue(job.kind, job.arguments, maker=maker, clock=clock, about=job.about)


def cancel(job_id: int, *, reason: str, clock: Clock) -> Job:
    """取り消す。実行中なら、その一歩はなかったことになる（自分で分ける長い計算は、そこまでが残る）。"""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.state not in OPEN:
            raise _wrong_state(job)
        job.state, job.ended_at = State.CANCELLED, clock.now()
        job.save(update_fields=["state", "ended_at"])
        audit.record(act="仕事の取消", detail={"job": job.pk, "reason": reason})
    return job


def latest(about: str) -> Job | None:
    """あることについての、最後に登録された仕事。"""
    return Job.objects.filter(about=about).order_by("-pk").first()


def ahead(job: Job) -> int:
    """前に待っている仕事の数。"""
    return Job.objects.filter(state__in=OPEN, pk__lt=job.pk).count()


def expected_end(job: Job) -> datetime | None:
    """これまでの速さで終わる時刻。まだ分からなければ None。"""
    if job.started_at is None or job.updated_at is None or job.done == 0:
        return None
    return job.started_at + (job.updated_at - job.started_at) * job.total // job.done


def _wrong_state(job: Job) -> 業務エラー:
    return 業務エラー(
        "JB-0002",
        f"仕事{job.pk}は{State(job.state).label}なので、この操作はできません。",
        "画面を開き直して、ありさまを確かめてください。",
    )
