"""印鑑登録: 誰が、どの文字の印で、いつ登録したか。印影の画像は要るときに ``text`` から描く（ここでは作らない）。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.days import YEAR
from tsugaru.faces.demo.population.numbers import as_text
from tsugaru.faces.demo.population.records import Book
from tsugaru.faces.demo.population.streams import Ints

MINIMUM_AGE = 15


def seal_frame(book: Book, person: pl.DataFrame) -> pl.DataFrame:
    """印鑑登録。消除された人の登録は、消除の日に職権で抹消されている。"""
    people, world = book.world.people, book.world
    rng = world.streams.open("seals")
    last = np.minimum(people.until, world.as_of)
    adult = people.born + round(MINIMUM_AGE * YEAR) + 30
    became = person["住民となった日"].cast(pl.Int32).to_numpy().astype(np.int64)
    low = np.maximum(adult, became) + 1
    age = (last - people.born) / YEAR
    rate = np.select([age < 20, age < 30, age < 40], [0.04, 0.25, 0.55], 0.78)
    who = np.flatnonzero((rng.random(len(people)) < rate) & (low < last - 2) & (people.relation >= 0))
    registered = np.maximum(rng.integers(low[who], last[who]), low[who])
    gone = people.until[who] <= world.as_of
    stopped = ~gone & (rng.random(len(who)) < 0.003)
    state = np.select([gone, stopped], [2, 1], 0)
    chosen = person[who]
    dates = pl.DataFrame(
        {
            "登録番号": as_text(np.argsort(np.argsort(registered, kind="stable")) + 100_001, 8),
            "登録日": date_column(registered),
            "登録状態": pl.Series(["登録", "一時停止", "職権抹消"]).gather(state),
            "抹消日": date_column(np.where(gone, people.until[who], 0), gone),
            "登録方法": pl.Series(["即日", "照会書", "保証人"]).gather(
                rng.choice(3, len(who), p=[0.9, 0.08, 0.02])
            ),
            "印影の大きさ": pl.Series(rng.choice([100, 120, 135, 150, 165, 180], len(who)).astype(np.int32)),
            "書体": pl.Series(["篆書", "印相", "古印", "楷書"]).gather(
                rng.choice(4, len(who), p=[0.5, 0.3, 0.15, 0.05])
            ),
        }
    )
    return pl.concat(
        [chosen.select("宛名番号"), _text(chosen, _style(rng.random(len(who)))), dates], how="horizontal"
    )


def _style(draw: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    """印文の別: 氏・氏名・名。"""
    return np.searchsorted([0.86, 0.97], draw)


def _text(chosen: pl.DataFrame, style: Ints) -> pl.DataFrame:
    """印に彫る文字。外国人は通称、無ければローマ字の氏名を彫る。"""
    kind = pl.lit(pl.Series("別", style))
    full = pl.col("氏名").str.replace_all("　", "")
    foreign = pl.coalesce("通称", "氏名").str.replace_all("　", "")
    text = pl.when(pl.col("氏").is_null()).then(foreign).when(kind == 0).then("氏").when(kind == 1).then(full)
    return chosen.select(text.otherwise("名").alias("印文"))
