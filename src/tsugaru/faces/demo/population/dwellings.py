"""住まい: 町字・番地・枝番・方書を持つ住所の表。共同住宅は一棟に何室もある。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.places import Towns
from tsugaru.faces.demo.population.streams import Generator, Ints, weighted

ROOMS, ROOMS_A_FLOOR = 12, 4
STEMS = (
    "コーポりんご", "ハイツもみじ", "メゾンさくら", "グリーンハイツ", "サンコーポ", "第二ハイム", "ハイムすずらん",
    "フラワーコート", "コーポねぷた", "パレス白樺", "シティハイツ", "ビレッジ北", "ローズハイム", "エステート松",
)  # fmt: skip
BUILDINGS = tuple(f"{stem}{letter}" for letter in "ＡＢＣＤＥ" for stem in STEMS)
FACILITIES = (
    "特別養護老人ホームりんごの里",
    "グループホームひだまり",
    "ケアハウス白樺の苑",
    "老人ホームこもれび",
)
TO_WIDE = dict(zip("0123456789", "０１２３４５６７８９", strict=True))
HOUSE, APARTMENT, FACILITY = 0, 1, 2


def draw_dwellings(rng: Generator, towns: Towns, kinds: Ints) -> pl.DataFrame:
    """``kinds``（一戸建て・共同住宅・施設）の順に、住所の表を一行ずつつくる。

    列: 団体コード、町字コード、都道府県、市区町村、町字、番地号、方書、郵便番号、番地、枝番、部屋番号。
    """
    count = len(kinds)
    flats = np.flatnonzero(kinds == APARTMENT)
    keys = rng.permutation(len(flats))
    buildings = _plots(rng, towns, len(flats) // ROOMS + 4)
    home = rng.integers(0, len(FACILITIES), count)
    place = np.where(kinds == FACILITY, home % len(buildings), 0)
    place[flats] = keys // ROOMS
    room = np.zeros(count, dtype=np.int64)
    room[flats] = (keys % ROOMS // ROOMS_A_FLOOR + 1) * 100 + keys % ROOMS_A_FLOOR + 1
    plot = np.where((kinds == HOUSE)[:, None], _plots(rng, towns, count), buildings[place])
    town, number, branch = plot.T
    addressed = pl.DataFrame({"番地": number, "枝番": branch, "部屋番号": room})
    joined: pl.DataFrame = pl.concat([towns.frame.drop("フリガナ")[town], addressed], how="horizontal")
    return joined.select(
        "団体コード", "町字コード", "都道府県", "市区町村", "町字",
        _plot_text().alias("番地号"),
        _building_text(kinds, place, home).alias("方書"),
        "郵便番号",
        "番地", pl.col("枝番").replace(0, None), pl.col("部屋番号").replace(0, None),
    )  # fmt: skip


def _plots(rng: Generator, towns: Towns, count: int) -> Ints:
    """町字の添字・番地・枝番の3列。枝番0は枝番なし。"""
    town = weighted(rng, towns.weight, count)
    number = 1 + np.floor(rng.exponential(60, count)).astype(np.int64)
    branch = np.where(rng.random(count) < 0.75, rng.integers(1, 40, count), 0)
    return np.column_stack([town, number, branch])


def _plot_text() -> pl.Expr:
    tail = pl.when(pl.col("枝番") > 0).then(pl.col("枝番").cast(pl.String)).otherwise(pl.lit(""))
    return wide(pl.col("番地").cast(pl.String) + "番地" + tail)


def _building_text(kinds: Ints, place: Ints, home: Ints) -> pl.Expr:
    names = pl.Series(BUILDINGS).gather(place % len(BUILDINGS))
    rooms = pl.col("部屋番号").cast(pl.String) + "号"
    facilities = pl.Series(FACILITIES).gather(home)
    apartment = pl.lit(names) + "　" + wide(rooms)
    kind = pl.lit(pl.Series(kinds))
    return pl.when(kind == APARTMENT).then(apartment).when(kind == FACILITY).then(pl.lit(facilities))


def wide(text: pl.Expr) -> pl.Expr:
    """算用数字を全角にする（住所の番地号表記は全角）。"""
    return text.str.replace_many(TO_WIDE)
