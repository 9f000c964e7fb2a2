"""計算と差分を、働き手がする。準備した実行は、そのまま順番待ちに並ぶ。"""

from __future__ import annotations

from tsugaru.kernel.clock import Clock
from tsugaru.platform.jobs.api import Job, JobKind, Step
from tsugaru.platform.runs import definition, execution, gate
from tsugaru.platform.runs.models import Run, State


def compute(job: Job, clock: Clock) -> Step:
    """準備なら計算し、計算済なら差分を残す。もう先へ進んでいれば何もしない。"""
    run = Run.objects.get(pk=job.arguments["run"])
    found = definition.find(run.definition)
    if run.state == State.DRAFT:
        run = execution.execute(run.pk, found, clock=clock)
    if run.state == State.COMPUTED:
        gate.compare(run.pk, found, clock=clock)
    return Step(1, 1)


JOBS = [JobKind(code=execution.COMPUTE, name="計算と差分", step=compute, whole=False)]
