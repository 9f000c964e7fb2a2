"""行を届け物とファイルに分け、正解の表をつくる。届かない部分と、前の年のファイルもここで植える。"""

from __future__ import annotations

import polars as pl

from tsugaru.faces.demo.reports.delivery import Delivered, Delivery, render
from tsugaru.faces.demo.reports.employers import PAYER, group
from tsugaru.platform.inbound.layout import Layout

TRUTH = ("資料", "届け物", "ファイル", "行", "宛名番号", "誤り")
TWO_PARTS = 150
ABSENT, LAST_YEAR = "届かない部分", "前年のファイル"


def grouped_wages(rows: pl.DataFrame) -> pl.DataFrame:
    """``届`` と ``差出人`` を付ける。会計事務所は小さな会社をまとめて一つの届け物にする。

    差出人の名が同じ会社は、指定番号を添えて分ける。
    """
    number, senders = group(rows["支払者"].to_numpy())
    office = pl.Series("事務所", senders).gather(number)
    named = rows.with_columns(pl.Series("届", number), office)
    alike = pl.col("届").filter(pl.col("事務所") == "").n_unique().over(PAYER) > 1
    own = pl.when(alike).then(pl.concat_str(PAYER, pl.lit("（"), "指定番号", pl.lit("）"))).otherwise(PAYER)
    sender = pl.when(pl.col("事務所") == "").then(own).otherwise("事務所").alias("差出人")
    return named.with_columns(sender).sort("届", "支払者", "順")


def one_each(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """``column`` の値ごとに一つの届け物。"""
    number = (pl.col(column).rank("dense") - 1).cast(pl.Int64).alias("届")
    return rows.with_columns(number, pl.col(column).alias("差出人")).sort("届", "順")


def pack(
    kind: str, rows: pl.DataFrame, layout: Layout, *, several: bool = False, clean: bool = False
) -> Delivered:
    """``several`` のとき、大きな届け物は二つのファイルに分かれ、一つは二つ目が届かず、一つは前の年のものである。

    届かないファイルと、前の年のものの代わりは ``later`` に入る。``clean`` なら、全てが正しく届く。
    """
    split = _name_files(_parts(rows, several), kind)
    absent, last_year = _spoiled(split) if several and not clean else (-1, -1)
    lost = (pl.col("届") == absent) & (pl.col("部分") == 2)
    old = pl.col("届") == last_year
    spoiled = split.with_columns(
        pl.when(lost).then(pl.lit(ABSENT)).when(old).then(pl.lit(LAST_YEAR)).otherwise("誤り").alias("誤り")
    )
    if several:
        before = (pl.col("年分").cast(pl.Int64) - 1).cast(pl.String).str.zfill(2)
        spoiled = spoiled.with_columns(pl.when(old).then(before).otherwise("年分").alias("年分"))
    files = render(spoiled.filter(~lost), layout)
    truth = spoiled.select(
        pl.lit(kind).alias("資料"), "届け物", "ファイル",
        (pl.int_range(1, pl.len() + 1).over("ファイル") + int(layout.titles)).alias("行"), "宛名番号", "誤り",
    )  # fmt: skip
    return Delivered(_deliveries(spoiled, files, kind), truth, render(split.filter(lost | old), layout))


def _parts(rows: pl.DataFrame, several: bool) -> pl.DataFrame:
    """届け物の中で何番目のファイルか。二重の報告と取消は、元の行と同じファイルに置く。"""
    if not several:
        return rows.with_columns(pl.lit(1).alias("部分"), pl.lit(1).alias("部分の数"))
    size = pl.len().over("届")
    largest = rows.group_by("届").len()["len"].max()
    two = size >= min(TWO_PARTS, int(str(largest)))
    pair = (
        (pl.col("順") // 2 != (pl.col("順") // 2).shift(1))
        .fill_null(True)
        .cast(pl.Int64)
        .cum_sum()
        .over("届")
    )
    second = two & (pair > pl.col("順").floordiv(2).n_unique().over("届") // 2)
    return rows.with_columns(
        (second.cast(pl.Int64) + 1).alias("部分"), (two.cast(pl.Int64) + 1).alias("部分の数")
    )


def _name_files(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    name = pl.lit(f"{kind}-") + (pl.col("届") + 1).cast(pl.String).str.zfill(4)
    part = pl.lit("-") + pl.col("部分").cast(pl.String) + pl.lit(".csv")
    return rows.with_columns(name.alias("届け物"), (name + part).alias("ファイル"))


def _spoiled(rows: pl.DataFrame) -> tuple[int, int]:
    """（二つ目の届かない届け物, 前の年のファイルが来た届け物）。届け物が一つしか無ければ、前の年のものは無い。"""
    absent = int(rows.filter(pl.col("部分の数") == 2)["届"][0])
    others = rows.filter((pl.col("届") != absent) & (pl.col("部分の数") == 1))["届"]
    return absent, int(others[-1]) if len(others) else -1


def _deliveries(rows: pl.DataFrame, files: dict[str, bytes], kind: str) -> tuple[Delivery, ...]:
    """rows と parts は差出人の知らせた数で、届かない部分も数える。"""
    grouped = rows.group_by("届け物", maintain_order=True).agg(
        pl.col("差出人").first(),
        pl.col("部分の数").first(),
        pl.len().alias("件数"),
        pl.col("ファイル").unique().sort(),
    )
    return tuple(
        Delivery(name, kind, sender, parts, count, {one: files[one] for one in names if one in files})
        for name, sender, parts, count, names in grouped.iter_rows()
    )
