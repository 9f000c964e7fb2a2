"""一歩働く。働き手（`tsugaru worker`）が、団体を巡って呼ぶ。

一つの団体で働くのは一度に一人で、それを団体ごとの錠（接続が切れればほどける）で守る。だから錠を取れた者から見れば、
「実行中」の仕事は前の働き手が途中で倒れたものであり、その続きから始める。
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection, transaction
from django.db import Error as AnyDatabaseError
from django.db.models import F

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.jobs.kinds import JobKind, Step, find
from tsugaru.platform.jobs.models import Job, State

logger = logging.getLogger(__name__)
ATTEMPTS = 3
"""前に進まないまま始めてよい回数。これを超えた仕事は、働き手を倒すものとみて止める。"""
CODED = re.compile(r"([A-Z]{2}-[0-9]{4}) (.+)")


class Taken(Exception):
    """働いている間に取り消されたか、ほかの働き手に移った。"""


def work_once(*, clock: Clock) -> bool:
    """一歩だけ働く。することが無いか、ほかの者が働いていれば False。トランザクションの外から呼ぶ。"""
    with _alone() as mine:
        if not mine:
            return False
        try:
            return _work_next(clock)
        except (SystemExit, KeyboardInterrupt):
            _give_back()
            raise


def _work_next(clock: Clock) -> bool:
    job = _claim(clock)
    if job is None:
        return False
    actor = audit.Actor(
        number=job.maker,
        section=job.section,
        terminal="worker",
        request=f"job/{job.pk}",
        purpose="一括",
    )
    with audit.actor(actor):
        _work(job, clock)
    return True


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('jobs'), 0)")
        mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            with suppress(AnyDatabaseError):  # 接続が切れていれば、錠はもうほどけている
                if mine:
                    cursor.execute("SELECT pg_advisory_unlock(hashtext('jobs'), 0)")


def _claim(clock: Clock) -> Job | None:
    """途中の仕事があればその続き、なければ最も古い待ち。進まないまま何度も倒れた仕事は失敗にする。"""
    with transaction.atomic():
        waiting = Job.objects.select_for_update(skip_locked=True)
        job = (
            waiting.filter(state=State.RUNNING).order_by("pk").first()
            or waiting.filter(state=State.QUEUED).order_by("pk").first()
        )
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            what = f"{ATTEMPTS}回始めましたが、どれも途中で止まりました。"
            _end(job, clock, 業務エラー("JB-0003", what, "情報システムの担当へ伝えてください。"))
            return None
        job.state, job.attempts = State.RUNNING, job.attempts + 1
        job.started_at = job.started_at or clock.now()
        job.save(update_fields=["state", "attempts", "started_at"])
        return job


def _work(job: Job, clock: Clock) -> None:
    try:
        kind = find(job.kind)
        _step(kind, job, clock)
    except Taken:
        logger.info("仕事 %s は、働いている間に取り消されました。", job.pk)
    except 業務エラー as error:
        _fail(job, clock, error)
    except Exception as error:
        if not connection.is_usable():
            raise  # データベースが倒れた。仕事の誤りではないので、戻ってから続きをする
        _fail(job, clock, _explained(job, error))


def _step(kind: JobKind, job: Job, clock: Clock) -> None:
    if kind.whole:
        with transaction.atomic():
            _keep(job, kind.step(job, clock), clock)
    else:
        step = kind.step(job, clock)
        with transaction.atomic():
            _keep(job, step, clock)


def _keep(job: Job, step: Step, clock: Clock) -> None:
    """進みを残す。前に進まない一歩は、いつまでも終わらないので認めない。"""
    finished = step.done >= step.total
    if step.done <= job.done and not finished:
        raise RuntimeError(f"仕事 {job.pk}（{job.kind}）の一歩が、{job.done} から進みません。")
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, attempts=job.attempts)
    now = clock.now()
    kept = mine.update(
        done=step.done,
        total=step.total,
        attempts=0,
        result={**job.result, **step.result},
        updated_at=now,
        state=State.DONE if finished else State.RUNNING,
        ended_at=now if finished else None,
    )
    if not kept:
        raise Taken
    if finished:
        audit.record(
            act="仕事の終わり",
            detail={"job": job.pk, "kind": job.kind, "about": job.about, "done": step.done},
        )


def _explained(job: Job, error: Exception) -> 業務エラー:
    """データベースの壁が断った文には番号がある。ほかは、思わぬ誤りとして残す。"""
    found = (
        CODED.match(str(error).splitlines()[0]) if isinstance(error, DatabaseError) and str(error) else None
    )
    if found:
        return 業務エラー(found[1], found[2], "内容を確かめて、やり直してください。")
    logger.error("仕事 %s（%s）が思わぬ誤りで止まりました。", job.pk, job.kind, exc_info=error)
    what = f"思わぬ誤りで止まりました（{type(error).__name__}）。"
    return 業務エラー("JB-0500", what, "仕事の番号を情報システムの担当へ伝えてください。")


def _fail(job: Job, clock: Clock, error: 業務エラー) -> None:
    with transaction.atomic():
        current = Job.objects.select_for_update().get(pk=job.pk)
        if current.state == State.RUNNING and current.attempts == job.attempts:
            _end(current, clock, error)


def _end(job: Job, clock: Clock, error: 業務エラー) -> None:
    job.state, job.ended_at = State.FAILED, clock.now()
    job.code, job.message, job.remedy = error.code, error.message[:500], error.remedy[:300]
    job.save(update_fields=["state", "ended_at", "code", "message", "remedy"])
    audit.record(
        act="仕事の失敗",
        outcome="失敗",
        detail={"job": job.pk, "kind": job.kind, "about": job.about, "code": error.code},
    )


def _give_back() -> None:
    """止められた。倒れたのではないので、始めた回数に数えない。

    問いの途中で止められれば接続は使えないので、つなぎ直してもう一度だけ書く。データベースが先に止まっていれば、そのままでよい。
    """
    for _ in range(2):
        try:
            held = Job.objects.filter(state=State.RUNNING, attempts__gt=0)
            held.update(attempts=F("attempts") - 1)
            return
        except AnyDatabaseError:
            if connection.in_atomic_block:
                return
            connection.close()
