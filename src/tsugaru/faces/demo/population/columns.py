"""履歴の列: 異動・住所・戸籍・転出・在留。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.days import office_day
from tsugaru.faces.demo.population.history import is_reason
from tsugaru.faces.demo.population.identity import Identity
from tsugaru.faces.demo.population.names import gathered, given_and_family
from tsugaru.faces.demo.population.reasons import DEPARTURES, NOTES, REMOVALS, reason_table, 異動事由
from tsugaru.faces.demo.population.records import Book
from tsugaru.faces.demo.population.streams import Flags, Ints, chance, weighted
from tsugaru.faces.demo.population.world import NOTHING

TERMINALS = ("市民窓口01", "市民窓口02", "市民窓口03", "支所窓口01")
OPERATORS = ("見本　職員一", "見本　職員二", "見本　職員三")


def date_column(days: Ints, where: Flags | None = None) -> pl.Series:
    """日数の列を日付にする。``where`` が偽の行は空にする。"""
    column = pl.Series(days.astype(np.int32))
    if where is not None:
        column = column.zip_with(pl.Series(where), pl.Series([None], dtype=pl.Int32))
    return column.cast(pl.Date)


def event_columns(book: Book) -> pl.DataFrame:
    """異動事由・異動日・届出日・処理日と、入力した人・場所・端末。同じ世帯の同じ日の異動は同じ届出である。"""
    history = book.history
    spread = book.world.streams.open("filing").integers(0, 2**31, len(book.world.home))
    seed = spread[history.state["household"]] + history.day * 31
    late = np.isin(history.reason, (異動事由.国内転出, 異動事由.国外転出))
    entry = np.isin(history.reason, (異動事由.改製, 異動事由.誤記修正, 異動事由.取消_修正))
    delay = np.where(late, -(seed % 11), np.where(entry, 0, seed % 12))
    filed = np.minimum(office_day(history.day + delay), book.world.as_of)
    done = np.minimum(office_day(np.maximum(filed, np.where(late, filed, history.day))), book.world.as_of)
    desk = seed % len(TERMINALS)
    return pl.concat(
        [
            reason_table()[history.reason],
            pl.DataFrame(
                {
                    "異動日": date_column(history.day),
                    "届出日": date_column(filed),
                    "処理日": date_column(done),
                    "入力者": pl.Series(OPERATORS).gather(seed % len(OPERATORS)),
                    "入力場所": pl.Series(["本庁", "本庁", "本庁", "支所"]).gather(desk),
                    "入力端末": pl.Series(TERMINALS).gather(desk),
                    "留意事項": pl.Series([n or None for n in NOTES], dtype=pl.String).gather(history.note),
                }
            ),
        ],
        how="horizontal",
    )


def address_columns(homes: pl.DataFrame, rows: Ints, prefix: str) -> pl.DataFrame:
    """住所の列。番地・枝番・部屋番号は並べ替えのための数である。"""
    keys = ("番地", "枝番", "部屋番号")
    return gathered(homes, rows, {c: c if c in keys else f"{prefix}_{c}" for c in homes.columns})


def register_columns(book: Book, japanese: Flags) -> pl.DataFrame:
    """戸籍の表示（本籍・筆頭者）。七割は今の町、ほかは他の町に本籍を置く。"""
    texts = _registers(book, book.identity)
    names = {"本籍": "本籍", "筆頭者": "筆頭者"}
    return gathered(texts, book.history.state["register"], names, japanese)


def _registers(book: Book, identity: Identity) -> pl.DataFrame:
    rng = book.world.streams.open("registers")
    count = len(identity.own)
    local = chance(rng, 0.7, count)
    towns = pl.concat([book.own.frame, book.outside.frame]).select(
        (pl.col("都道府県") + pl.col("市区町村") + pl.col("町字")).alias("町")
    )
    far = weighted(rng, book.outside.weight, count) + len(book.own.frame)
    town = np.where(local, weighted(rng, book.own.weight, count), far)
    plot = pl.Series(rng.integers(1, 300, count)).cast(pl.String)
    place = towns["町"].gather(town) + plot + "番地"
    holder = given_and_family(identity.register_surnames(), identity.holder_given)["氏名"]
    return pl.DataFrame({"本籍": place, "筆頭者": holder})


def leaving_columns(book: Book) -> pl.DataFrame:
    """消除の事由と日、転出先（予定・確定）。転入通知の来ていない転出は確定が空である。"""
    history = book.history
    rng = book.world.streams.open("leaving")
    removed = is_reason(history, *REMOVALS)
    left = is_reason(history, *DEPARTURES)
    home = weighted(rng, book.outside.weight, len(book.world.home))[history.state["household"]]
    noticed = left & chance(rng, 0.93, len(left)) & (history.day < book.world.as_of - 10)
    late = history.day + rng.integers(0, 9, len(left))
    domestic = is_reason(history, 異動事由.国内転出)
    plan = _destination(book, np.where(domestic, home, NOTHING), "予定")
    real = _destination(book, np.where(domestic & noticed, home, NOTHING), "確定")
    reasons = reason_table().select(pl.col("異動事由").alias("消除の事由"))
    dates = pl.DataFrame(
        {
            "消除の異動日": date_column(history.day, removed),
            "転出予定日": date_column(history.day, left),
            "転出確定日": date_column(late, noticed),
            "転入通知日": date_column(np.minimum(office_day(late + 5), book.world.as_of), noticed),
        }
    )
    why = gathered(reasons, history.reason, {"消除の事由": "消除の事由"}, removed)
    return pl.concat([why, dates, plan, real], how="horizontal")


def _destination(book: Book, town: Ints, kind: str) -> pl.DataFrame:
    names = {
        "団体コード": f"転出先{kind}_コード",
        "郵便番号": f"転出先{kind}_郵便",
        "都道府県": "県",
        "市区町村": "市",
        "町字": "町",
    }
    rows = gathered(book.outside.frame, np.maximum(town, 0), names, town != NOTHING)
    plot = pl.lit(pl.Series("番", book.history.state["household"] * 104_729 % 89 + 1)).cast(pl.String)
    text = (pl.col("県") + pl.col("市") + pl.col("町") + plot + "番地").alias(f"転出先{kind}_住所")
    return rows.select(f"転出先{kind}_コード", f"転出先{kind}_郵便", text)


def foreign_columns(book: Book, profile: pl.DataFrame) -> pl.DataFrame:
    """国籍・在留の列と通称。"""
    history = book.history
    alias = (history.state["alias"] != NOTHING) & (history.state["foreign"] == 1)
    names = given_and_family(book.identity.surname, book.identity.given)
    pairs = {"氏名": "通称", "氏名_フリガナ": "通称_フリガナ"}
    joined = np.where(history.state["foreign"] == 1, np.maximum(book.first_day, ALIENS)[history.person], 0)
    residence = profile.select(
        "国籍コード", "国籍名", "規定区分", "在留資格", "在留期間",
        pl.col("在留満了日").cast(pl.Date), "在留カード番号",
    )  # fmt: skip
    since = pl.DataFrame({"外国人住民日": date_column(joined, history.state["foreign"] == 1)})
    return pl.concat([gathered(names, history.person, pairs, alias), residence, since], how="horizontal")


ALIENS = 15_530  # 2012年7月9日、外国人住民が住民基本台帳法の対象になった日
