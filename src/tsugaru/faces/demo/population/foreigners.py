"""外国人住民と、氏名に添えるもの（旧氏・通称・帰化）。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.days import NEVER, YEAR, day
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.kinship import WIFE
from tsugaru.faces.demo.population.numbers import as_text
from tsugaru.faces.demo.population.reasons import 帰化, 異動事由
from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, chance, weighted
from tsugaru.faces.demo.population.tables import table
from tsugaru.faces.demo.population.world import NOTHING, World

PER_MILLE, NATURALISED, MAIDEN = 6, 0.03, 0.012
MAIDEN_FROM = day(date(2019, 11, 5))
ASCII_TO_WIDE = {chr(c): chr(c + 0xFEE0) for c in range(ord("A"), ord("Z") + 1)} | {" ": "　"}
ENDLESS = ("永住者", "特別永住者")
LETTERS = np.array(list("ABCDEFGHJKLMNPRSTUVWXYZ"))


@dataclass(frozen=True, slots=True)
class Foreigners:
    """人ごとの外国人の印（今）と、外国人の表の行（外国人でない人は0行目）。"""

    now: Ints
    row: Ints
    frame: pl.DataFrame


def invite(world: World, identity: Identity) -> tuple[Foreigners, Ints, Ints]:
    """外国人を選び、帰化・旧氏・通称の異動を書き留める。外国人と、人ごとの今の旧氏・通称の印を返す。"""
    rng = world.streams.open("foreigners")
    who = _chosen(rng, world)
    people = world.people
    now = np.zeros(len(people), dtype=np.int64)
    now[who] = 1
    row = np.zeros(len(people), dtype=np.int64)
    row[who] = np.arange(len(who))
    frame = _profiles(rng, world, who)
    settled = (people.until[who] == NEVER) & (world.as_of - people.born[who] > 30 * YEAR)
    _naturalise(rng, world, now, who[settled & chance(rng, NATURALISED, len(who))])
    return (
        Foreigners(now, row, frame),
        _maidens(rng, world, identity, now),
        _aliases(rng, world, now, row, frame),
    )


def _chosen(rng: Generator, world: World) -> Ints:
    people = world.people
    single = np.bincount(people.household, minlength=len(world.home)) == 1
    adult = (world.age >= 18) & (world.age < 60) & (people.ending != 異動事由.死亡)
    newcomer = single[people.household] & (world.arrived[people.household] >= 0) & adult
    spouse = (people.relation == WIFE) & (world.arrived[people.household] >= 0) & adult
    goal = int((people.until == NEVER).sum()) * PER_MILLE // 1000
    here = newcomer & (people.until == NEVER)
    rate = goal * 0.85 / max(1, int(here.sum()))
    spouses = goal * 0.15 / max(1, int((spouse & (people.until == NEVER)).sum()))
    return np.flatnonzero(rng.random(len(people)) < np.where(newcomer, rate, np.where(spouse, spouses, 0)))


def _profiles(rng: Generator, world: World, who: Ints) -> pl.DataFrame:
    nations = table("nationalities")
    nation = weighted(rng, nations["重み"].to_numpy(), max(1, len(who)))
    sexes = world.people.sex[who] if len(who) else np.ones(1, np.int64)
    names = _names(rng, nations["国籍コード"].gather(nation).to_list(), sexes.tolist())
    kinds = [options.split(" ") for options in nations["在留資格"].gather(nation)]
    wife = (world.people.relation[who] == WIFE).tolist() if len(who) else [False]
    status = [
        _status(options, married, u)
        for options, married, u in zip(kinds, wife, rng.random(len(nation)).tolist(), strict=True)
    ]
    years = rng.choice([1, 3, 5], len(nation))
    expiry = world.as_of + rng.integers(15, years * 360)
    return pl.DataFrame(
        {
            "国籍コード": nations["国籍コード"].gather(nation),
            "国籍名": nations["国籍名"].gather(nation),
            **names,
            "規定区分": ["特別永住者" if s == "特別永住者" else "中長期在留者" for s in status],
            "在留資格": status,
            "在留期間": [
                None if s in ENDLESS else f"{y}年" for s, y in zip(status, years.tolist(), strict=True)
            ],
            "在留満了日": [None if s in ENDLESS else d for s, d in zip(status, expiry.tolist(), strict=True)],
            "在留カード番号": _cards(rng, len(nation)),
        },
        schema_overrides={"在留満了日": pl.Int32, "在留期間": pl.String},
    )


def _status(options: list[str], married: bool, draw: float) -> str:
    """在留資格。日本人の妻は配偶者か永住者、ほかは国籍ごとの多いものから。"""
    choices = ["日本人の配偶者等", "永住者"] if married else options
    return choices[int(draw * len(choices))]


def _names(rng: Generator, nations: list[str], sexes: list[int]) -> dict[str, list[str | None]]:
    rows: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for code, kind, roman, kana, kanji in table("foreign_names").fill_null("").iter_rows():
        rows.setdefault((code, kind), []).append((roman, kana, kanji))
    draw = rng.random((len(nations), 3))
    found: dict[str, list[str | None]] = {"氏名_ローマ字": [], "外国人_フリガナ": [], "氏名_漢字": []}
    for code, sex, (u, v, w) in zip(nations, sexes, draw.tolist(), strict=True):
        families, givens = rows[code, "氏"], rows[code, "男" if sex == 1 else "女"]
        family, given = families[int(u * len(families))], givens[int(v * len(givens))]
        roman, kana = (f"{family[n]}　{given[n]}" for n in (0, 1))
        found["氏名_ローマ字"].append("".join(ASCII_TO_WIDE.get(c, c) for c in roman))
        found["外国人_フリガナ"].append(kana.replace(" ", "　"))
        found["氏名_漢字"].append(f"{family[2]}　{given[2]}" if family[2] and w < 0.75 else None)
    return found


def _cards(rng: Generator, count: int) -> pl.Series:
    """在留カード番号の形（英字2・数字8・英字2）。"""
    letters = pl.DataFrame(LETTERS[rng.integers(0, len(LETTERS), (count, 4))])
    digits = as_text(rng.integers(0, 10**8, count), 8)
    a, b, c, d = letters.get_columns()
    return a + b + digits + c + d


def _naturalise(rng: Generator, world: World, now: Ints, who: Ints) -> None:
    """帰化: 外国人の住民票を消除し、同じ宛名番号で日本人の住民票を記載する。"""
    arrived = world.arrived[world.people.household[who]]
    when = rng.integers(np.minimum(arrived + 30, world.as_of - 12), world.as_of - 10)
    world.log.add(who, when, 異動事由.職権消除_帰化, 帰化)
    world.log.add(who, when, 異動事由.職権記載_帰化, 帰化, foreign=1)
    now[who] = 0


def _maidens(rng: Generator, world: World, identity: Identity, foreign: Ints) -> Ints:
    """旧氏の記載の請求をした人（令和元年11月5日から）。"""
    people = world.people
    able: Flags = (people.relation == WIFE) & (world.age < 64) & (foreign == 0) & (people.until == NEVER)
    who = np.flatnonzero(able & chance(rng, MAIDEN, len(people)))
    maiden = np.full(len(people), NOTHING)
    maiden[who] = identity.draw_surnames(rng, len(who))
    low = np.maximum(people.since[who] + 5, MAIDEN_FROM)
    who, low = who[low < world.as_of - 5], low[low < world.as_of - 5]
    world.log.add(who, rng.integers(low, world.as_of), 異動事由.旧氏の記載, maiden=NOTHING)
    return maiden


def _aliases(rng: Generator, world: World, now: Ints, row: Ints, frame: pl.DataFrame) -> Ints:
    """通称の記載の申出をした外国人（漢字の氏名を持つ国の人の一部）。"""
    kanji = frame["氏名_漢字"].is_not_null().to_numpy()
    who = np.flatnonzero((now == 1) & kanji[row] & chance(rng, 0.35, len(now)))
    alias = np.full(len(now), NOTHING)
    alias[who] = 1
    low = world.people.since[who] + 10
    high = np.minimum(world.people.until[who], world.as_of) - 3
    late = who[low < high]
    world.log.add(late, rng.integers(low[low < high], high[low < high]), 異動事由.通称の記載, alias=NOTHING)
    return alias


def from_abroad(world: World, strangers: Foreigners, reasons: Ints) -> Ints:
    """転入した外国人の六割は国外からの転入にした、最初の異動事由。"""
    rng = world.streams.open("abroad")
    temporary = strangers.frame["在留期間"].is_not_null().to_numpy()[strangers.row]
    came = (strangers.now == 1) & temporary & (reasons == 異動事由.国内転入) & chance(rng, 0.6, len(reasons))
    return np.where(came, 異動事由.国外転入等, reasons)
