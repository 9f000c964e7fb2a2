"""個人住民税の見本の年。画面が出た後に、働き手が一歩ずつ用意する（どこで殺されても、続きから始まる）。

前の年度   届いて、載り、結ばれ、当初賦課が確定している
今の年度   届いている。ただし町の税務課の春のように、次のものが残っている
             二つ目のファイルの届かない届け物、誤りの片付いていない届け物、前の年のファイルを断った届け物、決まらない名寄せ
             （後から届くファイルは <置き場>/demo/<団体コード>/files にあり、職員が受け取りの画面から入れる）

どの一歩も、もう済んだことは飛ばす。記録には見本の職員の名が残る。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import psycopg

from tsugaru.faces.cli import boot
from tsugaru.faces.demo.load import deliveries, levies
from tsugaru.faces.demo.load.employers import load_employers
from tsugaru.faces.demo.load.office import Office, office
from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.reports import Delivered, Forms, reports
from tsugaru.faces.demo.towns import people_of
from tsugaru.gyomu.kojin import api as kojin
from tsugaru.kernel.clock import Clock, SystemClock
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs.api import Job, State, Step
from tsugaru.platform.tenancy import bound_code, directory, home

KIND, ABOUT = "demo.taxes", "kojin/prepare"
BEFORE, NOW = 2025, 2026
"""前の年度と、今の年度。収入はその前の年のものである。"""
ROWS = 2_500
"""一歩で受け取る行の目安。"""
UNDECIDED = 12
"""職員のために残す、決まらない名寄せの枚数。"""


@dataclass(frozen=True, slots=True)
class Material:
    """一つの団体の、二年分の資料。"""

    people: Population
    before: Delivered
    now: Delivered


_SHELF: dict[str, Material] = {}
"""働き手の手元に置く、進んでいる団体の資料（大きいので、終われば捨てる。なくても作り直せる）。"""


def order(*, scale: float, seed: int) -> None:
    """用意を登録する。用意の途中か、もう済んでいれば何もしない。失敗していれば登録し直す。"""
    last = jobs.latest(ABOUT)
    if last is not None and last.state not in (State.FAILED, State.CANCELLED):
        return
    arguments = {"scale": scale, "seed": seed}
    jobs.enqueue(KIND, arguments, maker=office().clerk, about=ABOUT, clock=SystemClock())


def step(job: Job, clock: Clock) -> Step:
    """一歩。"""
    code = bound_code()
    made = _SHELF.get(code) or _material(code, float(job.arguments["scale"]), int(job.arguments["seed"]))
    plan = list(_plan(made, office(), clock))
    plan[job.done]()
    _SHELF[code] = made
    if job.done + 1 == len(plan):
        del _SHELF[code]
    return Step(job.done + 1, len(plan))


def _plan(made: Material, desk: Office, clock: Clock) -> Iterator[Callable[[], object]]:
    """済ませる順の一歩。同じ団体・縮尺・種なら、いつも同じ並びになる。"""
    yield partial(_employers, made.people, desk, clock)
    nothing: frozenset[str] = frozenset()
    for batch in deliveries.batches(made.before, ROWS):
        yield partial(deliveries.bring, batch, BEFORE, desk, clock, waiting=nothing)
    yield partial(deliveries.settle, made.before, BEFORE, desk, clock)
    for work in (levies.compute, levies.compare, levies.sign, levies.confirm):
        yield partial(work, BEFORE, desk, clock)
    waiting = deliveries.left_alone(made.now)
    for batch in deliveries.batches(made.now, ROWS):
        yield partial(deliveries.bring, batch, NOW, desk, clock, waiting=waiting)
    yield partial(deliveries.settle, made.now, NOW, desk, clock, keep=UNDECIDED)
    yield partial(deliveries.hand_out, made.now, home.home() / "demo" / bound_code() / "files")


def _employers(people: Population, desk: Office, clock: Clock) -> None:
    town = directory.by_code(bound_code())
    with psycopg.connect(boot.server().dsn(town.database)) as connection:
        load_employers(connection, people.法人, staff=desk.clerk, now=clock.now())


def _material(code: str, scale: float, seed: int) -> Material:
    """人と資料。種から作り直すので、どこにもしまわない。"""
    people = people_of(directory.by_code(code), scale=scale, seed=seed)
    first = BEFORE - 1
    years = [
        reports(people, _forms(year), year=year - 1, seed=seed, since=first, clean=year == BEFORE)
        for year in (BEFORE, NOW)
    ]
    return Material(people, *years)


def _forms(year: int) -> Forms:
    return Forms(*(kojin.届け方を引く(kind).様式(year) for kind in deliveries.KINDS.values()))
