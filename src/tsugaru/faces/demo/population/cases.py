"""支援措置と抑止。

支援措置は申出から一年で、終わりの日が来ても自動では終わらない（標準仕様書3.4）。支援措置の申出者には証明発行の
抑止が付く。
"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.names import given_and_family
from tsugaru.faces.demo.population.numbers import as_text
from tsugaru.faces.demo.population.records import Book
from tsugaru.faces.demo.population.streams import Generator, Ints

PER_HUNDRED_THOUSAND = 70
HOLDS_PER_TEN_THOUSAND = 8
KINDS = ("DV", "DV", "ストーカー", "児童虐待", "その他")
BUREAUS = ("警察署", "配偶者暴力相談支援センター", "児童相談所", "市町村の相談窓口")
HOLDS = (
    ("発行", "エラー", "本人の申出による証明発行の停止"),
    ("異動", "アラート", "届出人の本人確認が未了"),
    ("照会", "アラート", "実態調査中"),
)


def protection_frame(book: Book, person: pl.DataFrame) -> pl.DataFrame:
    """支援措置。申出者と、同じ世帯で併せて支援を求める者を、申出番号でまとめる。"""
    rng = book.world.streams.open("protections")
    here = _residents(person)
    adults = here.filter((pl.col("性別") == "2") & pl.col("続柄コード1").is_in(["02", "12"]))
    count = min(len(adults), max(3, len(here) * PER_HUNDRED_THOUSAND // 100_000))
    chosen = adults[np.sort(rng.choice(len(adults), count, replace=False))].select("宛名番号", "世帯番号")
    cases = pl.concat([chosen, _terms(rng, book, count)], how="horizontal")
    children = here.filter(pl.col("続柄コード1") == "20").select(
        "世帯番号", pl.col("宛名番号").alias("併せて")
    )
    together = cases.join(children, on="世帯番号", how="inner", maintain_order="left").select(
        pl.col("申出番号"), pl.col("併せて").alias("宛名番号"), pl.lit("併せて支援を求める者").alias("立場"),
        pl.all().exclude("申出番号", "併せて", "宛名番号", "世帯番号"),
    )  # fmt: skip
    applicants = cases.select(
        "申出番号", "宛名番号", pl.lit("申出者").alias("立場"),
        pl.all().exclude("申出番号", "宛名番号", "世帯番号"),
    )  # fmt: skip
    return pl.concat([applicants, together]).sort(
        "申出番号", "立場", "宛名番号", descending=[False, True, False]
    )


def _terms(rng: Generator, book: Book, count: int) -> pl.DataFrame:
    """申出の内容。期間は一年、相手方の氏名は作りもの。"""
    begun = book.world.as_of - rng.integers(5, 400, count)
    provisional = begun > book.world.as_of - 20
    family = book.identity.draw_surnames(rng, count)
    given = rng.choice(book.identity.given[book.world.people.sex == 1], count)
    return pl.DataFrame(
        {
            "申出番号": as_text(np.arange(1, count + 1), 6),
            "区分": pl.Series(KINDS).gather(rng.integers(0, len(KINDS), count)),
            "仮": provisional,
            "申出日": date_column(begun),
            "開始日": date_column(begun),
            "終了日": date_column(begun + 365),
            "相談機関": pl.Series(BUREAUS).gather(rng.integers(0, len(BUREAUS), count)),
            "相手方_氏名": given_and_family(family, given)["氏名"],
            "住民票の写し": True,
            "附票の写し": rng.random(count) < 0.9,
            "閲覧": True,
        }
    )


def hold_frame(book: Book, person: pl.DataFrame) -> pl.DataFrame:
    """抑止。終了日を過ぎても自動では終わらない（標準仕様書3）。"""
    rng = book.world.streams.open("holds")
    here = _residents(person)
    count = max(3, len(here) * HOLDS_PER_TEN_THOUSAND // 10_000)
    rows: Ints = np.sort(rng.choice(len(here), count, replace=False))
    kinds = pl.DataFrame(HOLDS, schema=["対象処理", "水準", "理由"], orient="row")[
        rng.integers(0, len(HOLDS), count)
    ]
    begun = book.world.as_of - rng.integers(1, 500, count)
    span = pl.DataFrame(
        {
            "開始日": date_column(begun),
            "終了日": date_column(begun + rng.integers(30, 700, count), rng.random(count) < 0.6),
            "単位": pl.Series(["個人", "個人", "世帯"]).gather(rng.integers(0, 3, count)),
        }
    )
    return pl.concat([here[rows].select("宛名番号", "世帯番号"), kinds, span], how="horizontal")


def _residents(person: pl.DataFrame) -> pl.DataFrame:
    columns = person.select("宛名番号", "世帯番号", "性別", "続柄コード1", "住民状態", "世帯主宛名番号")
    return columns.filter((pl.col("住民状態") == "1") & pl.col("世帯主宛名番号").is_not_null())
