"""世帯の組み替え: 独立、二世帯の分離、合併、世帯主の交代。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import NEVER, YEAR
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.reasons import 異動事由
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, chance
from tsugaru.faces.demo.population.world import World

TWO_HOUSEHOLDS, SPLIT, MERGED, SUCCEEDED = 0.1, 0.6, 0.2, 0.3


def parents_for(rng: Generator, world: World, children: Ints) -> tuple[Flags, Ints]:
    """親にふさわしい年の離れた、十年動きの無い世帯主を選ぶ。見つかった人の印と、その親を返す。"""
    people = world.people
    heads = world.settled_heads()
    heads = heads[np.isin(people.role[heads], (Role.HUSBAND,)) & (world.age[heads] >= 40)]
    heads = heads[~np.isin(people.household[heads], people.household[children])]
    heads = heads[np.argsort(people.born[heads], kind="stable")]
    days = people.born[heads]
    low = np.searchsorted(days, people.born[children] - round(40 * YEAR))
    high = np.searchsorted(days, people.born[children] - round(21 * YEAR))
    found = high > low
    pick = low[found] + np.floor(rng.random(int(found.sum())) * (high - low)[found]).astype(np.int64)
    return found, heads[pick]


def regroup(world: World, identity: Identity) -> None:
    """世帯を組み替える異動を書き留める。氏は親子でそろえる。"""
    _succeed(world.streams.open("successions"), world)
    _merge(world.streams.open("mergers"), world)
    _split(world.streams.open("splits"), world, identity)
    _stand_alone(world.streams.open("independence"), world, identity)


def _succeed(rng: Generator, world: World) -> None:
    """隠居: 父が世帯主だった世帯で、子が世帯主になった。"""
    people = world.people
    fathers = np.flatnonzero((people.role == Role.GRANDFATHER) & (people.until == NEVER))
    heads = people.head[fathers]
    able = np.isin(people.role[heads], (Role.HUSBAND, Role.SIBLING)) & ~world.fixed[people.household[fathers]]
    able &= (world.arrived[people.household[fathers]] < 0) & chance(rng, SUCCEEDED, len(fathers))
    _hand_over(rng, world, fathers[able])


def _hand_over(rng: Generator, world: World, fathers: Ints) -> None:
    people = world.people
    former = np.full(len(world.home), -1)
    former[people.household[fathers]] = fathers
    day = np.full(len(world.home), 0)
    day[people.household[fathers]] = rng.integers(world.start + 30, world.as_of, len(fathers))
    members = world.members_of(people.household[fathers])
    members = members[people.since[members] < day[people.household[members]]]
    father = former[people.household[members]]
    before = kinship.relation(people.role[father], people.role[members])
    before = np.where(members == father, kinship.HEAD, before)
    when = day[people.household[members]]
    world.log.add(members, when, 異動事由.世帯主変更, relation=before, head=father)
    world.fixed[people.household[fathers]] = True


def _merge(rng: Generator, world: World) -> None:
    """同じ住所で別だった若い家族が、父の世帯に入った。"""
    people = world.people
    sons = np.flatnonzero(
        (people.role == Role.HUSBAND) & (people.relation == kinship.CHILD) & (people.until == NEVER)
    )
    able = ~world.fixed[people.household[sons]] & (world.arrived[people.household[sons]] < 0)
    sons = sons[able & (people.born[sons] < world.start - round(20 * YEAR)) & chance(rng, MERGED, len(sons))]
    old = np.full(len(world.home), -1)
    son = np.full(len(world.home), -1)
    day = np.zeros(len(world.home), dtype=np.int64)
    home = people.household[sons]
    members = world.members_of(home)
    young = members[np.isin(people.role[members], (Role.HUSBAND, Role.WIFE, Role.CHILD))]
    son[home], day[home] = sons, rng.integers(world.start + 30, world.as_of, len(sons))
    old[home] = world.new_households(world.home[home])
    young = young[people.since[young] < day[people.household[young]]]
    own = people.household[young]
    before = kinship.relation(np.full(len(young), int(Role.HUSBAND)), people.role[young])
    before = np.where(young == son[own], kinship.HEAD, before)
    world.log.add(young, day[own], 異動事由.世帯合併, relation=before, head=son[own], household=old[own])
    people.since[young] = day[own]
    world.fixed[home] = True


def _split(rng: Generator, world: World, identity: Identity) -> None:
    """二世帯住宅: 親の世帯と同じ住所の若い家族。多くは十年のうちに世帯を分けた。"""
    people, heads = world.people, world.settled_heads()
    others = ~np.isin(people.role, (Role.HUSBAND, Role.WIFE, Role.CHILD)) | (people.until != NEVER)
    nuclear = np.bincount(people.household, others, minlength=len(world.home)) == 0
    young = (people.role[heads] == Role.HUSBAND) & (world.age[heads] >= 28) & (world.age[heads] < 48)
    young &= nuclear[people.household[heads]] & (world.size[people.household[heads]] >= 2)
    sons = heads[young & chance(rng, TWO_HOUSEHOLDS, len(heads))]
    found, parent = parents_for(rng, world, sons)
    sons = sons[found]
    home = people.household[sons]
    world.home[home] = world.home[people.household[parent]]
    world.fixed[home], world.fixed[people.household[parent]] = True, True
    father = np.full(len(world.home), -1)
    father[home] = parent
    members = world.members_of(home)
    core = members[np.isin(people.role[members], (Role.HUSBAND, Role.WIFE, Role.CHILD))]
    identity.surname[core] = identity.surname[father[people.household[core]]]
    _write_split(rng, world, core, father, home)


def _write_split(rng: Generator, world: World, core: Ints, father: Ints, home: Ints) -> None:
    people = world.people
    day = np.zeros(len(world.home), dtype=np.int64)
    day[home] = np.where(
        chance(rng, SPLIT, len(home)), rng.integers(world.start + 30, world.as_of, len(home)), 0
    )
    own = people.household[core]
    core, own = core[day[own] > people.since[core]], own[day[own] > people.since[core]]
    grid = np.full(max(Role) + 1, kinship.NONE)
    grid[[Role.HUSBAND, Role.WIFE, Role.CHILD]] = kinship.CHILD, kinship.CHILD_WIFE, kinship.GRANDCHILD
    parent = father[own]
    before = {"relation": grid[people.role[core]], "head": parent, "household": people.household[parent]}
    world.log.add(core, day[own], 異動事由.世帯分離, **before)
    people.since[core] = day[own]


def _stand_alone(rng: Generator, world: World, identity: Identity) -> None:
    """親元を出て一人暮らしを始めた若者。"""
    people, heads = world.people, world.settled_heads()
    single = (world.size[people.household[heads]] == 1) & (world.age[heads] < 34)
    adult = np.maximum(people.born[heads] + round(18 * YEAR), world.start + 30)
    youths = heads[single & (adult < world.as_of - 30)]
    found, parent = parents_for(rng, world, youths)
    youths = youths[found]
    adult = np.maximum(people.born[youths] + round(18 * YEAR), world.start + 30)
    day = rng.integers(adult, world.as_of - 20)
    identity.surname[youths] = identity.surname[parent]
    home = {"household": people.household[parent], "dwelling": world.home[people.household[parent]]}
    world.log.add(youths, day, 異動事由.転居, relation=kinship.CHILD, head=parent, **home)
    people.since[youths] = day
    world.fixed[people.household[parent]] = True
