"""始まり: 今いる世帯と、十年のうちに世帯ごと去った世帯を据え、それぞれが来た日を決める。"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population.days import NEVER, YEAR, moving_days, window_start
from tsugaru.faces.demo.population.households import Members, draw_members, first_of
from tsugaru.faces.demo.population.kinship import Role
from tsugaru.faces.demo.population.people import People, settle
from tsugaru.faces.demo.population.reasons import 異動事由
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, Streams, normal_years
from tsugaru.faces.demo.population.world import World, home_kinds

URBAN = 50_000
DEPARTED, DEAD_ALONE = 24, 6  # 今の住民100人あたりの、十年間の人数
ADULTS = (Role.HUSBAND, Role.WIFE, Role.PARTNER_MAN, Role.PARTNER_WOMAN)


def found(streams: Streams, residents: int, as_of: int) -> World:
    """世帯と人を据える。まだ来た日のほかに異動は無い。"""
    start = window_start(as_of)
    rng = streams.open("households")
    members = draw_members(rng, "市部" if residents >= URBAN else "郡部", residents)
    people = settle(rng, members, np.full(residents, as_of), 0, 0)
    _depart(rng, people, residents, start, as_of)
    _die_alone(rng, people, residents, start, as_of)
    heads = np.flatnonzero(people.head == np.arange(len(people)))
    last = np.minimum(people.until[heads], as_of)
    ages = ((last - people.born[heads]) / YEAR).astype(np.int64)
    size = np.bincount(people.household)
    nowhere = np.full(len(heads), -1)
    world = World(streams, start, as_of, people, nowhere, nowhere, np.zeros(len(heads), np.bool_))
    world.home = world.dwellings(home_kinds(rng, size, ages))
    world.arrived = _arrivals(streams.open("arrivals"), world, ages, last, size)
    return world


def _depart(rng: Generator, people: People, residents: int, start: int, as_of: int) -> None:
    """世帯ごと転出した人。年齢は転出の日のもの。"""
    members = draw_members(rng, "転出", residents * DEPARTED // 100)
    leaving = moving_days(rng, int(members.household[-1]) + 1, start + 60, as_of)
    gone = settle(rng, members, leaving[members.household], len(people), int(people.household[-1]) + 1)
    gone.until = leaving[members.household]
    abroad = rng.random(len(leaving)) < 0.015
    gone.ending = np.where(abroad[members.household], 異動事由.国外転出, 異動事由.国内転出).astype(np.int64)
    people.extend(gone)


def _die_alone(rng: Generator, people: People, residents: int, start: int, as_of: int) -> None:
    """一人世帯で亡くなった人。"""
    count = residents * DEAD_ALONE // 100
    sex = np.where(rng.random(count) < 0.45, 1, 2)
    role = np.where(sex == 1, Role.HUSBAND, Role.WIFE).astype(np.int64)
    members = Members(np.arange(count), role, sex, normal_years(rng, 83, 9, 40, 106, count))
    day = rng.integers(start + 60, as_of, count)
    dead = settle(rng, members, day, len(people), int(people.household[-1]) + 1)
    dead.until = day
    dead.ending = np.where(rng.random(count) < 0.995, 異動事由.死亡, 異動事由.職権消除).astype(np.int64)
    people.extend(dead)


def _arrivals(rng: Generator, world: World, ages: Ints, last: Ints, size: Ints) -> Ints:
    """世帯ごと転入した日。十年前にまだ若かった世帯主の世帯は、必ずこの十年に始まっている。"""
    people = world.people
    alone = size == 1
    draw = rng.random(len(size))
    gone = people.until[first_of(people.household)] != NEVER
    rate = np.select([ages < 30, ages < 40, ages < 60], [0.72, 0.36, 0.15], 0.04)
    moved = draw < np.where(gone & (ages < 60), np.maximum(rate, 0.7), rate)
    adult = _of_age(people, size)
    moved |= (adult > world.start) & (~alone | gone)
    earliest = np.minimum(np.maximum(world.start + 1, adult), last - 2)
    day = moving_days(rng, len(size), earliest, np.maximum(last - 1, earliest + 1))
    return np.where(moved, day, -1)


def _of_age(people: People, size: Ints) -> Ints:
    """世帯の大人（世帯主と夫妻）が皆18歳になった日。"""
    adult = np.isin(people.role, ADULTS) | (people.head == np.arange(len(people)))
    day = np.where(adult, people.born + round(18 * YEAR) + 20, 0)
    return np.maximum.reduceat(day, np.cumsum(size) - size)


def first_days(world: World) -> tuple[Ints, Ints]:
    """人ごとの、最初の履歴の日と異動事由。十年より前から居る人は、十年前の改製から始まる。"""
    people = world.people
    arrived = world.arrived[people.household]
    newborn = people.born >= np.where(arrived >= 0, arrived, world.start)
    moved: Flags = (arrived >= 0) & ~newborn
    day = np.select([newborn, moved], [people.born, arrived], world.start)
    reason = np.select([newborn, moved], [異動事由.出生, 異動事由.国内転入], 異動事由.改製)
    return day, reason
