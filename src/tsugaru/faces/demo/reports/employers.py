"""支払者: 町の法人から給与の支払者を決め、届け物（会計事務所や会社ごとのまとまり）に分ける。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.numbers import as_text
from tsugaru.faces.demo.population.streams import Generator, Ints, Streams, weighted
from tsugaru.faces.demo.reports.people import writable

LARGE = 60
OFFICE = 24
PAYER = "提出義務者の氏名又は名称"
SENDER_FORM = "会計事務所"


def numbered(corporations: pl.DataFrame) -> pl.DataFrame:
    """法人に、町が付けた8桁の作りものの指定番号を付ける。"""
    numbers = np.arange(1, len(corporations) + 1) * 10 + 70_000_000
    return corporations.with_columns(as_text(numbers, 8).alias("指定番号"))


def employer_frame(corporations: pl.DataFrame, prefix: str) -> pl.DataFrame:
    """支払者の列。``prefix`` は住所の頭（都道府県と市区町村）。"""
    return numbered(corporations).select(
        "指定番号",
        pl.col("法人番号").alias("支払者の個人番号又は法人番号"),
        writable(corporations["名称"], 30).alias(PAYER),
        (pl.lit(prefix) + pl.col("住所_町字") + pl.col("住所_番地号"))
        .str.slice(0, 60)
        .alias("提出義務者の住所又は所在地"),
        pl.col("電話番号").alias("提出義務者の電話番号"),
    )


def assign(streams: Streams, rng: Generator, employers: int, workers: int) -> Ints:
    """働く人ごとの支払者。大きさは順位に反比例し、少数の大きな会社に多くの人がいる。順位は種だけで決まる。"""
    order = streams.open("reports-employers").permutation(employers)
    return order[weighted(rng, 1_000_000 // (np.arange(1, employers + 1) + 4), workers)]


def group(employer: Ints) -> tuple[Ints, list[str]]:
    """支払者から届け物の番号と、差出人の名。大きな会社は自分で、小さな会社は会計事務所がまとめて出す。"""
    size = np.bincount(employer)
    large = size >= LARGE
    own = np.cumsum(large) - 1
    small = np.cumsum(~large) - 1
    number = np.where(large, own, large.sum() + small // OFFICE)
    offices = int(number.max()) + 1 - int(large.sum())
    senders = [""] * int(large.sum()) + [f"見本{SENDER_FORM}{n + 1:03}" for n in range(offices)]
    return number[employer], senders
