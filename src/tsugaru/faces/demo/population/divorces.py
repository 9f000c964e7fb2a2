"""離婚: 夫が去り、世帯主が母へ移り、氏と戸籍が変わる異動。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import NEVER
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.people import additions
from tsugaru.faces.demo.population.reasons import 入籍, 異動事由, 離婚
from tsugaru.faces.demo.population.streams import Ints, chance
from tsugaru.faces.demo.population.world import World

DIVORCED, RESTORED = 0.35, 0.4


def add_former_husbands(world: World) -> Ints:
    """離婚して去った夫を世帯に足し、その人の番号を返す。氏の異動は氏名が決まってから ``divorce`` が書く。"""
    rng = world.streams.open("divorces")
    people, heads = world.people, world.settled_heads()
    family = (people.role[heads] == Role.WIFE) & (world.size[people.household[heads]] >= 2)
    mothers = heads[family & (world.age[heads] >= 25) & chance(rng, DIVORCED, len(heads))]
    youngest = np.zeros(len(world.home), dtype=np.int64)
    np.maximum.at(youngest, people.household, np.where(people.until == NEVER, people.born, 0))
    earliest = np.maximum(youngest[people.household[mothers]] + 100, world.start + 30)
    mothers, earliest = mothers[earliest < world.as_of - 100], earliest[earliest < world.as_of - 100]
    count = len(mothers)
    days = people.born[mothers] - rng.integers(-3, 8, count) * 365
    role, sex = np.full(count, int(Role.HUSBAND)), np.full(count, 1)
    own = np.full(count, kinship.HEAD)
    gone = people.extend(additions(people.household[mothers], mothers, role, own, sex, days))
    people.head[gone] = gone
    people.until[gone] = rng.integers(earliest, world.as_of - 90)
    people.ending[gone] = 異動事由.国内転出
    world.fixed[people.household[mothers]] = True
    return gone


def divorce(world: World, identity: Identity, former: Ints) -> None:
    """離婚: 残った人の世帯主が母へ移り、一部は母が氏を復し、子は入籍で母の氏になる。"""
    rng = world.streams.open("divorce names")
    people = world.people
    husband = np.full(len(world.home), -1)
    husband[people.household[former]] = former
    left = world.members_of(people.household[former])
    ex = husband[people.household[left]]
    before = kinship.relation(np.full(len(left), int(Role.HUSBAND)), people.role[left])
    day = people.until[ex]
    world.log.add(left, day, 異動事由.世帯主変更, 離婚, relation=before, head=ex)
    restored = np.zeros(len(world.home), dtype=np.bool_)
    restored[people.household[former]] = chance(rng, RESTORED, len(former))
    changed = restored[people.household[left]]
    identity.surname[left[~changed]] = identity.surname[ex[~changed]]
    mother = people.role[left] == Role.WIFE
    own_register = identity.personal_register(people.head[left])
    moved = changed | mother
    identity.register[left[moved]] = own_register[moved]
    for who, note, wait in ((mother, 離婚, 0), (~mother & changed, 入籍, 60)):
        names = {"surname": identity.surname[ex[who]], "register": identity.register[ex[who]]}
        world.log.add(left[who], day[who] + wait, 異動事由.職権修正, note, **names)
