"""植える誤り。割合は一万件あたりで、どの行に何を植えたかは正解の表に残る。

ファイルだけで分かるもの: 他団体の住民・二重の報告・取消・前年のファイル・届かない部分（届いた数で分かる）。
名寄せをして分かるもの: 違うカナ・前の住所・扶養の重複。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.streams import Generator, Ints

RATES = {"違うカナ": 40, "前の住所": 80, "他団体の住民": 20, "二重の報告": 20, "取消": 15, "扶養の重複": 40}
FEWEST = 1
WITHIN_FILE = ("他団体の住民", "二重の報告", "取消")
NEEDS_LINKING = ("違うカナ", "前の住所", "扶養の重複")


@dataclass(frozen=True, slots=True)
class Places:
    """誤りを植える列の名。資料ごとに違う。"""

    address: str
    municipality: str
    claimed: str = ""
    wrong_kana: str = "ﾐﾎﾝ ﾀﾛｳ"


def plant(rng: Generator, rows: pl.DataFrame, places: Places, kinds: tuple[str, ...]) -> pl.DataFrame:
    """``誤り`` と ``順`` の列を付け、値を変え、二重と取消の行を足す。一行に植える誤りは一つ。"""
    marked = rows.with_columns(_marks(rng, rows, kinds), pl.int_range(pl.len()).alias("順") * 2)
    mark, old = pl.col("誤り"), pl.col("転入前_住所")
    other, moved = mark == "他団体の住民", mark.is_in(["他団体の住民", "前の住所"])
    wide = old.str.replace_many(list("0123456789"), list("０１２３４５６７８９")).str.slice(0, 60)
    changed = marked.with_columns(
        pl.when(moved).then(wide).otherwise(places.address).alias(places.address),
        pl.when(other).then("転入前_団体コード").otherwise(places.municipality).alias(places.municipality),
        pl.when(mark == "違うカナ").then(pl.lit(places.wrong_kana)).otherwise("カナ氏名").alias("カナ氏名"),
        pl.when(other).then(pl.lit("")).otherwise("宛名番号").alias("宛名番号"),
    )
    if places.claimed:
        twice = pl.when(mark == "扶養の重複").then(pl.lit("1")).otherwise(places.claimed)
        changed = changed.with_columns(twice.alias(places.claimed))
    repeated = changed.filter(mark.is_in(["二重の報告", "取消"])).with_columns(
        pl.col("順") + 1, pl.when(mark == "取消").then(pl.lit("3")).otherwise("訂正表示").alias("訂正表示")
    )
    first = pl.when(mark.is_in(["二重の報告", "取消"])).then(pl.lit("")).otherwise("誤り").alias("誤り")
    return pl.concat([changed.with_columns(first), repeated]).sort("順")


def _marks(rng: Generator, rows: pl.DataFrame, kinds: tuple[str, ...]) -> pl.Series:
    """誤りの名の列（なければ空）。前の住所のある人、扶養者でない人など、植えられる行にだけ植える。"""
    moved = rows["転入前_団体コード"].is_not_null().to_numpy()
    second = (~rows["扶養する"] & (rows["世帯の扶養"] > 0)).to_numpy()
    able = {"前の住所": moved, "他団体の住民": moved, "扶養の重複": second}
    marks = np.full(len(rows), "", dtype=object)
    for kind in kinds:
        free: Ints = np.flatnonzero((marks == "") & able.get(kind, np.True_))
        wanted = min(len(free), max(FEWEST, len(rows) * RATES[kind] // 10_000))
        marks[rng.choice(free, wanted, replace=False)] = kind
    return pl.Series("誤り", marks.astype(str))
