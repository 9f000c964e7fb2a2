"""世帯: 型紙から候補を引き、年齢と性別の構成が目標に合うように選ぶ。"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.shapes import ANY, SHAPES, Shape
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, normal_years
from tsugaru.faces.demo.population.tables import table

RAKING_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Members:
    """世帯員の列。``household`` は0から始まる通し番号で昇順、各世帯の最初の人が世帯主。"""

    household: Ints
    role: Ints
    sex: Ints
    age: Ints

    def take(self, rows: Ints, household: Ints) -> Members:
        return Members(household, self.role[rows], self.sex[rows], self.age[rows])


def draw_members(rng: Generator, profile: str, residents: int) -> Members:
    """ちょうど ``residents`` 人の世帯員。``profile`` は ``data/pyramid.csv`` の区分。"""
    candidates = _candidates(rng, profile, residents)
    sizes = np.bincount(candidates.household)
    weights = _rake(candidates, sizes, _target(profile))
    return _resample(rng, candidates, sizes, weights, residents)


def _candidates(rng: Generator, profile: str, residents: int) -> Members:
    shares = [shape.rural if profile == "郡部" else shape.urban for shape in SHAPES]
    households = residents // 2 + 40
    parts: list[Members] = []
    offset = 0
    for shape, share in zip(SHAPES, shares, strict=True):
        count = households * share // sum(shares) + 3
        part = _draw_shape(rng, shape, count)
        parts.append(part.take(np.arange(len(part.age)), part.household + offset))
        offset += count
    columns = ("household", "role", "sex", "age")
    return Members(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def _draw_shape(rng: Generator, shape: Shape, count: int) -> Members:
    width = 1 + len(shape.members)
    age = np.empty((count, width), dtype=np.int64)
    within = np.ones((count, width), dtype=np.bool_)
    present = np.ones((count, width), dtype=np.bool_)
    age[:, 0] = normal_years(rng, *shape.head.ages, count)
    for n, slot in enumerate(shape.members, start=1):
        age[:, n] = age[:, slot.base] - normal_years(rng, *slot.gap, count)
        in_range = (slot.ages[0] <= age[:, n]) & (age[:, n] <= slot.ages[1])
        within[:, n] = within[:, slot.base] & in_range
        present[:, n] = within[:, n] & (rng.random(count) < slot.chance)
    fixed = np.array([shape.head.sex, *(slot.sex for slot in shape.members)])
    sex = np.where(fixed == ANY, rng.integers(1, 3, (count, width)), fixed)
    role = np.array([shape.head.role, *(slot.role for slot in shape.members)])
    household, slots = np.nonzero(present)
    return Members(household, role[slots], sex[present], age[present])


def _target(profile: str) -> Ints:
    """年齢階級ごとの、始まりの年齢と男女の目標（比だけに意味がある）。"""
    bands = table("pyramid").filter(pl.col("区分") == profile)
    return bands.select("年齢始", "男", "女").to_numpy().astype(np.int64)


def _rake(members: Members, sizes: Ints, bands: Ints) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """世帯の重み。重みつきの年齢階級 × 性別が目標の割合になるまで、構成員の過不足の比を掛け続ける。"""
    band = np.searchsorted(bands[:, 0], members.age, side="right") - 1
    cell = band * 2 + members.sex - 1
    goal = bands[:, 1:].reshape(-1) / bands[:, 1:].sum()
    weights = np.ones(len(sizes))
    for _ in range(RAKING_ROUNDS):
        have = np.bincount(cell, weights[members.household], minlength=len(goal))
        ratio = np.log(np.maximum(goal, 1e-9) / np.maximum(have / have.sum(), 1e-9))
        step = np.bincount(members.household, ratio[cell]) / sizes
        weights *= np.exp(np.clip(step, -1, 1))
    return weights


def _resample(
    rng: Generator,
    members: Members,
    sizes: Ints,
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
    residents: int,
) -> Members:
    """重みに比例して世帯を選び、端数は単身世帯で埋めて、ちょうど ``residents`` 人にする。"""
    scale = residents * 1.03 / float(weights @ sizes)
    times = np.diff(np.floor(np.cumsum(weights * scale) + rng.random()), prepend=0).astype(np.int64)
    chosen = rng.permutation(np.repeat(np.arange(len(sizes)), times))
    chosen = chosen[np.cumsum(sizes[chosen]) <= residents]
    lacking = residents - int(sizes[chosen].sum())
    singles = np.flatnonzero(sizes == 1)
    chosen = np.concatenate([chosen, rng.choice(singles, lacking)])
    return members.take(*ragged(chosen, sizes))


def ragged(chosen: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """選んだ世帯の構成員の行番号と、新しい世帯の通し番号。"""
    starts = np.cumsum(sizes) - sizes
    count = sizes[chosen]
    household = np.repeat(np.arange(len(chosen)), count)
    inside = np.arange(len(household)) - np.repeat(np.cumsum(count) - count, count)
    return starts[chosen][household] + inside, household


def first_of(household: Ints) -> Flags:
    """昇順の世帯番号の列で、各世帯の最初の人。"""
    starts: Flags = np.diff(household, prepend=-1) != 0
    return starts
