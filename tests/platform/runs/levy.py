"""試験の計算。収入から控除を引き、率を掛ける（制度の計算ではない）。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from tsugaru.platform.ledger.api import AccountKey, Line, Posting
from tsugaru.platform.runs.api import Aggregate, Facts, Outcome, Parameters, Report, RunDefinition
from tsugaru.platform.runs.execution import Computed

PARAMETERS = {"率": 10, "控除": 100_000}
PEOPLE = {"1": 300_000, "2": 500_000, "3": 90_000, "4": 700_000}


def facts(people: Mapping[str, int | None]) -> Facts:
    """宛名番号 → 収入。"""
    schema = {"subject": pl.String, "income": pl.Int64}
    return {"people": pl.DataFrame({"subject": list(people), "income": list(people.values())}, schema)}


def compute(facts: Facts, parameters: Parameters, report: Report) -> pl.DataFrame:
    """もとの規則。"""
    frame = facts["people"]
    report(frame.height, frame.height)
    base = (pl.col("income") - parameters["控除"]).clip(lower_bound=0)
    return frame.select("subject", tax=base * parameters["率"] // 100, taxed=base > 0)


def compute_rounded(facts: Facts, parameters: Parameters, report: Report) -> pl.DataFrame:
    """改められた規則: 五万円を超える額だけ、一万円を加える。"""
    tax = pl.col("tax")
    return compute(facts, parameters, report).with_columns(
        tax=pl.when(tax > 50_000).then(tax + 10_000).otherwise(tax)
    )


def postings(results: pl.DataFrame) -> Iterable[Posting]:
    """一人に一つ。税のない人は記帳しない。"""
    for row in results.filter(pl.col("tax") > 0).iter_rows(named=True):
        person = AccountKey("receivable", 2026, 1, row["subject"], "city")
        income = AccountKey("income", 2026, share="city")
        yield Posting(row["subject"], [Line(person, debit=row["tax"]), Line(income, credit=row["tax"])])


DEFINITION = RunDefinition(
    code="試験の当初",
    name="試験の当初の計算",
    gyomu="試験",
    read=lambda period: facts(PEOPLE),
    parameters=lambda period: PARAMETERS,
    law_version=lambda: "v1",
    compute=compute,
    amount="tax",
    postings=postings,
    aggregates=(
        Aggregate("総額", lambda r: int(r["tax"].sum()), low=1, permille=500),
        Aggregate("人数", lambda r: r.height, high=1_000),
    ),
)


def changed(**parts: Any) -> RunDefinition:
    """一部を替えた定義。"""
    return replace(DEFINITION, **parts)


def computed(
    people: Mapping[str, int | None] = PEOPLE,
    parameters: Mapping[str, Any] = PARAMETERS,
    law: str = "v1",
    rule: Callable[..., pl.DataFrame] = compute,
) -> Computed:
    """計算した物。"""
    frame = facts(people)
    return Computed(frame, parameters, law, rule(frame, parameters, lambda done, total: None))


def outcome(*args: Any, **kwargs: Any) -> Outcome:
    """差を見るための形。"""
    c = computed(*args, **kwargs)
    return Outcome(c.facts, dict(c.parameters), c.law_version, c.results)
