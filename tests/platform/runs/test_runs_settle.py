"""確定は業務の台帳にも一度だけ書き、差し替えれば前の分を下ろす。比べる相手は定義が選ぶ。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.platform.runs.levy import DEFINITION, PEOPLE, changed, computed, postings
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Facts, Kind, Run, RunDefinition
from tsugaru.platform.runs.execution import store

pytestmark = pytest.mark.db
PERSON = ledger.AccountKey("receivable", 2026, 1, "1", "city")


class Roll:
    """業務の台帳の代わり: 何を、どの順に頼まれたか。"""

    def __init__(self, *, broken: bool = False) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.broken = broken

    def settle(self, run: Run, results: pl.DataFrame, facts: Facts) -> None:
        """載せる。このときもう記帳がある。"""
        posted = len(ledger.numbers_of(runs.cause_of(run.pk)))
        self.calls.append(
            ("settle", run.pk, results.height, facts["people"].height, posted, run.effective_on)
        )
        if self.broken:
            raise 業務エラー("ZZ-0001", "台帳に書けません。", "確かめてください。")

    def unsettle(self, old: Run, new: Run) -> None:
        """下ろす。"""
        self.calls.append(("unsettle", old.pk, new.pk))


@pytest.fixture
def made(desk: Desk, clock: FixedClock) -> Any:
    """準備から署名まで。"""

    def make(definition: RunDefinition = DEFINITION, people: Any = PEOPLE, **options: Any) -> Run:
        period = options.pop("period", "2026")
        run = runs.create(definition, kind=Kind.INITIAL, period=period, maker="maker", clock=clock, **options)
        store(run.pk, computed(people), clock=clock)
        for bucket in runs.compare(run.pk, definition, clock=clock):
            run = runs.sign(run.pk, bucket.cause, signer="checker", note="可", clock=clock)
        return run

    return make


def confirm(run: Run, definition: RunDefinition, clock: FixedClock) -> Run:
    return runs.confirm(
        run.pk, definition, approver="chief", book_period="2026", effective_on=date(2026, 6, 1), clock=clock
    )


def test_確定は記帳の後に業務の台帳へ一度だけ書く(made: Any, clock: FixedClock) -> None:
    roll = Roll()
    definition = changed(settle=roll.settle, unsettle=roll.unsettle)
    run = made(definition)
    for _ in range(2):
        done = confirm(run, definition, clock)
    assert roll.calls == [("settle", run.pk, 4, 4, 3, date(2026, 6, 1))]
    done.refresh_from_db()
    assert (done.book_period, done.effective_on) == ("2026", date(2026, 6, 1))


def test_業務の台帳に書けなければ_記帳も確定もなかったことになる(made: Any, clock: FixedClock) -> None:
    roll = Roll(broken=True)
    run = made()
    with pytest.raises(業務エラー, match="ZZ-0001"):
        confirm(run, changed(settle=roll.settle), clock)
    run.refresh_from_db()
    assert (run.state, run.confirmed_by, ledger.numbers_of(runs.cause_of(run.pk))) == ("signed", "", [])
    assert ledger.balance(PERSON) == 0


def test_差し替えると_前の分を下ろしてから新しい分を載せる(made: Any, clock: FixedClock) -> None:
    roll = Roll()
    definition = changed(settle=roll.settle, unsettle=roll.unsettle)
    first = confirm(made(definition), definition, clock)
    second = made(definition, PEOPLE | {"5": 200_000}, supersedes=first, reason="二つ目の取込み")
    confirm(second, definition, clock)
    assert [call[:3] for call in roll.calls] == [
        ("settle", first.pk, 4),
        ("unsettle", first.pk, second.pk),
        ("settle", second.pk, 5),
    ]


def test_記帳は実行と事実を見て作れる(made: Any, clock: FixedClock) -> None:
    """収入が五十万円以上の人だけに記帳する（結果の表には収入がない）。"""

    def of(run: Run, results: pl.DataFrame, facts: Facts) -> Iterable[ledger.Posting]:
        rich = facts["people"].filter(pl.col("income") >= 500_000)
        return postings(results.join(rich, on="subject", how="semi"))

    definition = changed(postings_of=of)
    run = confirm(made(definition), definition, clock)
    assert run.transactions == 2
    assert ledger.balance(PERSON) == 0


def test_記帳のない計算も確定できる(made: Any, clock: FixedClock) -> None:
    definition = changed(postings=runs.no_postings)
    assert confirm(made(definition), definition, clock).transactions == 0


def test_比べる相手は_差し替える実行か_同じ定義と期間の確定した実行(made: Any, clock: FixedClock) -> None:
    first = confirm(made(), DEFINITION, clock)
    assert first.baseline_id is None
    assert made().baseline_id == first.pk
    assert made(supersedes=first, reason="訂正").baseline_id == first.pk
    assert made(period="2027").baseline_id is None


def test_月例は_その年の最後に確定した実行と比べる(made: Any, clock: FixedClock) -> None:
    monthly = changed(
        code="試験の月例", baseline=lambda period: runs.last_confirmed("試験", period=period[:4])
    )
    first = confirm(made(), DEFINITION, clock)
    july = made(monthly, PEOPLE | {"1": 400_000}, period="2026-07")
    assert july.baseline_id == first.pk
    assert {b.cause: b.people for b in july.buckets.all()} == {"total": 4, "data": 1}
    confirm(july, monthly, FixedClock(clock.now().replace(month=7)))
    assert made(monthly, period="2026-08").baseline_id == july.pk
    assert made(monthly, period="2027-07").baseline_id is None
