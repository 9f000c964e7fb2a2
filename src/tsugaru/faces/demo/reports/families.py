"""誰が誰を扶養するか。世帯でいちばん所得の多い人が、所得の少ない配偶者と親族を扶養する。"""

from __future__ import annotations

import polars as pl

from tsugaru.faces.demo.reports import rules

SPOUSES, STRANGERS = ("11", "12"), ("13", "14", "99", "96")
HEAD = "02"
COUNTS = ("配偶者", "老人配偶者", "特定", "老人", "同居老親", "その他", "十六未満")


def claim(people: pl.DataFrame, year: int) -> pl.DataFrame:
    """扶養する人（``扶養する``）の行に人数の列を付ける。ほかの人の人数は 0。配偶者所得 は配偶者のいるときだけ。"""
    limit = rules.dependant_limit(year)
    first = pl.struct(-pl.col("合計所得"), pl.col("宛名番号")).rank("ordinal").over("世帯番号") == 1
    ranked = people.with_columns((first & (pl.col("合計所得") > limit)).alias("扶養する"))
    payer = ranked.filter("扶養する").select("世帯番号", pl.col("続柄コード1").alias("扶養者の続柄"))
    members = ranked.filter(~pl.col("扶養する") & (pl.col("合計所得") <= limit)).join(payer, on="世帯番号")
    counted = _kinds(members).group_by("世帯番号").agg(
        *(pl.col(name).sum().cast(pl.Int64) for name in COUNTS),
        pl.when(pl.col("配偶者")).then("合計所得").max().alias("配偶者所得"),
    )  # fmt: skip
    joined = ranked.join(counted, on="世帯番号", how="left", maintain_order="left")
    mine = pl.col("扶養する")
    return joined.with_columns(
        *(pl.when(mine).then(name).otherwise(0).fill_null(0).alias(name) for name in COUNTS),
        pl.when(mine & (pl.col("配偶者") > 0)).then("配偶者所得").alias("配偶者所得"),
        pl.col("配偶者").fill_null(0).gt(0).alias("世帯に扶養配偶者"),
        pl.sum_horizontal("その他", "十六未満").fill_null(0).alias("世帯の扶養"),
    )


def _kinds(members: pl.DataFrame) -> pl.DataFrame:
    """世帯主とその配偶者の間だけを夫婦とみなす。未届の配偶者・同居人・縁故者は扶養しない。

    その日の後に世帯主が替わった世帯には世帯主が二人いる。どちらも相手を扶養しない。
    """
    code, of = pl.col("続柄コード1"), pl.col("扶養者の続柄")
    single = pl.col("続柄コード2").is_null()
    spouse = (code.is_in(SPOUSES) & single & (of == HEAD)) | ((code == HEAD) & of.is_in(SPOUSES))
    two_heads = (code == HEAD) & (of == HEAD)
    family = members.filter(
        ~code.is_in(STRANGERS) & ~of.is_in(STRANGERS) & code.is_not_null() & of.is_not_null() & ~two_heads
    )
    age, kin = pl.col("年齢"), ~pl.col("配偶者")
    parent = code.is_in(["51", "52"]) & single & (of == HEAD)
    return family.with_columns(spouse.alias("配偶者")).with_columns(
        (pl.col("配偶者") & (age >= 70)).alias("老人配偶者"),
        (kin & age.is_between(19, 22)).alias("特定"),
        (kin & (age >= 70)).alias("老人"),
        (kin & (age >= 70) & parent).alias("同居老親"),
        (kin & (age.is_between(16, 18) | age.is_between(23, 69))).alias("その他"),
        (kin & (age < 16)).alias("十六未満"),
    )
