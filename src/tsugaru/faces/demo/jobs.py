"""見本を用意する仕事。`tsugaru demo` だけが登録する。"""

from __future__ import annotations

from tsugaru.kernel.clock import Clock
from tsugaru.platform.jobs.api import Job, JobKind, Step


def taxes(job: Job, clock: Clock) -> Step:
    """個人住民税の見本の年を、一歩だけ進める。"""
    from tsugaru.faces.demo.load import taxes as room

    return room.step(job, clock)


JOBS = [JobKind(code="demo.taxes", name="個人住民税の見本の用意", gyomu="kojin", step=taxes, whole=False)]
