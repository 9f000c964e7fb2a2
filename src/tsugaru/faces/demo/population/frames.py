"""表: 履歴の全件、今の姿、世帯。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population import kinship
from tsugaru.faces.demo.population.columns import (
    address_columns,
    date_column,
    event_columns,
    foreign_columns,
    leaving_columns,
    register_columns,
)
from tsugaru.faces.demo.population.days import YEAR
from tsugaru.faces.demo.population.history import arrival_rows, settled_rows
from tsugaru.faces.demo.population.names import current_names, gathered, maiden_names, named
from tsugaru.faces.demo.population.numbers import as_text, personal_numbers, phones, resident_codes
from tsugaru.faces.demo.population.records import Book
from tsugaru.faces.demo.population.streams import Flags, Ints
from tsugaru.faces.demo.population.uncertain import birth_columns
from tsugaru.faces.demo.population.world import NOTHING


def history_frame(book: Book) -> pl.DataFrame:
    """個人の全履歴。鍵は宛名番号＋履歴番号（1から欠番なし）、世帯に属する項目は各人の行に写す。"""
    history, state = book.history, book.history.state
    person = history.person
    foreign = state["foreign"] == 1
    profile = gathered(book.foreigners.frame, book.foreigners.row[person], _PROFILE, foreign)
    parts = [
        _keys(book),
        event_columns(book),
        named(state["surname"], book.identity.given[person], foreign, profile),
        maiden_names(state["maiden"]),
        _personal(book),
        _kinship_columns(book),
        address_columns(book.homes, state["dwelling"], "住所"),
        _days(book),
        _origin(book),
        register_columns(book, ~foreign),
        leaving_columns(book),
        foreign_columns(book, profile),
    ]
    return pl.concat(parts, how="horizontal").drop("外国人_フリガナ", strict=False)


_PROFILE = {
    name: name
    for name in (
        "氏名_ローマ字", "外国人_フリガナ", "氏名_漢字", "国籍コード", "国籍名", "規定区分", "在留資格", "在留期間",
        "在留満了日", "在留カード番号",
    )
}  # fmt: skip


def person_frame(rows: pl.DataFrame) -> pl.DataFrame:
    """今の姿（各人の最新の履歴）。住民状態が 1 の人が住民、ほかは除票である。"""
    return rows.filter("最新フラグ")


def household_frame(book: Book, rows: pl.DataFrame, person: pl.DataFrame) -> pl.DataFrame:
    """世帯。住民の居なくなった世帯も、人員0・廃止日つきで残る。"""
    here = (
        person.filter(pl.col("住民状態") == "1")
        .group_by("世帯番号", maintain_order=True)
        .agg(
            pl.len().alias("人員"),
            pl.col("世帯主宛名番号").first(),
            pl.col("世帯主氏名").first(),
            pl.col("^住所_.*$").first(),
            pl.col("番地", "枝番", "部屋番号").first(),
        )
    )
    ever = rows.group_by("世帯番号", maintain_order=True).agg(
        pl.col("異動日").min().alias("設定日"), pl.col("異動日").max().alias("最終異動日")
    )
    joined = ever.join(here, on="世帯番号", how="left", maintain_order="left")
    gone = pl.col("人員").is_null()
    return joined.with_columns(
        pl.col("人員").fill_null(0).cast(pl.Int32),
        pl.when(gone).then("最終異動日").alias("廃止日"),
    ).drop("最終異動日")


def _keys(book: Book) -> pl.DataFrame:
    history = book.history
    households = book.household_numbers()
    return pl.DataFrame(
        {
            "宛名番号": book.person_numbers().gather(history.person),
            "履歴番号": pl.Series(history.number).cast(pl.Int32),
            "最新フラグ": history.last,
            "世帯番号": households.gather(history.state["household"]),
            "住民種別": pl.Series(["1", "2"]).gather(history.state["foreign"]),
        }
    )


def _personal(book: Book) -> pl.DataFrame:
    world, person = book.world, book.history.person
    rng = world.streams.open("personal")
    count = len(world.people)
    confirmed = rng.choice(["0", "1"], count, p=[0.12, 0.88])
    fixed = pl.DataFrame(
        {
            "フリガナ確認状況": confirmed,
            "性別": pl.Series(["", "1", "2"]).gather(world.people.sex),
            "個人番号": as_text(personal_numbers(rng, count), 12),
            "住民票コード": as_text(resident_codes(rng, count), 11),
            "電話番号": phones(rng, count),
        }
    )
    return pl.concat([fixed, birth_columns(book)], how="horizontal")[person]


def _kinship_columns(book: Book) -> pl.DataFrame:
    state = book.history.state
    head: Ints = state["head"]
    known: Flags = head != NOTHING
    heads = pl.DataFrame({"世帯主宛名番号": book.person_numbers(), "世帯主氏名": current_names(book)})
    names = {"世帯主宛名番号": "世帯主宛名番号", "世帯主氏名": "世帯主氏名"}
    order = pl.DataFrame({"記載順位": pl.Series(_rank(book)).cast(pl.Int32)})
    links = kinship.relation_table()[state["relation"]]
    return pl.concat([links, gathered(heads, np.maximum(head, 0), names, known), order], how="horizontal")


def _rank(book: Book) -> Ints:
    """証明書の記載順（標準仕様書5.2）: 世帯主・配偶者・子、子の家族、父母・兄弟姉妹、縁故者・同居人。"""
    chains = kinship.CHAINS
    early = {"02": 1, "11": 2, "12": 2, "13": 2, "14": 2, "20": 3, "51": 5, "52": 5}
    group = np.array([9 if not c else early.get(c[0], 7) + (len(c) > 1) for c in chains])
    return group[book.history.state["relation"]]


def _days(book: Book) -> pl.DataFrame:
    """住民となった日・住所を定めた日。十年より前から居る人は、生まれた日か、その後のある日。"""
    history, people = book.history, book.world.people
    rng = book.world.streams.open("settling")
    first = book.first_day
    native = book.history.state["origin"][history.number == 1] == NOTHING
    grown = np.minimum(people.born + round(YEAR), first)
    became = np.where(native | (people.born >= first), people.born, rng.integers(grown, first + 1))
    became = np.where(book.history.reason[history.number == 1] == 0, became, first)
    settled = np.where(became == first, first, rng.integers(became, first + 1))
    start = history.number == 1
    began = np.where(start, became[history.person], history.day)
    fixed = np.where(start, settled[history.person], history.day)
    return pl.DataFrame(
        {
            "住民となった日": date_column(history.carried(arrival_rows(history), began)),
            "住所を定めた日": date_column(history.carried(settled_rows(history), fixed)),
        }
    )


def _origin(book: Book) -> pl.DataFrame:
    """転入前住所。番地は人の番号から決めた作りものである。"""
    origin = book.history.state["origin"]
    where = origin != NOTHING
    town = {
        "団体コード": "転入前_団体コード",
        "都道府県": "県",
        "市区町村": "市",
        "町字": "町",
        "郵便番号": "転入前_郵便番号",
    }
    rows = gathered(book.outside.frame, np.maximum(origin, 0), town, where)
    plot = pl.Series("番", (book.history.state["household"] * 7919 % 97 + 1)).cast(pl.String)
    text = (pl.col("県") + pl.col("市") + pl.col("町") + pl.lit(plot) + "番地").alias("転入前_住所")
    return rows.select("転入前_団体コード", "転入前_郵便番号", text)
