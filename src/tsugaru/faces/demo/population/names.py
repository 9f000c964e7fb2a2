"""氏名の列: 氏と名の添字から、氏名・フリガナを文字にする。外国人はローマ字の氏名に置き換える。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.records import Book
from tsugaru.faces.demo.population.streams import Flags, Ints
from tsugaru.faces.demo.population.tables import table
from tsugaru.faces.demo.population.world import NOTHING


def gathered(
    frame: pl.DataFrame, rows: Ints, names: dict[str, str], where: Flags | None = None
) -> pl.DataFrame:
    """``frame`` の ``names`` の列（元の名 → 新しい名）を ``rows`` の順に引く。``where`` が偽の行は空にする。"""
    found = frame.select(pl.col(old).alias(new) for old, new in names.items())
    if where is None:
        return found[rows]
    masked = pl.Series(np.where(where, rows, -1)).replace(-1, None).cast(pl.UInt32)
    return found.select(pl.all().gather(masked))


def given_and_family(surname: Ints, given: Ints) -> pl.DataFrame:
    """氏・名・氏名と、それぞれのフリガナ。氏と名は全角空白一つで区切る。"""
    families = gathered(table("surnames"), surname, {"氏": "氏", "フリガナ": "氏_フリガナ"})
    givens = gathered(table("given_names"), given, {"名": "名", "フリガナ": "名_フリガナ"})
    return pl.concat([families, givens], how="horizontal").with_columns(
        (pl.col("氏") + "　" + pl.col("名")).alias("氏名"),
        (pl.col("氏_フリガナ") + "　" + pl.col("名_フリガナ")).alias("氏名_フリガナ"),
    )


def named(surname: Ints, given: Ints, foreign: Flags, profiles: pl.DataFrame) -> pl.DataFrame:
    """氏名の列。``profiles`` は各行の外国人の氏名（``外国人_フリガナ`` を含む）。"""
    blank = pl.lit(None, dtype=pl.String)
    mark = pl.lit(pl.Series("外国人", foreign))
    return pl.concat([given_and_family(surname, given), profiles], how="horizontal").select(
        pl.when(mark).then("氏名_ローマ字").otherwise("氏名").alias("氏名"),
        pl.when(mark).then("外国人_フリガナ").otherwise("氏名_フリガナ").alias("氏名_フリガナ"),
        *(
            pl.when(mark).then(blank).otherwise(c).alias(c)
            for c in ("氏", "名", "氏_フリガナ", "名_フリガナ")
        ),
        "氏名_ローマ字",
        "氏名_漢字",
    )


def current_names(book: Book) -> pl.Series:
    """人ごとの、今の氏名（世帯主氏名・筆頭者に使う）。"""
    foreign = book.foreigners.now == 1
    romans = book.foreigners.frame["氏名_ローマ字"].gather(book.foreigners.row)
    names = given_and_family(book.identity.surname, book.identity.given)["氏名"]
    return names.zip_with(pl.Series(~foreign), romans)


def maiden_names(maiden: Ints) -> pl.DataFrame:
    """旧氏と旧氏のフリガナ。"""
    rows = np.maximum(maiden, 0)
    return gathered(table("surnames"), rows, {"氏": "旧氏", "フリガナ": "旧氏_フリガナ"}, maiden != NOTHING)
