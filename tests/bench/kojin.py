"""個人住民税の一年: 用意にかかる秒、用意のあいだの頁、当初賦課の一歩ずつ（読む・計算・残す・差・確定）、もしも、記憶の大きさ。"""

from __future__ import annotations

import itertools
import resource
import shutil
import time
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from tests.bench import load

T = TypeVar("T")
YEAR = 2026
LONGEST = 1800
RATE = 20


async def while_preparing(clients: list[load.Client], people: list[Any], seconds: float) -> dict[str, Any]:
    """働き手が一年を用意しているあいだの、総合照会の頁（毎秒 20）。"""
    pages = (f"/juki/p/{number}" for number, *_ in itertools.cycle(people))
    return {"rate": RATE, **(await load.paced(clients, pages, rate=RATE, seconds=seconds)).summary()}


def prepared(codes: list[str]) -> dict[str, Any]:
    """全ての団体の用意が終わるのを待つ。団体ごとの、始めから終わりまでの秒。"""
    from tsugaru.faces.demo.load.taxes import ABOUT
    from tsugaru.platform.jobs import api as jobs
    from tsugaru.platform.tenancy import bind

    until = time.monotonic() + LONGEST
    found: dict[str, Any] = {}
    for code in codes:
        with bind(code):
            while (job := jobs.latest(ABOUT)) is None or job.ended_at is None:
                assert time.monotonic() < until, f"{code} の用意が終わりません。"
                time.sleep(2)
            assert job.started_at is not None
            assert job.state == jobs.State.DONE, f"{code} の用意が止まりました。{job.code} {job.message}"
            seconds = round((job.ended_at - job.started_at).total_seconds())
            found[code] = {"steps": job.total, "seconds": seconds}
    return found


def measure(code: str, chief: str, clerk: str) -> dict[str, Any]:
    """届いて結ばれた資料で、当初賦課を確定まで。揃っていない届け物は待たない（速さだけを量る）。"""
    from tsugaru.gyomu.kojin.domain import facts, parameters
    from tsugaru.gyomu.kojin.runs import DEFINITIONS
    from tsugaru.kernel.clock import SystemClock
    from tsugaru.platform.runs import api as runs
    from tsugaru.platform.runs.execution import Computed, store
    from tsugaru.platform.tenancy import bind, home

    shutil.rmtree(home.home() / "law-cache", ignore_errors=True)
    times, clock, definition = dict[str, float](), SystemClock(), DEFINITIONS[0]
    with bind(code):
        found = {"人": _timed(times, "read", lambda: facts.人の事実(YEAR))}
        copied = parameters.写す(str(YEAR))
        for name in ("compute_cold", "compute_warm"):
            results = _timed(times, name, lambda: definition.compute(found, copied, lambda *_: None))
        with transaction.atomic():  # 働き手が、計算の順番待ちを先に取らないように
            run = runs.create(definition, kind=runs.Kind.INITIAL, period=str(YEAR), maker=clerk, clock=clock)
            made = Computed(found, copied, definition.law_version(), results)
            _timed(times, "store", lambda: store(run.pk, made, clock=clock))
            buckets = _timed(times, "difference", lambda: runs.compare(run.pk, definition, clock=clock))
        for bucket in buckets:
            runs.sign(run.pk, bucket.cause, signer=chief, note="速さの測定", clock=clock)
        confirmed = _timed(
            times, "confirm",
            lambda: runs.confirm(run.pk, definition, approver=chief, book_period=str(YEAR),
                                 effective_on=date(YEAR, 6, 1), clock=clock),
        )  # fmt: skip
        times["database_to_difference"] = round(
            sum(times[name] for name in ("read", "compute_warm", "store", "difference")), 2
        )
        _whatif(times, confirmed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "people": results.height,
        "transactions": confirmed.transactions,
        "seconds": times,
        "peak_mib": peak,
    }


def _whatif(times: dict[str, float], run: Any) -> None:
    from tsugaru.gyomu.kojin.domain import adjusting, whatif

    new, changes, _ = adjusting.替える(whatif.定めの写し(run), {"基礎控除の定め/段/1/控除額": "480000"})
    with transaction.atomic():
        seen = _timed(times, "whatif", lambda: whatif.試す(run, new, changes))
    assert seen.違う人 == 0


def _timed(times: dict[str, float], name: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    done = work()
    times[name] = round(time.perf_counter() - started, 2)
    return done
