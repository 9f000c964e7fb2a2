"""氏名と戸籍: 世帯ごとの氏、年代ごとの名、筆頭者と本籍。"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.days import YEAR
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.people import People
from tsugaru.faces.demo.population.streams import Generator, Ints, Streams, chance, weighted
from tsugaru.faces.demo.population.tables import table

KIN = (Role.GRANDFATHER, Role.GRANDMOTHER, Role.HUSBAND, Role.WIFE, Role.CHILD, Role.SIBLING)
ELDERS = (Role.GRANDFATHER, Role.GRANDMOTHER, Role.SIBLING)
COHORT = 5
BLUR = 5  # 名の流行の前後の年


@dataclass(slots=True)
class Identity:
    """人ごとの氏・名・戸籍（添字）。戸籍ごとに、氏を借りる人（-1 は ``own`` の氏）と筆頭者の名。

    戸籍は世帯の夫妻と子の分、世帯の父母と兄弟姉妹の分、一人ひとりの分、異動の前だけの分の順に並ぶ。
    """

    surname: Ints
    given: Ints
    register: Ints
    holder: Ints
    holder_given: Ints
    own: Ints
    households: int

    def draw_surnames(self, rng: Generator, count: int) -> Ints:
        return weighted(rng, _weights("surnames"), count)

    def personal_register(self, person: Ints) -> Ints:
        """その人が筆頭者の戸籍。"""
        return np.where(person >= 0, 2 * self.households + person, -1)

    def add_registers(self, rng: Generator, surname: Ints) -> Ints:
        """婚姻などの前に居た、父が筆頭者の戸籍を足す。"""
        first, count = len(self.own), len(surname)
        fathers = draw_given(rng, np.ones(count, np.int64), np.full(count, round(-15 * YEAR)))
        self.holder = np.concatenate([self.holder, np.full(count, -1)])
        self.holder_given = np.concatenate([self.holder_given, fathers])
        self.own = np.concatenate([self.own, surname])
        return np.arange(first, first + count)

    def register_surnames(self) -> Ints:
        """戸籍ごとの、筆頭者の氏。"""
        return np.where(self.holder >= 0, self.surname[self.holder], self.own)


def name_everyone(streams: Streams, people: People, households: int) -> Identity:
    """すべての人に氏・名・戸籍を与える。"""
    rng = streams.open("names")
    family = weighted(rng, _weights("surnames"), households)
    kin = np.isin(people.role, KIN)
    surname = np.where(kin, family[people.household], weighted(rng, _weights("surnames"), len(people)))
    given = draw_given(rng, people.sex, people.born)
    return _with_registers(rng, people, households, surname, given)


def _with_registers(rng: Generator, people: People, households: int, surname: Ints, given: Ints) -> Identity:
    person = np.arange(len(people))
    elder = np.isin(people.role, ELDERS)
    offset = np.where(elder, households, 0) + people.household
    register = np.where(np.isin(people.role, KIN), offset, 2 * households + person)
    holder = np.zeros(2 * households + len(people), dtype=np.int64)
    holder[2 * households :] = person
    for role in reversed(
        (Role.GRANDFATHER, Role.HUSBAND, Role.WIFE, Role.GRANDMOTHER, Role.SIBLING, Role.CHILD)
    ):
        rows = np.flatnonzero(people.role == role)
        holder[register[rows]] = rows
    holder_given = given[holder]
    alone = np.bincount(register, minlength=len(holder)) == 1
    father = alone & chance(rng, 0.6, len(holder))
    fathers = draw_given(rng, np.ones(len(holder), np.int64), people.born[holder] - round(29 * YEAR))
    holder_given = np.where(father, fathers, holder_given)
    return Identity(surname, given, register, holder, holder_given, surname[holder], households)


def draw_given(rng: Generator, sex: Ints, days: Ints) -> Ints:
    """性別と生年月日から、その年代に多い名の添字。"""
    names = table("given_names")
    first, last, of, weight = (names[c].to_numpy() for c in ("始期", "終期", "性別", "重み"))
    year = np.clip((1970 + days / YEAR).astype(np.int64), 1905, 2029) // COHORT * COHORT
    group = year * 10 + sex
    result = np.zeros(len(days), dtype=np.int64)
    order = np.argsort(group, kind="stable")
    kinds, starts = np.unique(group[order], return_index=True)
    for kind, rows in zip(kinds.tolist(), np.split(order, starts)[1:], strict=True):
        when, who = divmod(kind, 10)
        near = (first - BLUR <= when) & (when <= last + BLUR)
        core = (first <= when) & (when <= last)
        result[rows] = weighted(rng, np.where(of == who, weight * near * (1 + 5 * core), 0), len(rows))
    return result


def _weights(name: str) -> Ints:
    return table(name)["重み"].cast(pl.Int64).to_numpy()
