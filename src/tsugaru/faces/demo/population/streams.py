"""乱数: 種・団体・用途ごとに独立した流れ。ある部屋の引き方を変えても、ほかの部屋の結果は変わらない。"""

from __future__ import annotations

import zlib
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Generator: TypeAlias = np.random.Generator


class Streams:
    """用途名から乱数の流れを開く。同じ名は同じ流れを最初から返すので、一つの用途で二度開かない。"""

    def __init__(self, seed: int, code: str) -> None:
        self._root = (seed, int(code))

    def open(self, purpose: str) -> Generator:
        return np.random.default_rng([*self._root, zlib.crc32(purpose.encode())])


def weighted(rng: Generator, weights: Ints, size: int) -> Ints:
    """重みに比例した添字を ``size`` 個引く。``weights`` は0以上の整数で、和は正。"""
    bounds = np.cumsum(weights)
    return np.searchsorted(bounds, rng.integers(0, bounds[-1], size), side="right")


def normal_years(rng: Generator, mean: float, sd: float, low: int, high: int, size: int) -> Ints:
    """正規分布に近い整数の年数。両端で切る。"""
    return np.clip(np.rint(rng.normal(mean, sd, size)), low, high).astype(np.int64)


def chance(rng: Generator, probability: float, size: int) -> Flags:
    """確率 ``probability`` で真になる列。"""
    return rng.random(size) < probability
