"""転居ほか、世帯がそろって動く異動と、記載の直し。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population.days import NEVER, moving_days
from tsugaru.faces.demo.population.dwellings import APARTMENT, HOUSE
from tsugaru.faces.demo.population.reasons import 取下げ, 地番整理, 異動事由
from tsugaru.faces.demo.population.streams import Generator, Ints, chance
from tsugaru.faces.demo.population.world import NOTHING, World

MOVED, AGAIN, TRIVIAL, WITHDRAWN, MISTAKEN, RETURNED = 0.36, 0.3, 0.008, 0.002, 0.004, 0.012


def move(world: World, elsewhere: int) -> Ints:
    """世帯の異動を書き留め、人ごとの今（または消除時）の住まいを返す。``elsewhere`` は他の町域の数。"""
    rng = world.streams.open("moves")
    people = world.people
    dwelling = world.home[people.household]
    free = np.flatnonzero(~world.fixed)
    draw = rng.random(len(free))
    _relocate(rng, world, dwelling, free[draw < MOVED])
    rest = free[draw >= MOVED]
    shares = np.cumsum([TRIVIAL, WITHDRAWN, RETURNED])
    kind = np.searchsorted(shares, rng.random(len(rest)), side="right")
    _renumber(rng, world, dwelling, rest[kind == 0])
    _withdraw(rng, world, rest[kind == 1])
    _come_back(rng, world, rest[kind == 2])
    _mistake(rng, world, elsewhere)
    return dwelling


def _during(world: World, households: Ints, day: Ints) -> tuple[Ints, Ints]:
    """その日に世帯に居た人と、その日。``day`` は世帯ごと。"""
    people = world.people
    when = np.full(len(world.home), NEVER)
    when[households] = day
    mine = when[people.household]
    who = np.flatnonzero((mine > people.since) & (mine < people.until) & (mine < world.as_of))
    return who, mine[who]


def _dates(rng: Generator, world: World, households: Ints) -> tuple[Ints, Ints]:
    """世帯がこの町に居た間の、二つの日（前・後）。"""
    people = world.people
    start = np.full(len(world.home), world.as_of)
    np.minimum.at(start, people.household, np.maximum(people.since, world.start))
    end = np.full(len(world.home), 0)
    np.maximum.at(end, people.household, np.minimum(people.until, world.as_of))
    low = start[households] + 20
    high = np.maximum(end[households] - 10, low + 2)
    late = moving_days(rng, len(households), low + 1, high)
    return rng.integers(low, late), late


def _relocate(rng: Generator, world: World, dwelling: Ints, households: Ints) -> None:
    """転居。三割は二度動いている。"""
    early, late = _dates(rng, world, households)
    kinds = np.where(chance(rng, 0.6, 2 * len(households)), APARTMENT, HOUSE)
    former, first = np.split(world.dwellings(kinds), 2)
    again = chance(rng, AGAIN, len(households))
    place = np.full(len(world.home), -1)
    people = world.people
    for chosen, day, before in ((np.ones_like(again), late, former), (again, early, first)):
        place[households[chosen]] = before[chosen]
        who, when = _during(world, households[chosen], day[chosen])
        world.log.add(who, when, 異動事由.転居, dwelling=place[people.household[who]])
        _leave_there(world, dwelling, households[chosen], day[chosen], before[chosen])


def _leave_there(world: World, dwelling: Ints, households: Ints, day: Ints, before: Ints) -> None:
    """その日より前に去った人の住まいは、前の住所のままである。"""
    when = np.zeros(len(world.home), dtype=np.int64)
    place = np.full(len(world.home), -1)
    when[households], place[households] = day, before
    home = world.people.household
    gone = world.people.until <= when[home]
    dwelling[gone] = place[home[gone]]


def _renumber(rng: Generator, world: World, dwelling: Ints, households: Ints) -> None:
    """軽微な修正: 地番の整理で住所の表記だけが変わった。"""
    _, day = _dates(rng, world, households)
    before = world.houses(len(households))
    place = np.full(len(world.home), -1)
    place[households] = before
    who, when = _during(world, households, day)
    world.log.add(who, when, 異動事由.軽微な修正, 地番整理, dwelling=place[world.people.household[who]])
    _leave_there(world, dwelling, households, day, before)


def _withdraw(rng: Generator, world: World, households: Ints) -> None:
    """転居の届出が取り下げられ、異動の取消しで元の住所へ戻った。"""
    _, day = _dates(rng, world, households)
    wrong = np.full(len(world.home), -1)
    wrong[households] = world.houses(len(households))
    own = world.people.household
    who, when = _during(world, households, day)
    world.log.add(who, when, 異動事由.転居, dwelling=world.home[own[who]])
    world.log.add(who, when, 異動事由.取消_修正, 取下げ, dwelling=wrong[own[who]])


def _come_back(rng: Generator, world: World, households: Ints) -> None:
    """転出して、同じ宛名番号で再び転入した一人世帯。"""
    people = world.people
    alone = households[world.size[households] == 1]
    early, late = _dates(rng, world, alone)
    enough = late - early > 90
    leave = np.full(len(world.home), NEVER)
    leave[alone[enough]] = early[enough]
    who, back = _during(world, alone[enough], late[enough])
    world.log.add(who, leave[people.household[who]], 異動事由.国内転出)
    before = world.dwellings(np.full(len(who), APARTMENT))
    world.log.add(who, back, 異動事由.国内転入, dwelling=before, origin=NOTHING)


def _mistake(rng: Generator, world: World, elsewhere: int) -> None:
    """誤記修正: 転入前住所を書き誤っていた。"""
    people = world.people
    arrived = world.arrived[people.household]
    able = (arrived >= 0) & (people.born < arrived) & (people.until == NEVER) & (world.as_of - arrived > 200)
    who = np.flatnonzero(able & chance(rng, MISTAKEN, len(people)))
    when = arrived[who] + rng.integers(5, 180, len(who))
    world.log.add(who, when, 異動事由.誤記修正, origin=rng.integers(0, elsewhere, len(who)))
