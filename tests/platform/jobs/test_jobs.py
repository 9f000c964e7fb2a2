"""仕事は一歩ずつ進み、断られても倒れても、済んだ一歩は一度だけ効く。"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from tests.platform.jobs import errands
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs import working
from tsugaru.platform.jobs.api import Job, Step
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """監査に残したこと（行為・中身・誰が）。"""
    kept: list[Any] = []
    real = audit.record

    def record(**content: Any) -> None:
        who = audit.current_actor()
        kept.append((content["act"], content["detail"].get("n"), who.number, who.section))
        real(**content)

    monkeypatch.setattr(audit, "record", record)
    return kept


@pytest.fixture
def enqueue(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, seen: list[Any]
) -> Callable[..., Job]:
    """仕事を登録する。"""
    errands.use(monkeypatch.setattr)
    Job.objects.filter(state__in=["queued", "running"]).update(state="cancelled")

    def make(kind: str = "count", **arguments: Any) -> Job:
        with audit.actor(audit.Actor(number="k101", section="税務課")):
            return jobs.enqueue(kind, arguments, maker="k101", clock=clock, about="試験/1")

    return make


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_登録の順に一歩ずつ進み_登録した人の名で残る(
    enqueue: Callable[..., Job], clock: FixedClock, seen: list[Any]
) -> None:
    first, second = enqueue(total=12), enqueue(total=3)
    states = []
    for _ in range(4):
        assert jobs.work_once(clock=clock)
        states.append((now(first).state, now(first).done, now(second).state))
    assert states == [
        ("running", 5, "queued"), ("running", 10, "queued"), ("done", 12, "queued"), ("done", 12, "done"),
    ]  # fmt: skip
    assert not jobs.work_once(clock=clock)
    assert now(first).result == {"last": 12}
    written = [rest for act, *rest in seen if act == errands.ACT]
    assert written == [[n, "k101", "税務課"] for n in (*range(1, 13), 1, 2, 3)]


@pytest.mark.parametrize(
    ("kind", "code", "what"),
    [
        ("refuse", "ZZ-0002", "1さんの分を作れません。"),
        ("stray", "JB-0500", "思わぬ誤りで止まりました（ZeroDivisionError）。"),
        ("still", "JB-0500", "思わぬ誤りで止まりました（RuntimeError）。"),
        ("無い", "JB-0001", "仕事の種類「無い」はありません。"),
    ],
)
def test_失敗は番号と直し方とともに残り_次の仕事は進む(
    enqueue: Callable[..., Job], clock: FixedClock, kind: str, code: str, what: str
) -> None:
    broken, after = enqueue(kind, who="1"), enqueue(total=1)
    jobs.work_once(clock=clock)
    jobs.work_once(clock=clock)
    found = now(broken)
    assert (found.state, found.code, found.message, found.done) == ("failed", code, what, 0)
    assert found.remedy
    assert now(after).state == "done"


def test_失敗した一歩が書いたものは残らない(
    enqueue: Callable[..., Job], clock: FixedClock, seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_refuse(job: Job, clock: Any) -> Step:
        enqueue(total=1)
        raise 業務エラー("ZZ-0003", "だめです。", "やり直してください。")

    monkeypatch.setitem(
        errands.KINDS, "refuse", type(errands.KINDS["refuse"])(code="refuse", name="", step=write_and_refuse)
    )
    enqueue("refuse")
    before = Job.objects.count()
    jobs.work_once(clock=clock)
    assert Job.objects.count() == before


def test_データベースの壁が断った訳は_番号のまま残る(
    enqueue: Callable[..., Job], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wall(job: Job, clock: Any) -> Step:
        raise IntegrityError("LG-0003 締めた期間には記帳できません。\nCONTEXT: …")

    monkeypatch.setitem(
        errands.KINDS, "stray", type(errands.KINDS["stray"])(code="stray", name="", step=wall)
    )
    job = enqueue("stray")
    jobs.work_once(clock=clock)
    assert (now(job).code, now(job).message) == ("LG-0003", "締めた期間には記帳できません。")


def test_途中で倒れた仕事は続きから始まり_三度進まなければ止める(
    enqueue: Callable[..., Job], clock: FixedClock
) -> None:
    job = enqueue(total=20)
    jobs.work_once(clock=clock)
    Job.objects.filter(pk=job.pk).update(attempts=2)  # 二度倒れた
    jobs.work_once(clock=clock)
    assert (now(job).done, now(job).attempts) == (10, 0)
    Job.objects.filter(pk=job.pk).update(attempts=3)
    assert not jobs.work_once(clock=clock)
    assert (now(job).state, now(job).code, now(job).done) == ("failed", "JB-0003", 10)


def test_止められただけなら_始めた回数に数えない(
    enqueue: Callable[..., Job], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(job: Job, clock: Any) -> Step:
        raise SystemExit(0)

    monkeypatch.setitem(
        errands.KINDS, "stray", type(errands.KINDS["stray"])(code="stray", name="", step=leave)
    )
    job = enqueue("stray")
    for _ in range(5):
        with pytest.raises(SystemExit):
            jobs.work_once(clock=clock)
    assert (now(job).state, now(job).attempts) == ("running", 0)


def test_データベースが倒れたのは仕事の失敗ではない(
    enqueue: Callable[..., Job], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(job: Job, clock: Any) -> Step:
        raise IntegrityError("server closed the connection unexpectedly")

    job = enqueue("still")
    monkeypatch.setitem(
        errands.KINDS, "still", type(errands.KINDS["still"])(code="still", name="", step=lost)
    )
    monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: False)
    with pytest.raises(IntegrityError):
        jobs.work_once(clock=clock)
    assert now(job).state == "running"


def test_取り消せば_働いている一歩もなかったことになる(
    enqueue: Callable[..., Job], clock: FixedClock, seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(job: Job, clock: Any) -> Step:
        Job.objects.filter(pk=job.pk).update(state="cancelled")
        made = Job.objects.create(kind="count", maker="x", made_at=clock.now())
        return Step(1, 1, {"made": made.pk})

    monkeypatch.setitem(
        errands.KINDS, "stray", type(errands.KINDS["stray"])(code="stray", name="", step=cancelled)
    )
    job = enqueue("stray")
    count = Job.objects.count()
    jobs.work_once(clock=clock)
    assert (Job.objects.count(), now(job).done) == (count, 0)


def test_待ちと実行中だけを取り消せ_失敗したものだけをもう一度登録できる(
    enqueue: Callable[..., Job], clock: FixedClock
) -> None:
    waiting, bad = enqueue(total=1), enqueue("refuse", who="1")
    assert jobs.cancel(waiting.pk, reason="要らない", clock=clock).state == "cancelled"
    with pytest.raises(業務エラー, match=r"JB-0002 仕事\d+は取消なので"):
        jobs.cancel(waiting.pk, reason="要らない", clock=clock)
    jobs.work_once(clock=clock)
    fresh = jobs.again(bad.pk, maker="k102", clock=clock)
    assert (fresh.kind, fresh.arguments, fresh.about, fresh.state) == (
        "refuse",
        {"who": "1"},
        "試験/1",
        "queued",
    )
    assert jobs.latest("試験/1") == fresh
    with pytest.raises(業務エラー, match="JB-0002"):
        jobs.again(fresh.pk, maker="k102", clock=clock)


def test_前に待つ数と終わる時刻(enqueue: Callable[..., Job], clock: FixedClock) -> None:
    first, second = enqueue(total=20), enqueue(total=1)
    assert (jobs.ahead(second), jobs.expected_end(now(first))) == (1, None)
    jobs.work_once(clock=clock)
    later = clock.now() + timedelta(seconds=30)
    Job.objects.filter(pk=first.pk).update(updated_at=later)
    assert jobs.expected_end(now(first)) == datetime(2026, 4, 20, 1, 2, tzinfo=UTC)


def test_一つの団体で働くのは一度に一人(towns: tuple[Municipality, Municipality], clock: FixedClock) -> None:
    def elsewhere() -> bool:
        with bind(towns[0].code):
            try:
                with working._alone() as mine:
                    return mine
            finally:
                connections["default"].close()

    def ask() -> bool:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(elsewhere).result()

    with bind(towns[0].code):
        with working._alone() as mine:
            assert mine
            assert ask() is False
        assert ask() is True


def test_断らずに失敗とは書けない(enqueue: Callable[..., Job]) -> None:
    job = enqueue(total=1)
    with pytest.raises(IntegrityError, match="jobs_failed_code_ck"), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state="failed")
