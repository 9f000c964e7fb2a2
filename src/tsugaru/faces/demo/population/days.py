"""日: 1970-01-01 からの日数で持つ日付の列。異動の起きやすい季節と、窓口の開く日。"""

from __future__ import annotations

from datetime import date

import numpy as np

from tsugaru.faces.demo.population.streams import Generator, Ints

EPOCH = date(1970, 1, 1)
YEAR = 365.2425
YEARS = 10
NEVER = 2**40
SPRING = (74, 31)  # 3月15日からの一月に、異動の四割が起きる


def day(value: date) -> int:
    return (value - EPOCH).days


def window_start(as_of: int) -> int:
    """異動を再現する十年の初日。"""
    return as_of - round(YEARS * YEAR)


def born(rng: Generator, ages: Ints, as_of: int) -> Ints:
    """満年齢から生年月日。``as_of`` の日に ``ages`` 歳である一年のどこか。"""
    birthday: Ints = as_of - np.floor(ages * YEAR).astype(np.int64) - rng.integers(0, 365, len(ages))
    return birthday


def moving_days(rng: Generator, count: int, start: Ints | int, end: Ints | int) -> Ints:
    """転入・転出・転居の日。``start`` 以後 ``end`` より前で、年度替わりに偏る。"""
    anyday = rng.integers(start, end, count)
    january: Ints = anyday - (anyday % YEAR).astype(np.int64)
    spring = january + SPRING[0] + rng.integers(0, SPRING[1], count)
    usable = (rng.random(count) < 0.4) & (spring >= start) & (spring < end)
    return np.where(usable, spring, anyday)


def office_day(days: Ints) -> Ints:
    """土曜と日曜を次の月曜へ送る。1970-01-01 は木曜である。"""
    weekday = (days + 3) % 7
    return np.where(weekday >= 5, days + 7 - weekday, days)
