"""婚姻: 氏・戸籍・続柄が変わり、親元の世帯から移る異動。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import NEVER, YEAR
from tsugaru.faces.demo.population.families import parents_for
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.reasons import 婚姻, 異動事由
from tsugaru.faces.demo.population.streams import Generator, Ints, chance
from tsugaru.faces.demo.population.world import World

MARRIED, COHABITED = 0.75, 0.15


def marry(world: World, identity: Identity) -> None:
    """十年のうちの婚姻: 親元から嫁いだ妻と、未届の妻から妻になった人。"""
    rng = world.streams.open("marriages")
    wives, day = _newlyweds(rng, world)
    lived = chance(rng, COHABITED, len(wives))
    register_only, when = wives[lived], day[lived]
    maiden = identity.draw_surnames(rng, len(register_only))
    names = {"surname": maiden, "register": identity.add_registers(rng, maiden)}
    world.log.add(register_only, when, 異動事由.職権修正, 婚姻, relation=kinship.UNREGISTERED_WIFE, **names)
    world.fixed[world.people.household[register_only]] = True
    _leave_for_marriage(rng, world, identity, wives[~lived], day[~lived])


def _newlyweds(rng: Generator, world: World) -> tuple[Ints, Ints]:
    """嫁いだ妻と婚姻の日。最初の子の誕生より前で、二人とも19歳を過ぎている。"""
    people = world.people
    here = (people.role == Role.WIFE) & (people.relation == kinship.WIFE) & (people.until == NEVER)
    settled = (world.arrived[people.household] < 0) & ~world.fixed[people.household]
    wives = np.flatnonzero(here & settled & (world.age < 45))
    eldest = np.full(len(world.home), world.as_of)
    np.minimum.at(eldest, people.household, np.where(people.role == Role.CHILD, people.born, world.as_of))
    adult = np.maximum(people.born[wives], people.born[people.head[wives]]) + round(19 * YEAR)
    earliest = np.maximum(adult, world.start + 60)
    latest = np.minimum(eldest[people.household[wives]] - 150, world.as_of - 20)
    able = (earliest < latest) & chance(rng, MARRIED, len(wives))
    return wives[able], rng.integers(earliest[able], latest[able])


def _leave_for_marriage(rng: Generator, world: World, identity: Identity, wives: Ints, day: Ints) -> None:
    found, parent = parents_for(rng, world, wives)
    wives, day = wives[found], day[found]
    people = world.people
    names = {"surname": identity.surname[parent], "register": identity.register[parent]}
    world.log.add(wives, day, 異動事由.職権修正, 婚姻, **names)
    home = {"household": people.household[parent], "dwelling": world.home[people.household[parent]]}
    world.log.add(wives, day, 異動事由.転居, relation=kinship.CHILD, head=parent, **home)
    people.since[wives] = day
    world.fixed[people.household[parent]] = True
