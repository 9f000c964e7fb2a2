"""試験の仕事: 一から total までの数を、五つずつ用務の控え（監査）に書く。"""

from __future__ import annotations

import time
from typing import Any

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.jobs import kinds
from tsugaru.platform.jobs.api import Job, JobKind, Step
from tsugaru.platform.runs import jobs as run_jobs

PIECE = 5
ACT = "試験の一つ"


def count(job: Job, clock: Clock) -> Step:
    """五つ書く。slow なら、書いた後に待つ（その間に殺される）。"""
    upto = min(job.done + PIECE, job.arguments["total"])
    for n in range(job.done + 1, upto + 1):
        audit.record(act=ACT, detail={"job": job.pk, "n": n})
    if upto > PIECE:
        time.sleep(job.arguments.get("slow", 0))
    return Step(upto, job.arguments["total"], {"last": upto})


def refuse(job: Job, clock: Clock) -> Step:
    """書いてから断る。"""
    audit.record(act=ACT, detail={"job": job.pk, "n": 0})
    raise 業務エラー("ZZ-0002", f"{job.arguments['who']}さんの分を作れません。", "住所を確かめてください。")


def stray(job: Job, clock: Clock) -> Step:
    """思わぬ誤り。"""
    raise ZeroDivisionError


def still(job: Job, clock: Clock) -> Step:
    """前に進まない。"""
    return Step(0, 1)


KINDS = {
    kind.code: kind
    for kind in (
        JobKind(code="count", name="数える", step=count),
        JobKind(code="refuse", name="断る", step=refuse),
        JobKind(code="stray", name="誤る", step=stray),
        JobKind(code="still", name="止まる", step=still),
        *run_jobs.JOBS,
    )
}


def find(code: str) -> JobKind:
    """試験の種類だけを引く。"""
    return KINDS[code] if code in KINDS else kinds.find(code)


def use(patch: Any) -> None:
    """働き手に、試験の種類を引かせる。"""
    from tsugaru.platform.jobs import working

    patch(working, "find", find)
