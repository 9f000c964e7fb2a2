"""試験の業務: 計算の定義は levy、名は「試験 太郎」に番号を付けたもの。"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from django.urls import reverse
from tests.platform.runs import levy

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import definition
from tsugaru.platform.runs.api import Aggregate, Kind, RunDefinition
from tsugaru.platform.runs.pages import RunPages

PEOPLE = {str(n): 300_000 + n * 10_000 for n in range(1, 61)}


def names(subjects: Sequence[str]) -> Mapping[str, str]:
    """宛名番号 → 氏名。"""
    return {one: f"試験　太郎{one}" for one in subjects}


def _period(period: str) -> str | None:
    return None if re.fullmatch(r"[0-9]{4}", period) else "四桁の年ではありません"


class Office:
    """読む事実を、試験が替える。"""

    people: Mapping[str, int | None] = PEOPLE
    broken: Callable[..., Any] | None = None


def _read(period: str) -> Any:
    return levy.facts(Office.people)


def _compute(facts: Any, parameters: Any, report: Any) -> pl.DataFrame:
    if Office.broken is not None:
        return Office.broken(facts, parameters, report)
    return levy.compute(facts, parameters, report)


DEFINITION = levy.changed(
    code="shiken.initial",
    name="試験の当初",
    gyomu="shiken",
    read=_read,
    compute=_compute,
    kinds=(Kind.INITIAL, Kind.TRIAL),
    period_check=_period,
    aggregates=(
        Aggregate("総額", lambda r: int(r["tax"].sum()), low=1, permille=500),
        Aggregate("人数", lambda r: r.height, high=50),  # 六十人なので外れる
    ),
)
MONTHLY = levy.changed(
    code="shiken.monthly", name="試験の月例", gyomu="shiken", read=_read, kinds=(Kind.MONTHLY, Kind.TRIAL)
)
RUNS = RunPages(
    gyomu="shiken",
    definitions=(DEFINITION, MONTHLY),
    names=names,
    person_url=lambda subject: reverse("shiken:person", args=[subject]),
    title="試験の計算",
    period_hint="四桁の年（例: 2026）",
    see=("照会", "税額"),
    make=("一括", "税額"),
    decide=("決裁", "税額"),
)


def find(code: str) -> RunDefinition:
    """試験の定義。"""
    return RUNS.definition(code)


def use(patch: Any) -> None:
    """働き手に、試験の定義を引かせ、事実を元に戻す。"""
    patch(definition, "find", find)
    patch(Office, "people", PEOPLE)
    patch(Office, "broken", None)


def work() -> None:
    """待っている仕事を全て済ませる。"""
    while jobs.work_once(clock=SystemClock()):
        pass
