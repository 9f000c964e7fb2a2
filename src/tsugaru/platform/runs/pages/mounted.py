"""据えた業務と、この職員がこの実行にしてよいこと。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs.definition import RunDefinition
from tsugaru.platform.runs.execution import about
from tsugaru.platform.runs.models import Kind, Run, State
from tsugaru.platform.screens.mounting import Mounted, fresh
from tsugaru.platform.screens.request import StaffRequest

OPEN = (jobs.State.QUEUED, jobs.State.RUNNING)
DISCARDABLE = (State.DRAFT, State.COMPUTED, State.COMPARED, State.SIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPages(Mounted):
    """一つの業務の計算の頁。names は宛名番号の列から氏名、person_url は人の頁の URL（なければ空）。"""

    definitions: Sequence[RunDefinition]
    names: Callable[[Sequence[str]], Mapping[str, str]]
    person_url: Callable[[str], str] | None = None
    title: str = "計算"
    period_hint: str = ""

    def definition(self, code: str) -> RunDefinition:
        """この業務の定義。無ければ RN-0001。"""
        for one in self.definitions:
            if one.code == code:
                return one
        raise 業務エラー("RN-0001", f"計算の定義「{code}」はありません。", "業務の版を確かめてください。")

    def name_of(self, run: Run) -> str:
        """実行の定義の呼び名。定義がもうなければ符号のまま。"""
        return next((one.name for one in self.definitions if one.code == run.definition), run.definition)

    def found(self, number: int) -> Run:
        """この業務の実行。よその業務の物は無いと言う。"""
        run = Run.objects.select_related("baseline", "supersedes").filter(pk=number, gyomu=self.gyomu).first()
        if run is None:
            raise Http404
        return run

    def link(self, subject: str) -> str:
        """人の頁。"""
        return self.person_url(subject) if self.person_url else ""


@dataclass(frozen=True, slots=True)
class Powers:
    """この職員が、今この実行にしてよいこと。釦はこれの分だけ出る。"""

    busy: bool
    retry: bool
    sign: bool
    confirm: bool
    discard: bool
    mine: bool
    fresh: bool


def powers(pages: RunPages, request: StaffRequest, run: Run, job: jobs.Job | None) -> Powers:
    """作った人は署名も確定もできない。動いている間は何もできない。試算は確定できない。"""
    staff = request.seat.staff
    rights = {(o, f) for g, o, f in authz.rights_of(staff.section) if g == pages.gyomu}
    busy = job is not None and job.state in OPEN
    mine = run.maker == staff.number
    decide = pages.decide in rights and not mine and not busy
    make = pages.make in rights and not busy
    return Powers(
        busy=busy,
        retry=make and run.state in (State.DRAFT, State.COMPUTED),
        sign=decide and run.state == State.COMPARED,
        confirm=decide and run.state == State.SIGNED and run.kind != Kind.TRIAL,
        discard=make and run.state in DISCARDABLE,
        mine=mine,
        fresh=fresh(request),
    )


def job_of(run: Run) -> jobs.Job | None:
    """この実行についての最後の仕事（計算か確定）。"""
    return jobs.latest(about(run.pk))
