"""不詳日: 生年月日のごく一部は、戦前の届出の事情などで年や月までしか分からない。"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.days import EPOCH, YEAR, day
from tsugaru.faces.demo.population.records import Book
from tsugaru.kernel.uncertain_date import 不詳日を読む
from tsugaru.kernel.wareki import 和暦の年

OLD, PER_TEN_THOUSAND = 78, 12
PATTERNS = ("{年} 月日不詳", "{年}頃", "{年}{月}月 日不詳", "推定{年}{月}月", "{年}{月}月頃")


def birth_columns(book: Book) -> pl.DataFrame:
    """人ごとの生年月日（内部日付）・不詳フラグ・不詳表記。"""
    people = book.world.people
    rng = book.world.streams.open("uncertain")
    old = book.world.as_of - people.born > OLD * YEAR
    unknown = old & (book.foreigners.now == 0) & (rng.random(len(people)) < PER_TEN_THOUSAND / 10_000)
    days = people.born.copy()
    texts: list[str | None] = [None] * len(people)
    for person in np.flatnonzero(unknown).tolist():
        born = EPOCH + timedelta(days=int(days[person]))
        texts[person] = text = _text(born, person % len(PATTERNS))
        days[person] = day(不詳日を読む(text).内部日付)
    return pl.DataFrame(
        {
            "生年月日": date_column(days),
            "生年月日_不詳": unknown,
            "生年月日_表記": pl.Series(texts, dtype=pl.String),
        }
    )


def _text(born: date, pattern: int) -> str:
    """標準仕様書1.1.8の不詳日の書き方のうち、生年月日に多い五つ。"""
    return PATTERNS[pattern].format(年=和暦の年(born), 月=born.month)
