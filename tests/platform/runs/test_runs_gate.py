"""署名が揃うまで確定できず、確定は台帳に一度だけ載る。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.platform.runs.levy import DEFINITION, PEOPLE, computed
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.execution import store
from tsugaru.platform.runs.frames import pack
from tsugaru.platform.runs.models import Blob

pytestmark = pytest.mark.db
PERSON = ledger.AccountKey("receivable", 2026, 1, "1", "city")


class Office:
    """係の人たち。作る人は maker、確かめる人は checker、決裁する人は chief。"""

    def __init__(self, clock: FixedClock) -> None:
        """止まった時計で働く。"""
        self.clock = clock

    def computed(self, *, kind: Kind = Kind.INITIAL, made: Any = None, **options: Any) -> Run:
        """計算が済んだ実行。"""
        run = runs.create(DEFINITION, kind=kind, period="2026", maker="maker", clock=self.clock, **options)
        return store(run.pk, made or computed(), clock=self.clock)

    def signed(self, baseline: Run | None = None, **options: Any) -> Run:
        """全ての束に署名がある実行。"""
        run = self.computed(**options)
        for bucket in runs.compare(run.pk, DEFINITION, baseline=baseline, clock=self.clock):
            run = runs.sign(run.pk, bucket.cause, signer="checker", note="確かめた", clock=self.clock)
        return run

    def confirm(self, run: Run, approver: str = "chief") -> Run:
        """確定する。"""
        done = runs.confirm(
            run.pk,
            DEFINITION,
            approver=approver,
            book_period="2026",
            effective_on=date(2026, 6, 1),
            clock=self.clock,
        )
        _sql("SET CONSTRAINTS ALL IMMEDIATE")
        _sql("SET CONSTRAINTS ALL DEFERRED")
        return done


@pytest.fixture
def office(desk: Desk, clock: FixedClock) -> Office:
    """税の係。"""
    return Office(clock)


def _sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_計算し_差を見て_署名し_確定すると_台帳に載る(office: Office) -> None:
    run = office.confirm(office.signed())
    assert (run.state, run.people, run.transactions) == ("confirmed", 4, 3)
    assert ledger.balance(PERSON) == 20_000
    assert runs.outcome_of(run).results["tax"].sum() == 120_000


def test_何度確定しても_記帳は一度である(office: Office) -> None:
    run = office.signed()
    first, second = office.confirm(run), office.confirm(run)
    assert first.confirmed_at == second.confirmed_at
    assert len(ledger.numbers_of(runs.cause_of(run.pk))) == 3


def test_差し替えると_前の記帳は打ち消され_新しい額だけが残る(office: Office) -> None:
    first = office.confirm(office.signed())
    second = office.signed(
        baseline=first,
        made=computed(PEOPLE | {"1": 400_000}),
        supersedes=first,
        reason="報告書の二つ目の取込み",
    )
    assert {b.cause: b.people for b in second.buckets.all()} == {"total": 4, "data": 1}
    office.confirm(second)
    first.refresh_from_db()
    assert first.state == "superseded"
    assert ledger.balance(PERSON) == 30_000


def test_確定した実行がもうあれば_理由なく二つ目は確定できない(office: Office) -> None:
    first = office.confirm(office.signed())
    with pytest.raises(業務エラー, match="RN-0007 2026 の確定した実行が、もうあります"):
        office.confirm(office.signed())
    with pytest.raises(業務エラー, match="RN-0002"):
        office.computed(supersedes=first, reason="")
    with pytest.raises(業務エラー, match="RN-0002"):
        office.computed(supersedes=office.computed(), reason="誤り")


def test_作った人は署名できず_決裁もできない(office: Office) -> None:
    run = office.computed()
    runs.compare(run.pk, DEFINITION, baseline=None, clock=office.clock)
    with pytest.raises(業務エラー, match="RN-0006"):
        runs.sign(run.pk, "total", signer="maker", clock=office.clock)
    with pytest.raises(DatabaseError, match="RN-0006"), transaction.atomic():
        _sql("INSERT INTO runs_signature SELECT id, 'maker', now(), '' FROM runs_bucket")
    with pytest.raises(業務エラー, match="LG-0008"):
        office.confirm(office.signed(), approver="maker")


def test_一つでも署名のない束があれば確定できない(office: Office) -> None:
    run = office.computed()
    runs.compare(run.pk, DEFINITION, baseline=None, clock=office.clock)
    run = runs.sign(run.pk, "added", signer="checker", clock=office.clock)
    assert run.state == "compared"
    with pytest.raises(業務エラー, match=r"RN-0005 実行.*は差分済"):
        office.confirm(run)
    with pytest.raises(DatabaseError, match="RN-0022"), transaction.atomic():
        _sql("UPDATE runs_run SET state = 'signed'")


def test_見込みの範囲を外れた総額は_所見がなければ署名できない(office: Office) -> None:
    first = office.confirm(office.signed())
    run = office.computed(made=computed({k: v * 3 for k, v in PEOPLE.items()}))
    runs.compare(run.pk, DEFINITION, baseline=first, clock=office.clock)
    with pytest.raises(業務エラー, match="RN-0008 見込みの範囲を外れた数があります（総額）"):
        runs.sign(run.pk, "total", signer="checker", clock=office.clock)
    runs.sign(run.pk, "total", signer="checker", note="大きな工場が来た", clock=office.clock)


def test_試算は確定できない(office: Office) -> None:
    run = office.signed(kind=Kind.TRIAL)
    with pytest.raises(業務エラー, match="RN-0009"):
        office.confirm(run)


def test_破棄した実行は動かず_確定した実行は破棄できない(office: Office) -> None:
    run = runs.discard(office.computed().pk, reason="やり直し")
    with pytest.raises(業務エラー, match="RN-0005"):
        runs.compare(run.pk, DEFINITION, baseline=None, clock=office.clock)
    done = office.confirm(office.signed())
    with pytest.raises(業務エラー, match="RN-0005"):
        runs.discard(done.pk, reason="やり直し")


def test_締めた帳簿には確定できず_何も残らない(office: Office) -> None:
    run = office.signed()
    ledger.close("2026", maker="a", approver="b", clock=office.clock)
    with pytest.raises(DatabaseError, match="LG-0003"), transaction.atomic():
        office.confirm(run)
    run.refresh_from_db()
    assert run.state == "signed"


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE runs_run SET state = 'confirmed', confirmed_by = 'x'", "RN-0021"),
        ("UPDATE runs_run SET results_id = parameters_id", "RN-0021"),
        ("UPDATE runs_run SET maker = 'x'", "RN-0021"),
        ("UPDATE runs_run SET state = 'draft'", "RN-0021"),
        ("UPDATE runs_blob SET content = 'x'", "permission denied"),
        ("DELETE FROM runs_bucket", "permission denied"),
        ("DELETE FROM runs_run", "permission denied"),
        ("INSERT INTO runs_bucket (run_id, cause, people, before, after, members_id, detail) "
         "SELECT run_id, 'rule', 0, 0, 0, members_id, '{}' FROM runs_bucket", "RN-0024"),
    ],
)  # fmt: skip
def test_関所はSQLでも抜けられない(office: Office, statement: str, message: str) -> None:
    run = office.computed()
    runs.compare(run.pk, DEFINITION, baseline=None, clock=office.clock)
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        _sql(statement)


def test_差し替える実行なしに_差替済にはできない(office: Office) -> None:
    office.confirm(office.signed())
    with pytest.raises(DatabaseError, match="RN-0023"), transaction.atomic():
        _sql("UPDATE runs_run SET state = 'superseded'")
        _sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_準備でない実行は作れない(office: Office) -> None:
    office.computed()
    columns = (
        "definition, gyomu, kind, period, state, maker, made_at, reason, facts, parameters_id, law_version, "
        "results_id, people, confirmed_by, transactions"
    )
    with pytest.raises(DatabaseError, match="RN-0020"), transaction.atomic():
        _sql(f"INSERT INTO runs_run ({columns}) SELECT {columns} FROM runs_run")


def test_計算し直しは新しい実行で行う(office: Office) -> None:
    with pytest.raises(業務エラー, match=r"RN-0004 実行.*は、もう計算済です"):
        store(office.computed().pk, computed(), clock=office.clock)


def test_しまった中身が要約と違えば出さない(office: Office) -> None:
    Blob.objects.create(
        sha256="0" * 64, rows=4, size=1, made_at=office.clock.now(), content=pack(computed().results)
    )
    with pytest.raises(業務エラー, match="RN-0010"):
        runs.frame_of("0" * 64)


def test_一人に二行の結果は残さない(office: Office) -> None:
    made = computed()
    doubled = type(made)(made.facts, made.parameters, "v1", made.results.vstack(made.results))
    with pytest.raises(ValueError, match="一人一行"):
        office.computed(made=doubled)
