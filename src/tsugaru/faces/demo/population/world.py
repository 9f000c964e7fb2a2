"""世界: 人・異動・世帯・住まいを、つくりながら書き足す場。"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tsugaru.faces.demo.population.days import NEVER
from tsugaru.faces.demo.population.dwellings import APARTMENT, FACILITY, HOUSE
from tsugaru.faces.demo.population.events import Log
from tsugaru.faces.demo.population.people import People
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, Streams

NOTHING = -2


@dataclass(slots=True)
class World:
    """つくりかけの見本の町。日は 1970-01-01 からの日数、``start`` は再現する十年の初日。

    世帯の列: ``home`` 住まい、``arrived`` 世帯で転入した日（-1 は転入でない）、``fixed`` ほかの異動を足さない印。
    """

    streams: Streams
    start: int
    as_of: int
    people: People
    home: Ints
    arrived: Ints
    fixed: Flags
    log: Log = field(default_factory=Log)
    kinds: list[Ints] = field(default_factory=list)

    def dwellings(self, kinds: Ints) -> Ints:
        """住まいを足し、その番号を返す。実際の住所は最後にまとめて決める。"""
        first = sum(len(part) for part in self.kinds)
        self.kinds.append(kinds)
        return np.arange(first, first + len(kinds))

    def houses(self, count: int) -> Ints:
        return self.dwellings(np.full(count, HOUSE))

    def new_households(self, homes: Ints) -> Ints:
        """過去にだけあった世帯を足し、その番号を返す。"""
        first = len(self.home)
        self.home = np.concatenate([self.home, homes])
        self.arrived = np.concatenate([self.arrived, np.full(len(homes), -1)])
        self.fixed = np.concatenate([self.fixed, np.ones(len(homes), dtype=np.bool_)])
        return np.arange(first, first + len(homes))

    @property
    def age(self) -> Ints:
        """``as_of`` での年齢（年の端数を切った概数）。"""
        return ((self.as_of - self.people.born) / 365.2425).astype(np.int64)

    @property
    def size(self) -> Ints:
        """世帯ごとの、今いる人の数。"""
        return np.bincount(self.people.household[self.people.present], minlength=len(self.home))

    def settled_heads(self) -> Ints:
        """十年より前から居て、ほかの異動の無い世帯の、今いる世帯主。"""
        people = self.people
        here = (people.head == np.arange(len(people))) & (people.until == NEVER)
        return np.flatnonzero(here & (self.arrived[people.household] < 0) & ~self.fixed[people.household])

    def members_of(self, households: Ints) -> Ints:
        """世帯の、今いる人すべて。"""
        wanted = np.zeros(len(self.home), dtype=np.bool_)
        wanted[households] = True
        return np.flatnonzero(wanted[self.people.household] & (self.people.until == NEVER))


def home_kinds(rng: Generator, size: Ints, head_age: Ints) -> Ints:
    """世帯の人数と世帯主の年齢から、一戸建て・共同住宅・施設の別。"""
    flat = np.where(size > 1, np.where(head_age < 40, 0.45, 0.08), np.where(head_age < 35, 0.88, 0.35))
    flat = np.where((size == 1) & (head_age >= 65), 0.12, flat)
    draw = rng.random(len(size))
    kinds = np.where(draw < flat, APARTMENT, HOUSE)
    return np.where((size == 1) & (head_age >= 78) & (draw > 0.9), FACILITY, kinds)
