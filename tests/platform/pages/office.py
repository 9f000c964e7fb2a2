"""試験の業務: 計算の定義は levy、名は「試験 太郎」に番号を付けたもの。"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from django.urls import reverse
from tests.platform.inbound.reports import REPORT
from tests.platform.runs import levy

from tsugaru.kernel.clock import Clock, SystemClock
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.inbound.pages import InboundPages
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs import working
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
    """読む事実や載せ方を、試験が替える。"""

    people: Mapping[str, int | None] = PEOPLE
    broken: Callable[..., Any] | None = None
    by_worker = False
    lose_one = False


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


def _layout(delivery: Delivery) -> Layout:
    return REPORT


def _post(delivery: Delivery, staff: str, clock: Clock) -> object:
    """載せる。長くかかる業務なら、働き手に頼む。"""
    if Office.by_worker:
        about = f"delivery/{delivery.pk}"
        return jobs.enqueue("shiken.post", {"delivery": delivery.pk}, maker=staff, about=about, clock=clock)
    rows = sum(1 for _ in inbound.clean_rows(delivery.pk, REPORT))
    if Office.lose_one:
        rows -= 1
    return inbound.mark_posted(delivery.pk, rows=rows, staff=staff, clock=clock)


def _step(job: jobs.Job, clock: Clock) -> jobs.Step:
    rows = sum(1 for _ in inbound.clean_rows(job.arguments["delivery"], REPORT))
    inbound.mark_posted(job.arguments["delivery"], rows=rows, staff=job.maker, clock=clock)
    return jobs.Step(rows, rows)


def _kind(code: str) -> jobs.JobKind:
    return jobs.JobKind(code=code, name="反映", step=_step) if code == "shiken.post" else jobs.find(code)


INBOUND = InboundPages(
    gyomu="shiken",
    kinds=("給与の報告書", "年金の報告書"),
    layout=_layout,
    post=_post,
    title="試験の受け取り",
    period_hint="四桁の年（例: 2026）",
    period_check=lambda kind, period: _period(period),
    shown=lambda delivery: ("氏名", "支払額"),
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
    patch(working, "find", _kind)


def work() -> None:
    """待っている仕事を全て済ませる。"""
    while jobs.work_once(clock=SystemClock()):
        pass


def primary(page: str) -> str:
    """主ボタンの文（キーを除く）。無ければ空。二つあれば落ちる。"""
    inside = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r"<(?:a|button)[^>]*data-primary[^>]*>(.*?)</(?:a|button)>", inside, re.S)
    assert len(found) <= 1, found
    return re.sub(r"<kbd>.*?</kbd>", "", found[0]).strip() if found else ""
