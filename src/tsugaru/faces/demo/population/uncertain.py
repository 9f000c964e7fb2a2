"""不詳日: 生年月日のごく一部は、戦前の届出の事情などで年や月までしか分からない。"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.days import EPOCH, YEAR
from tsugaru.faces.demo.population.records import Book

OLD, PER_TEN_THOUSAND = 78, 12
ERAS = (
    (date(1989, 1, 8), "平成", 1988),
    (date(1926, 12, 25), "昭和", 1925),
    (date(1912, 7, 30), "大正", 1911),
)


def birth_columns(book: Book) -> pl.DataFrame:
    """人ごとの生年月日（内部日付）・不詳フラグ・不詳表記。"""
    people = book.world.people
    rng = book.world.streams.open("uncertain")
    old = book.world.as_of - people.born > OLD * YEAR
    unknown = old & (rng.random(len(people)) < PER_TEN_THOUSAND / 10_000)
    texts: list[str | None] = [None] * len(people)
    for person in np.flatnonzero(unknown).tolist():
        texts[person] = _text(EPOCH + timedelta(days=int(people.born[person])), person % 5)
    return pl.DataFrame(
        {
            "生年月日": date_column(people.born),
            "生年月日_不詳": unknown,
            "生年月日_表記": pl.Series(texts, dtype=pl.String),
        }
    )


def _text(day: date, pattern: int) -> str:
    """標準仕様書1.1.8の不詳日の書き方のうち、生年月日に多い五つ。"""
    era, base = next(((name, base) for start, name, base in ERAS if day >= start), ("明治", 1867))
    year = f"{era}{day.year - base if day.year - base > 1 else '元'}年"
    return (
        f"{year}　月日不詳",
        f"{year}頃",
        f"{year}{day.month}月　日不詳",
        f"推定{year}{day.month}月",
        f"{year}{day.month}月頃",
    )[pattern]
