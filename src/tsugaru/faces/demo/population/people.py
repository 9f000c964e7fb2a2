"""人: 住民とかつて住民だった人を、現在（または消除時）の姿の列で持つ。異動の前の姿は ``events`` が持つ。"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import NEVER, born
from tsugaru.faces.demo.population.households import Members, first_of
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.streams import Generator, Ints

NOBODY = -2


@dataclass(slots=True)
class People:
    """人ごとの列。添字が人の通し番号である。

    ``household`` 世帯、``head`` 世帯主の人（``NOBODY`` は世帯主不在）、``relation`` 続柄の番号、``born`` 生年月日、
    ``since`` いまの世帯に入った日、``until`` 消除の日（``NEVER`` は住民）、``ending`` 消除の異動事由（-1 は住民）。
    """

    household: Ints
    head: Ints
    role: Ints
    relation: Ints
    sex: Ints
    born: Ints
    since: Ints
    until: Ints
    ending: Ints

    def __len__(self) -> int:
        return len(self.born)

    def extend(self, other: People) -> Ints:
        """人を足し、足した人の通し番号を返す。"""
        start = len(self)
        for field in fields(self):
            setattr(self, field.name, np.concatenate([getattr(self, field.name), getattr(other, field.name)]))
        return np.arange(start, len(self))

    @property
    def present(self) -> Ints:
        return np.flatnonzero(self.until == NEVER)


def settle(rng: Generator, members: Members, as_of: Ints, first_person: int, first_household: int) -> People:
    """世帯員の列から人をつくる。``as_of`` は世帯員ごとの、年齢を数える日。"""
    starts = np.flatnonzero(first_of(members.household))
    lead = starts[members.household]
    days = born(rng, members.age, 0) + as_of
    count = len(days)
    return People(
        household=members.household + first_household,
        head=lead + first_person,
        role=members.role,
        relation=relations(members, days, lead),
        sex=members.sex,
        born=days,
        since=np.zeros(count, dtype=np.int64),
        until=np.full(count, NEVER),
        ending=np.full(count, -1),
    )


def relations(members: Members, days: Ints, lead: Ints) -> Ints:
    """世帯主の役割と本人の役割から続柄。兄弟姉妹どうしは性別と長幼による。"""
    found = kinship.relation(members.role[lead], members.role)
    brothers = (members.role == Role.SIBLING) & (members.role[lead] == Role.SIBLING)
    older = (days < days[lead]).astype(np.int64)
    found = np.where(brothers, kinship.sibling_relation(members.sex, older), found)
    return np.where(np.arange(len(lead)) == lead, kinship.HEAD, found)


def additions(household: Ints, head: Ints, role: Ints, relation: Ints, sex: Ints, days: Ints) -> People:
    """既にある世帯へ後から足す人（亡くなった人、進学や就職で出た子）。"""
    count = len(days)
    return People(
        household, head, role, relation, sex, days,
        np.zeros(count, dtype=np.int64), np.full(count, NEVER), np.full(count, -1),
    )  # fmt: skip
