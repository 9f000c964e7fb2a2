"""巣立ち: 親の世帯から転出した子。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.days import NEVER, YEAR
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.people import additions
from tsugaru.faces.demo.population.reasons import 異動事由
from tsugaru.faces.demo.population.streams import Ints, chance
from tsugaru.faces.demo.population.world import World

LEFT_HOME = 0.64


def add_departed_children(world: World) -> Ints:
    """夫婦だけになった世帯から、進学や就職で転出した子。"""
    rng = world.streams.open("children")
    people = world.people
    lonely = (people.relation == kinship.WIFE) & (people.until == NEVER) & (people.role == Role.WIFE)
    lonely &= (world.size[people.household] == 2) & (world.arrived[people.household] < 0)
    lonely &= ~world.fixed[people.household] & (people.role[people.head] == Role.HUSBAND)
    able = lonely & (world.age >= 40) & (world.age < 66)
    mothers = np.flatnonzero(able & chance(rng, LEFT_HOME, len(people)))
    days = people.born[mothers] + rng.integers(round(20 * YEAR), round(36 * YEAR), len(mothers))
    leaving = days + rng.integers(round(18.2 * YEAR), round(24 * YEAR), len(mothers))
    good = (leaving > world.start + 60) & (leaving < world.as_of) & (days < world.start)
    mothers, days, leaving = mothers[good], days[good], leaving[good]
    role, relation = np.full(len(mothers), int(Role.CHILD)), np.full(len(mothers), kinship.CHILD)
    sex = rng.integers(1, 3, len(mothers))
    gone = people.extend(
        additions(people.household[mothers], people.head[mothers], role, relation, sex, days)
    )
    people.until[gone], people.ending[gone] = leaving, 異動事由.国内転出
    return gone
