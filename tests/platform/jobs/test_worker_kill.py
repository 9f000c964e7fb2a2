"""働き手とデータベースを、仕事の最中に kill -9 する。済んだ一歩は一度だけ効き、続きから終わる。"""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import psycopg
import pytest
from tests.faults.installation import Installation
from tests.platform.jobs import errands
from tests.platform.runs.levy import DEFINITION

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs.api import Job
from tsugaru.platform.runs import api as runs
from tsugaru.platform.tenancy import bind, cluster, directory

pytestmark = [pytest.mark.db, pytest.mark.faults]
TOWN, CLOCK = "990019", SystemClock()
WORKER = "tests.platform.jobs.victim"


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    """自分だけの設置。"""
    made = Installation()
    try:
        made.add_towns(1)
        yield made
    finally:
        made.remove()


@pytest.fixture
def inside(place: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """この過程からも、その設置のデータベースを見る。"""
    from django.db import connections

    monkeypatch.setenv("TSUGARU_HOME", str(place.home))
    directory.forget()
    cluster.wait_until_ready(cluster.start())
    with bind(TOWN):
        connections.drop(f"m{TOWN}")  # 前の試験が、同じコードの別の設置につないだ登録を捨てる
        yield place
        connections.drop(f"m{TOWN}")
    directory.forget()
    _end_workers()


def _end_workers() -> None:
    """落ちた試験が残した働き手が、次の試験の仕事を取らないようにする。"""
    for child in psutil.Process().children():
        if WORKER in child.cmdline():
            child.kill()
            child.wait(timeout=20)


def until(seen: Callable[[], Any], seconds: float = 60) -> Any:
    """見えるまで待つ。倒れたデータベースには、戻るまで何度でも聞く。"""
    from django.db import Error, connection

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = seen()
        except Error:
            connection.close()
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("待っても見えません")


def state(job: Job) -> tuple[str, int]:
    found = Job.objects.get(pk=job.pk)
    return found.state, found.done


def written(place: Installation, job: Job) -> list[int]:
    """鎖に残った数。"""
    with psycopg.connect(cluster.start().dsn(f"tsugaru_{TOWN}")) as connection:
        rows = connection.execute("SELECT content FROM audit.entry ORDER BY seq").fetchall()
    found = [json.loads(bytes(content)) for (content,) in rows]
    return [c["detail"]["n"] for c in found if c["act"] == errands.ACT and c["detail"]["job"] == job.pk]


def test_働き手が一歩の途中で殺されても_続きから一度ずつ終わる(inside: Installation) -> None:
    # 待つ時間は、機械が一息止まっても「五つ済んだ」ところを見逃さない長さにする
    job = jobs.enqueue("count", {"total": 12, "slow": 6}, maker="k1", clock=CLOCK)
    first = inside.spawn(WORKER)
    until(lambda: state(job) == ("running", 5))
    time.sleep(0.3)  # 二歩目を書いて、COMMIT の前で待っている
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert state(job) == ("running", 5)
    second = inside.spawn(WORKER)
    until(lambda: state(job) == ("done", 12))
    assert written(inside, job) == list(range(1, 13))
    second.terminate()
    assert second.wait(timeout=20) == 0


def test_計算の途中でデータベースが殺されても_戻れば計算し差分まで残る(inside: Installation) -> None:
    run = runs.create(DEFINITION, kind=runs.Kind.INITIAL, period="2026", maker="k1", clock=CLOCK)
    worker = inside.spawn(WORKER)
    until(lambda: (seen := runs.progress(run.pk)) and seen.done > 3)
    inside.kill_database()
    time.sleep(1)
    assert worker.poll() is None
    cluster.wait_until_ready(cluster.start())
    until(lambda: runs.Run.objects.get(pk=run.pk).state == "compared")
    assert [b.cause for b in run.buckets.order_by("cause")] == ["added", "total"]
    job = jobs.latest(f"run/{run.pk}")
    assert job is not None
    assert (job.state, job.done) == ("done", 1)
    worker.terminate()
    assert worker.wait(timeout=20) == 0


def test_働いている途中で止められれば_すぐ止まり倒れたとは数えない(inside: Installation) -> None:
    job = jobs.enqueue("count", {"total": 12, "slow": 30}, maker="k1", clock=CLOCK)
    worker = inside.spawn(WORKER)
    until(lambda: state(job) == ("running", 5) and Job.objects.get(pk=job.pk).attempts == 1)
    started = time.monotonic()
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    assert time.monotonic() - started < 5
    assert (*state(job), Job.objects.get(pk=job.pk).attempts) == ("running", 5, 0)
    jobs.cancel(job.pk, reason="試験の終わり", clock=CLOCK)


def _worker_of(server: subprocess.Popen[bytes]) -> psutil.Process | None:
    children = psutil.Process(server.pid).children()
    return next((c for c in children if "worker" in c.cmdline() and c.status() != psutil.STATUS_ZOMBIE), None)


def test_画面を出す者は_働き手を起こし_倒れれば起こし直し_一緒に止める(inside: Installation) -> None:
    """知らない種類の仕事は、働き手がいれば「ありません」と断られる。"""

    def refused() -> str:
        job = jobs.enqueue("無い", {}, maker="k1", clock=CLOCK)
        until(lambda: state(job)[0] == "failed")
        return Job.objects.get(pk=job.pk).code

    inside.serve()
    assert inside.server is not None
    worker = until(lambda: _worker_of(inside.server))  # type: ignore[arg-type]
    assert refused() == "JB-0001"
    assert worker.nice() >= 10
    worker.kill()
    assert refused() == "JB-0001"
    again = until(lambda: _worker_of(inside.server))  # type: ignore[arg-type]
    inside.kill_database()
    until(Job.objects.count)
    assert refused() == "JB-0001"
    assert again.is_running()
    inside.stop()
    psutil.wait_procs([again], timeout=20)
    assert not again.is_running()
