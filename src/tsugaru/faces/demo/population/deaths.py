"""死別: 世帯の中で亡くなった人を足し、残った人の続柄と世帯主の移りを書き留める。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import YEAR
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.people import NOBODY, additions
from tsugaru.faces.demo.population.reasons import 世帯主死亡, 異動事由
from tsugaru.faces.demo.population.streams import Generator, Ints, chance
from tsugaru.faces.demo.population.world import World

WIDOWED, PARENT_LOST = 0.62, 0.16


def bereave(world: World) -> None:
    """夫や妻、同居の親を亡くした世帯と、世帯主を亡くして世帯主の決まらない世帯。"""
    rng = world.streams.open("deaths")
    _spouses(rng, world)
    _parents(rng, world)
    _headless(rng, world)


def _spouses(rng: Generator, world: World) -> None:
    heads = world.settled_heads()
    alone = (world.size[world.people.household[heads]] == 1) & (world.age[heads] >= 62)
    survivors = heads[alone & chance(rng, WIDOWED, len(heads))]
    woman = world.people.sex[survivors] == 2
    _lose_spouse(rng, world, survivors[woman], Role.HUSBAND)
    _lose_spouse(rng, world, survivors[~woman], Role.WIFE)


def _lose_spouse(rng: Generator, world: World, survivors: Ints, role: Role) -> None:
    """夫が亡くなれば妻が世帯主になる。妻が亡くなっても夫は世帯主のままである。"""
    people, count = world.people, len(survivors)
    older = 3 if role == Role.HUSBAND else -3
    days = people.born[survivors] - round(older * YEAR) + rng.integers(-900, 900, count)
    head = role == Role.HUSBAND
    relation = np.full(count, kinship.HEAD if head else kinship.WIFE)
    sex = np.full(count, 1 if head else 2)
    roles = np.full(count, int(role))
    new = people.extend(additions(people.household[survivors], survivors, roles, relation, sex, days))
    people.until[new] = rng.integers(world.start + 30, world.as_of, count)
    people.ending[new] = 異動事由.死亡
    if head:
        people.head[new] = new
        _change_head(world, survivors, people.until[new], new, kinship.WIFE)
    world.fixed[people.household[survivors]] = True


def _change_head(world: World, person: Ints, day: Ints, former: Ints, relation: int | Ints) -> None:
    world.log.add(person, day, 異動事由.世帯主変更, 世帯主死亡, relation=relation, head=former)


def _parents(rng: Generator, world: World) -> None:
    people, heads = world.people, world.settled_heads()
    has_parent = np.bincount(people.household, people.role <= Role.GRANDMOTHER, minlength=len(world.home)) > 0
    own = np.isin(people.role[heads], (Role.HUSBAND, Role.SIBLING)) & ~has_parent[people.household[heads]]
    middle = (world.age[heads] >= 38) & (world.age[heads] < 76)
    sons = heads[own & middle & chance(rng, PARENT_LOST, len(heads))]
    count = len(sons)
    mother = chance(rng, 0.62, count)
    days = people.born[sons] - round(27 * YEAR) - rng.integers(-1500, 1500, count)
    relation = np.where(mother, kinship.NUMBER["52",], kinship.NUMBER["51",])
    role = np.where(mother, int(Role.GRANDMOTHER), int(Role.GRANDFATHER))
    sex = np.where(mother, 2, 1)
    new = people.extend(additions(people.household[sons], sons, role, relation, sex, days))
    people.until[new] = rng.integers(world.start + 30, world.as_of, count)
    people.ending[new] = 異動事由.死亡
    world.fixed[people.household[sons]] = True


def _headless(rng: Generator, world: World) -> None:
    """世帯主が亡くなって日が浅く、新しい世帯主の届出を待つ世帯（世帯主不在、標準仕様書4.0.4）。"""
    people, heads = world.people, world.settled_heads()
    family = (people.role[heads] == Role.WIFE) & (world.size[people.household[heads]] >= 2)
    mothers = heads[family][: 1 + len(world.home) // 30_000]
    days = people.born[mothers] - round(3 * YEAR)
    own = np.full(len(mothers), kinship.HEAD)
    role, sex = np.full(len(mothers), int(Role.HUSBAND)), np.full(len(mothers), 1)
    dead = people.extend(additions(people.household[mothers], mothers, role, own, sex, days))
    people.head[dead] = dead
    people.until[dead] = world.as_of - rng.integers(3, 13, len(dead))
    people.ending[dead] = 異動事由.死亡
    lost = dict(zip(people.household[mothers].tolist(), dead.tolist(), strict=True))
    left = world.members_of(people.household[mothers])
    former = np.array([lost[home] for home in people.household[left].tolist()], dtype=np.int64)
    before = kinship.relation(np.full(len(left), int(Role.HUSBAND)), people.role[left])
    _change_head(world, left, people.until[former], former, before)
    people.head[left], people.relation[left] = NOBODY, kinship.NONE
    world.fixed[people.household[mothers]] = True
