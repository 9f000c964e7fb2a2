"""前の年度の当初賦課を、職員がするように計算し、差を確かめ、署名し、確定する。どの一歩も、済んでいれば飛ばす。"""

from __future__ import annotations

from datetime import date

from tsugaru.faces.demo.load.office import Office
from tsugaru.kernel.clock import Clock
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run, State

DEFINITION = "kojin.shoki"
NOTE = "見本の年度。初めての賦課なので比べる年がない"


def compute(year: int, desk: Office, clock: Clock) -> None:
    """準備して計算する。準備のまま止まっていれば、それを計算する。"""
    definition = runs.find(DEFINITION)
    run = _run(year)
    if run is None:
        run = runs.create(definition, kind=Kind.INITIAL, period=str(year), maker=desk.clerk, clock=clock)
    if run.state == State.DRAFT:
        runs.execute(run.pk, definition, clock=clock)


def compare(year: int, desk: Office, clock: Clock) -> None:
    """差分を残す。"""
    run = _known(year)
    if run.state == State.COMPUTED:
        runs.compare(run.pk, runs.find(DEFINITION), clock=clock)


def sign(year: int, desk: Office, clock: Clock) -> None:
    """全ての束に、決裁する人が署名する。"""
    run = _known(year)
    if run.state == State.COMPARED:
        for bucket in run.buckets.filter(signature=None).order_by("pk"):
            runs.sign(run.pk, bucket.cause, signer=desk.chief, clock=clock, note=NOTE)


def confirm(year: int, desk: Office, clock: Clock) -> None:
    """確定する（記帳し、課税台帳に載る）。もう確定していれば何も起きない。"""
    run = _known(year)
    runs.confirm(
        run.pk, runs.find(DEFINITION), approver=desk.chief, book_period=str(year),
        effective_on=date(year, 6, 1), clock=clock,
    )  # fmt: skip


def _run(year: int) -> Run | None:
    return Run.objects.filter(definition=DEFINITION, period=str(year)).exclude(state=State.DISCARDED).first()


def _known(year: int) -> Run:
    run = _run(year)
    assert run is not None
    return run
