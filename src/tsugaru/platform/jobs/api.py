"""仕事の順番待ちの口。業務と画面は、ここにある名だけを使う。"""

from __future__ import annotations

from tsugaru.platform.jobs.kinds import JobKind, Step, find
from tsugaru.platform.jobs.models import Job, State
from tsugaru.platform.jobs.queue import again, ahead, cancel, enqueue, expected_end, latest
from tsugaru.platform.jobs.working import work_once

__all__ = [
    "Job",
    "JobKind",
    "State",
    "Step",
    "again",
    "ahead",
    "cancel",
    "enqueue",
    "expected_end",
    "find",
    "latest",
    "work_once",
]
