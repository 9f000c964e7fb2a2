"""二つの実行の差を、原因ごとに分ける。

前の結果から後の結果まで、規則・定め・事実の順に一つずつ替えて計算し直し、人ごとに、どの一歩で結果が動いたかを見る。
一歩だけで動いた人はその原因、二歩以上で動いた人は「複数」である。版が同じ一歩は計算し直さない。
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from tsugaru.platform.runs import blobs
from tsugaru.platform.runs.definition import Facts, RunDefinition
from tsugaru.platform.runs.frames import SUBJECT, digest
from tsugaru.platform.runs.models import Cause, Run

TOP = 20
EDGES = (-100_000, -10_000, -1_000, 0, 1_000, 10_000, 100_000)
"""変化の額（円）の区切り。区間は「より大きく、以下」である。"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """一つの実行の、事実・定め・規則の版・結果。"""

    facts: Facts
    parameters: dict[str, Any]
    law_version: str
    results: pl.DataFrame


def outcome_of(run: Run) -> Outcome:
    """しまった実行を出す。"""
    assert run.parameters_id is not None
    assert run.results_id is not None
    facts = {name: blobs.frame_of(sha256) for name, sha256 in run.facts.items()}
    return Outcome(facts, blobs.values_of(run.parameters_id), run.law_version, blobs.frame_of(run.results_id))


def difference(definition: RunDefinition, before: Outcome | None, after: Outcome) -> pl.DataFrame:
    """結果が動いた人の表: subject, cause, before, after, delta（円）。人の番号の順。

    before が None（初めての実行）なら、全員が「増えた人」である。
    """
    new = after.results.select(SUBJECT, pl.col(definition.amount).alias("after"))
    if before is None:
        return _with_delta(new.with_columns(cause=pl.lit(Cause.ADDED.value), before=pl.lit(0, pl.Int64)))
    old = before.results.select(SUBJECT, pl.col(definition.amount).alias("before"))
    added = new.join(old, on=SUBJECT, how="anti").with_columns(
        cause=pl.lit(Cause.ADDED.value), before=pl.lit(0, pl.Int64)
    )
    removed = old.join(new, on=SUBJECT, how="anti").with_columns(
        cause=pl.lit(Cause.REMOVED.value), after=pl.lit(0, pl.Int64)
    )
    moved = _causes(definition, before, after).join(old, on=SUBJECT).join(new, on=SUBJECT)
    return _with_delta(pl.concat([moved, added, removed], how="diagonal"))


def summary(cause: str, rows: pl.DataFrame) -> dict[str, Any]:
    """束の詳しい中身: 変化の大きい人、変化の分布、判定できない人の数。"""
    top = largest(rows).head(TOP)
    steps = [None, *EDGES, None]
    counts = [
        {"over": low, "upto": high, "people": rows.filter(_between(low, high)).height}
        for low, high in pairwise(steps)
    ]
    unknown = rows["delta"].null_count()
    return {
        "cause": cause,
        "top": top.drop("cause").to_dicts(),
        "distribution": counts,
        "unknown": unknown,
    }


def largest(rows: pl.DataFrame) -> pl.DataFrame:
    """変化の大きい順。判定できない人は後に並ぶ。"""
    return rows.sort(pl.col("delta").abs(), SUBJECT, descending=[True, False], nulls_last=True)


def _between(low: int | None, high: int | None) -> pl.Expr:
    over = pl.lit(True) if low is None else pl.col("delta") > low
    return over if high is None else over & (pl.col("delta") <= high)


def _with_delta(rows: pl.DataFrame) -> pl.DataFrame:
    columns = [SUBJECT, "cause", "before", "after", "delta"]
    return rows.with_columns(delta=pl.col("after") - pl.col("before")).select(columns).sort(SUBJECT)


def _causes(definition: RunDefinition, before: Outcome, after: Outcome) -> pl.DataFrame:
    """両方にいて結果が動いた人の subject と cause。"""
    final = _moved(before.results, after.results)
    steps = _steps(definition, before, after)
    if steps is None:
        return final.with_columns(cause=pl.lit(Cause.SEVERAL.value))
    touched = pl.concat(
        _moved(left, right).with_columns(cause=pl.lit(cause.value))
        for cause, (left, right) in zip(
            (Cause.RULE, Cause.PARAMETER, Cause.DATA), pairwise(steps), strict=True
        )
    )
    one = touched.group_by(SUBJECT).agg(
        pl.when(pl.len() == 1)
        .then(pl.col("cause").first())
        .otherwise(pl.lit(Cause.SEVERAL.value))
        .alias("cause")
    )
    return final.join(one, on=SUBJECT)


def _steps(definition: RunDefinition, before: Outcome, after: Outcome) -> list[pl.DataFrame] | None:
    """前の結果、規則だけ替えた結果、定めも替えた結果、後の結果。事実の項目が違えば切り分けられない（None）。"""
    first, last = before.results, after.results
    shapes = [{name: sorted(frame.columns) for name, frame in o.facts.items()} for o in (before, after)]
    same_law = before.law_version == after.law_version
    same_parameters = before.parameters == after.parameters
    if shapes[0] != shapes[1] and not (same_law and same_parameters):
        return None
    ruled = first if same_law else definition.compute(before.facts, before.parameters, _silent)
    if same_parameters:
        return [first, ruled, ruled, last]
    return [first, ruled, definition.compute(before.facts, after.parameters, _silent), last]


def _silent(done: int, total: int) -> None:
    """差を見るための計算の進みは、知らせない。"""


def _moved(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """両方にいて、共通の列のどれかが違う人。無（判定できない）どうしは等しい。"""
    columns = [name for name in left.columns if name in right.columns and name != SUBJECT]
    if digest(left) == digest(right):
        return left.select(SUBJECT).head(0)
    both = left.join(right, on=SUBJECT, suffix="\x00after")
    changed = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}\x00after")) for name in columns)
    return both.filter(changed).select(SUBJECT)
