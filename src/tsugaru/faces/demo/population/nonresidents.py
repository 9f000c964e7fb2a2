"""住登外: 町の外に住み、固定資産や事業で町と関わる人。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.days import YEAR
from tsugaru.faces.demo.population.dwellings import wide
from tsugaru.faces.demo.population.identity import draw_given
from tsugaru.faces.demo.population.names import given_and_family
from tsugaru.faces.demo.population.numbers import (
    addressee_numbers,
    as_text,
    next_sequence,
    personal_numbers,
    phones,
)
from tsugaru.faces.demo.population.records import NUMBER_WIDTH, Book
from tsugaru.faces.demo.population.streams import Generator, chance, weighted

PER_THOUSAND = 15
PURPOSES = ("固定資産税", "固定資産税", "固定資産税", "個人住民税", "軽自動車税", "介護保険", "児童手当")


def draw_nonresidents(rng: Generator, book: Book) -> pl.DataFrame:
    """住登外の人。宛名番号は住民の続きの番号で、住民と重ならない。"""
    world = book.world
    count = max(5, len(world.people.present) * PER_THOUSAND // 1000)
    numbers = addressee_numbers(count, next_sequence(addressee_numbers(len(world.people))))
    sex = rng.integers(1, 3, count)
    days = world.as_of - np.floor(rng.normal(61, 14, count).clip(20, 100) * YEAR).astype(np.int64)
    names = given_and_family(book.identity.draw_surnames(rng, count), draw_given(rng, sex, days))
    known = chance(rng, 0.8, count)
    return pl.concat(
        [
            pl.DataFrame(
                {
                    "宛名番号": as_text(numbers, NUMBER_WIDTH),
                    "履歴番号": pl.Series([1] * count, dtype=pl.Int32),
                }
            ),
            names.select("氏名", "氏", "名", "氏名_フリガナ", "氏_フリガナ", "名_フリガナ"),
            pl.DataFrame(
                {
                    "性別": as_text(sex, 1),
                    "生年月日": date_column(days, chance(rng, 0.9, count)),
                    "個人番号": as_text(personal_numbers(rng, count), 12).zip_with(
                        pl.Series(known), _blank()
                    ),
                }
            ),
            outside_address(rng, book, count),
            pl.DataFrame(
                {
                    "電話番号": phones(rng, count),
                    "業務名": pl.Series(PURPOSES).gather(rng.integers(0, len(PURPOSES), count)),
                    "登録日": date_column(rng.integers(world.start, world.as_of, count)),
                }
            ),
        ],
        how="horizontal",
    )


def outside_address(rng: Generator, book: Book, count: int) -> pl.DataFrame:
    """町の外の住所。"""
    town = weighted(rng, book.outside.weight, count)
    frame = book.outside.frame.drop("フリガナ")[town]
    plot = wide(pl.lit(pl.Series("番", rng.integers(1, 400, count)).cast(pl.String)) + "番地")
    return frame.select(pl.all().name.prefix("住所_"), plot.alias("住所_番地号"))


def _blank() -> pl.Series:
    return pl.Series([None], dtype=pl.String)
