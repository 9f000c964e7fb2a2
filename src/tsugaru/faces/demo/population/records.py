"""台帳の材料: 番号、転入前の住所、日付の不詳など、履歴の行に配る前の、人・世帯ごとの値。"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.foreigners import Foreigners
from tsugaru.faces.demo.population.history import History
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.numbers import addressee_numbers, as_text
from tsugaru.faces.demo.population.places import Towns
from tsugaru.faces.demo.population.reasons import 異動事由
from tsugaru.faces.demo.population.streams import Ints, chance, weighted
from tsugaru.faces.demo.population.world import NOTHING, World

NUMBER_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Book:
    """表にする前の材料一式。"""

    world: World
    identity: Identity
    foreigners: Foreigners
    history: History
    own: Towns
    outside: Towns
    homes: pl.DataFrame

    @property
    def first_day(self) -> Ints:
        first: Ints = self.history.day[self.history.number == 1]
        return first

    def person_numbers(self) -> pl.Series:
        """人ごとの宛名番号。住民になった順に付く。"""
        return as_text(_in_order(self.first_day, 1), NUMBER_WIDTH)

    def household_numbers(self) -> pl.Series:
        """世帯ごとの世帯番号。"""
        arrived = np.full(len(self.world.home), self.world.start)
        np.minimum.at(arrived, self.history.state["household"], self.history.day)
        return as_text(_in_order(arrived, 1), NUMBER_WIDTH)


def _in_order(days: Ints, start: int) -> Ints:
    numbers = np.empty(len(days), dtype=np.int64)
    numbers[np.argsort(days, kind="stable")] = addressee_numbers(len(days), start)
    return numbers


def origins(world: World, reasons: Ints, outside: Towns) -> Ints:
    """人ごとの転入前住所（町域の添字）。世帯で転入した人は同じ、十年より前から居る人の一部は別々に持つ。"""
    rng = world.streams.open("origins")
    shared = weighted(rng, outside.weight, len(world.home))
    alone = weighted(rng, outside.weight, len(world.people))
    longtime = (reasons == 異動事由.改製) & chance(rng, 0.3, len(world.people))
    arrived = np.isin(reasons, (異動事由.国内転入, 異動事由.国外転入等))
    return np.select([arrived, longtime], [shared[world.people.household], alone], NOTHING)
