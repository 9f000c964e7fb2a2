"""計算の実行の口。業務と画面は、ここにある名だけを使う。"""

from __future__ import annotations

from tsugaru.platform.runs.blobs import frame_of, values_of
from tsugaru.platform.runs.definition import (
    Aggregate,
    Facts,
    Parameters,
    Report,
    RunDefinition,
    find,
    no_postings,
)
from tsugaru.platform.runs.difference import Outcome, difference, outcome_of, summary
from tsugaru.platform.runs.execution import Seen, create, execute, execute_next, progress
from tsugaru.platform.runs.gate import baseline_of, cause_of, compare, confirm, discard, last_confirmed, sign
from tsugaru.platform.runs.models import Bucket, Cause, Kind, Run, State

__all__ = [
    "Aggregate",
    "Bucket",
    "Cause",
    "Facts",
    "Kind",
    "Outcome",
    "Parameters",
    "Report",
    "Run",
    "RunDefinition",
    "Seen",
    "State",
    "baseline_of",
    "cause_of",
    "compare",
    "confirm",
    "create",
    "difference",
    "discard",
    "execute",
    "execute_next",
    "find",
    "frame_of",
    "last_confirmed",
    "no_postings",
    "outcome_of",
    "progress",
    "sign",
    "summary",
    "values_of",
]
