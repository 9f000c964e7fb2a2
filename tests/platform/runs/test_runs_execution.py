"""計算は、ほかの接続から進みが見え、殺されても跡を残さない。ここだけは本当に COMMIT する。"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from tests.platform.runs.levy import DEFINITION, changed, compute

from tsugaru.kernel.clock import Clock, SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.models import Blob, Progress
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
CLOCK = SystemClock()


@pytest.fixture
def town(towns: tuple[Municipality, Municipality]) -> Iterator[Municipality]:
    """巻き戻さない団体。前の試験の準備の実行は破棄しておく。"""
    with bind(towns[1].code):
        for run in Run.objects.filter(state="draft"):
            runs.discard(run.pk, reason="前の試験")
        yield towns[1]


def _draft(period: str, definition: runs.RunDefinition = DEFINITION) -> Run:
    return runs.create(definition, kind=Kind.INITIAL, period=period, maker="maker", clock=CLOCK)


def _signed(period: str) -> Run:
    run = runs.execute(_draft(period).pk, DEFINITION, clock=CLOCK)
    for bucket in runs.compare(run.pk, DEFINITION, baseline=None, clock=CLOCK):
        runs.sign(run.pk, bucket.cause, signer="checker", note="可", clock=CLOCK)
    return run


def _elsewhere(code: str, call: Any) -> Any:
    """別の糸 = 別の接続で呼ぶ。"""

    def work() -> Any:
        with bind(code):
            try:
                return call()
            finally:
                connections["default"].close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class Ticking:
    """呼ばれるたびに十秒進む時計。"""

    def __init__(self) -> None:
        self.moment = datetime(2026, 5, 1, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=10)
        return self.moment

    def today(self) -> date:
        return self.moment.date()


def test_計算中の進みと終わる時刻が_ほかの接続から見える(town: Municipality) -> None:
    seen: list[Any] = []
    run = _draft("p1")

    def watched(facts: Any, parameters: Any, report: Any) -> Any:
        report(1, 4)
        seen.append(_elsewhere(town.code, lambda: runs.progress(run.pk)))
        return compute(facts, parameters, report)

    clock: Clock = Ticking()
    runs.execute(run.pk, changed(compute=watched), clock=clock)
    assert (seen[0].done, seen[0].total) == (1, 4)
    assert seen[0].expected_end - seen[0].started_at == timedelta(seconds=40)
    assert runs.progress(run.pk) is None


def test_二か所で同時には計算しない(town: Municipality) -> None:
    run = _draft("p2")
    refused: list[str] = []

    def again() -> str:
        with pytest.raises(業務エラー) as caught:
            runs.execute(run.pk, DEFINITION, clock=CLOCK)
        assert runs.execute_next({DEFINITION.code: DEFINITION}, clock=CLOCK) is None
        return caught.value.code

    def slow(facts: Any, parameters: Any, report: Any) -> Any:
        refused.append(_elsewhere(town.code, again))
        return compute(facts, parameters, report)

    assert runs.execute(run.pk, changed(compute=slow), clock=CLOCK).state == "computed"
    assert refused == ["RN-0003"]


def test_待っている実行を古い順に計算する(town: Municipality) -> None:
    first, second = _draft("p3"), _draft("p4")
    table = {DEFINITION.code: DEFINITION}
    done = [runs.execute_next(table, clock=CLOCK) for _ in range(3)]
    assert [run.pk if run else None for run in done] == [first.pk, second.pk, None]


def test_計算が失敗すれば_何も残らず_もう一度始められる(town: Municipality) -> None:
    run = _draft("p5")

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        runs.execute(run.pk, changed(compute=broken), clock=CLOCK)
    run.refresh_from_db()
    assert (run.state, run.facts) == ("draft", {})
    assert runs.execute(run.pk, DEFINITION, clock=CLOCK).state == "computed"


def test_揃っていない受け取りがあれば計算しない(town: Municipality) -> None:
    definition = changed(inputs=("給与の報告書",))
    run = _draft("p6")
    with pytest.raises(業務エラー, match="IB-0020 p6 の受け取りが揃っていません"):
        runs.execute(run.pk, definition, clock=CLOCK)
    with pytest.raises(業務エラー, match="IB-0020"):
        runs.execute_next({DEFINITION.code: definition}, clock=CLOCK)


def test_トランザクションの中からは始められない(here: Municipality) -> None:
    with pytest.raises(RuntimeError, match="トランザクションの外から"):
        runs.execute(1, DEFINITION, clock=CLOCK)


def test_無い定義は番号つきで断る() -> None:
    with pytest.raises(業務エラー, match="RN-0001 計算の定義「無い」はありません"):
        runs.find("無い")


def _killed(town: Municipality, run: Run, stage: str) -> None:
    """別のプロセスに途中までさせ、SIGKILL する。"""
    command = [sys.executable, "-m", "tests.platform.runs.victim", town.code, str(run.pk), stage]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy()) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "here\n"
        victim.kill()


@pytest.mark.faults
def test_計算の途中で殺されても_跡が残らず_もう一度始められる(town: Municipality) -> None:
    run, blobs = _draft("p7"), Blob.objects.count()
    _killed(town, run, "compute")
    run.refresh_from_db()
    assert (run.state, run.facts, run.results_id, Blob.objects.count()) == ("draft", {}, None, blobs)
    _wait_until_unlocked()
    assert runs.execute(run.pk, DEFINITION, clock=CLOCK).people == 4
    assert not Progress.objects.filter(run=run).exists()


@pytest.mark.faults
def test_確定の途中で殺されても_記帳は残らず_やり直せば一度だけ載る(town: Municipality) -> None:
    run = _signed("p8")
    _killed(town, run, "confirm")
    run.refresh_from_db()
    assert run.state == "signed"
    for _ in range(2):
        runs.confirm(
            run.pk,
            DEFINITION,
            approver="chief",
            book_period="2026",
            effective_on=date(2026, 6, 1),
            clock=CLOCK,
        )
    assert len(ledger.numbers_of(runs.cause_of(run.pk))) == 3


def _wait_until_unlocked() -> None:
    """殺されたプロセスの接続をデータベースが畳むまで待つ。"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('runs'), id::int) FROM runs_run WHERE period = 'p7'")
        cursor.execute(
            "SELECT pg_advisory_unlock(hashtext('runs'), id::int) FROM runs_run WHERE period = 'p7'"
        )
