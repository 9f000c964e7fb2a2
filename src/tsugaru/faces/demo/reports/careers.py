"""年をまたぐ収入: 最初の年を引き、次の年からは、同じ人が同じ勤め先で少し違う額を得る。

変わるのは、賃上げ・転職と離職と就職・年金の改定と受け始め・作柄と売上げ・医療費・寄附。最初の年と乱数の種が同じなら、どの年も同じになる。
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import polars as pl

from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, Streams, chance
from tsugaru.faces.demo.reports.employers import assign
from tsugaru.faces.demo.reports.incomes import draw_incomes, insurance_of, with_total
from tsugaru.faces.demo.reports.people import taxpayers

Columns: TypeAlias = dict[str, Ints]
KEY = "宛名番号"
TURNS = 0.05
TURNING_AGES = (18, 19, 20, 22, 23, 60, 65, 70)
WAGES = ("給与", "常勤", "二か所目", "勤め先", "二か所目の勤め先", "給与の社保")
TRADES = (("農業収入", "農業経費"), ("営業収入", "営業経費"))
PENSIONS = ("公的年金", "企業年金")
FILED, NATIONAL, PAYS_ALONE = 0.7, 0.9, 0.03


def earners(
    people: Population, code: str, *, seed: int, employers: int, year: int, since: int
) -> pl.DataFrame:
    """``year`` の資料に載りうる人と、その収入（円）・勤め先（employers の行）・申告のしかた。``since`` は最初の年。"""
    streams = Streams(seed, code)
    first = taxpayers(people, since)
    known = first.select(KEY).hstack(_draw(streams, streams, first, employers))
    now = first
    for one in range(since + 1, year + 1):
        now = taxpayers(people, one)
        known = _carry(streams, Streams(seed + one, code), known, now, employers)
    return with_total(now.join(known, on=KEY, how="left", maintain_order="left"), year)


def _draw(town: Streams, streams: Streams, people: pl.DataFrame, employers: int) -> pl.DataFrame:
    """一人ずつ、収入・勤め先・申告のしかたを引く。"""
    rng, count = streams.open("reports-careers"), len(people)
    return draw_incomes(streams, people).with_columns(
        pl.Series("勤め先", assign(town, rng, employers, count)),
        pl.Series("二か所目の勤め先", assign(town, rng, employers, count)),
        pl.Series("自分で納める", chance(rng, PAYS_ALONE, count).astype(np.int64)),
        pl.Series("申告する", chance(rng, FILED, count).astype(np.int64)),
        pl.Series("国に申告する", chance(rng, NATIONAL, count).astype(np.int64)),
    )


def _carry(
    town: Streams, streams: Streams, before: pl.DataFrame, people: pl.DataFrame, employers: int
) -> pl.DataFrame:
    """次の年。前の年にいなかった人は、引いたままの値になる。"""
    fresh = _draw(town, streams, people, employers)
    joined = people.select(KEY).join(before, on=KEY, how="left", maintain_order="left")
    here = joined["給与"].is_not_null().to_numpy()
    new = {name: fresh[name].to_numpy() for name in fresh.columns}
    old = {name: joined[name].fill_null(0).to_numpy() for name in fresh.columns}
    moved = _moved(streams.open("reports-changes"), old, new, people["年齢"].to_numpy())
    kept = {name: np.where(here, moved.get(name, old[name]), new[name]) for name in fresh.columns}
    return people.select(KEY).hstack(pl.DataFrame(kept))


def _moved(rng: Generator, old: Columns, new: Columns, age: Ints) -> Columns:
    """変わる列だけ。"""
    turn = chance(rng, TURNS, len(age)) | np.isin(age, TURNING_AGES)
    found = _wages(rng, old, new, turn) | _pensions(old, new) | _trades(rng, old)
    found["年金"] = found["公的年金"] + found["企業年金"]
    found["医療費"] = new["医療費"]
    found["住宅控除"] = old["住宅控除"] * 95 // 100 // 100 * 100
    found["配当"] = _times(old["配当"], rng.integers(85, 120, len(age)), 100)
    gives = chance(rng, 0.8, len(age)) & (old["ふるさと納税"] > 0)
    found["ふるさと納税"] = np.where(
        gives, old["ふるさと納税"], np.where(rng.random(len(age)) < 0.3, new["ふるさと納税"], 0)
    )
    return found


def _wages(rng: Generator, old: Columns, new: Columns, turn: Flags) -> Columns:
    """続ける人は三分ほどの賃上げ、替わる人は引き直した職。社会保険料は給与から計算する。"""
    raised = np.clip(rng.normal(1_030, 25, len(turn)), 900, 1_150).astype(np.int64)
    unit = np.where(old["常勤"] > 0, 1_000, 10)
    found = {name: np.where(turn, new[name], old[name]) for name in WAGES}
    found["給与"] = np.where(turn, new["給与"], old["給与"] * raised // 1_000 // unit * unit)
    found["二か所目"] = np.where(turn, new["二か所目"], _times(old["二か所目"], raised, 1_000) // 10 * 10)
    found["給与の社保"] = np.where(found["給与の社保"] > 0, insurance_of(found["給与"]), 0)
    return found


def _pensions(old: Columns, new: Columns) -> Columns:
    """受けている人は改定（1.9％の引上げ）、受けていない人は引き直した額（受け始めた人だけにある）。"""
    found = {
        name: np.where(old["公的年金"] > 0, _times(old[name], 1_019, 1_000), new[name]) for name in PENSIONS
    }
    found["年金の社保"] = np.where(
        old["公的年金"] > 0, _times(old["年金の社保"], 1_030, 1_000), new["年金の社保"]
    )
    return found


def _trades(rng: Generator, old: Columns) -> Columns:
    """作柄と売上げ。経費はほぼ収入に連れて動く。"""
    found: Columns = {}
    for income, cost in TRADES:
        rate = np.clip(rng.normal(1_010, 130, len(old[income])), 600, 1_500).astype(np.int64)
        found[income] = _times(old[income], rate, 1_000)
        found[cost] = _times(_times(old[cost], rate, 1_000), rng.integers(960, 1_060, len(rate)), 1_000)
    return found


def _times(values: Ints, numerator: Ints | int, denominator: int) -> Ints:
    """千分率などを掛けて、一円未満を捨てる。"""
    return values * numerator // denominator
