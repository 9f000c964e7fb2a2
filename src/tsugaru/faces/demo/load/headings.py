"""宛名の見出し・検索名・番号・連絡先。"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import psycopg

from tsugaru.faces.demo.load.copying import copy
from tsugaru.kernel import moji
from tsugaru.platform.tenancy import keys

NAMES = (
    ("氏名", "氏名", "氏名_フリガナ"),
    ("旧氏", "旧氏", "旧氏_フリガナ"),
    ("通称", "通称", "通称_フリガナ"),
    ("ローマ", "氏名_ローマ字", None),
    ("漢字", "氏名_漢字", None),
)


def _applied(frame: pl.DataFrame, source: str, name: str, make: Callable[[str], str]) -> pl.DataFrame:
    """違う値ごとに一度だけ make を呼んで、列を作る。"""
    different = frame.select(source).unique().with_columns(pl.col(source).fill_null("").alias("_value"))
    table = different.with_columns(pl.Series(name, [make(v) for v in different["_value"]])).drop("_value")
    return frame.join(table, on=source, how="left", maintain_order="left", nulls_equal=True)


def load_headings(
    connection: psycopg.Connection, person: pl.DataFrame, outsider: pl.DataFrame, corporation: pl.DataFrame
) -> int:
    """住民・住登外・法人の見出し。"""
    people = person.select(
        "宛名番号",
        pl.when(pl.col("住民状態") == "1").then(pl.lit("1")).otherwise(pl.lit("4")).alias("区分"),
        "住民状態",
        "氏名",
        pl.col("氏名_フリガナ").alias("フリガナ"),
        "性別",
        "生年月日",
        pl.col("生年月日_不詳").alias("生年月日不詳"),
        pl.col("生年月日_表記").alias("生年月日表記"),
        "世帯番号",
        "続柄表記",
    )
    others = outsider.select(
        "宛名番号",
        pl.lit("2").alias("区分"),
        "氏名",
        pl.col("氏名_フリガナ").alias("フリガナ"),
        "性別",
        "生年月日",
    )
    firms = corporation.select(
        "宛名番号",
        pl.lit("3").alias("区分"),
        pl.col("名称").alias("氏名"),
        pl.col("名称_フリガナ").alias("フリガナ"),
        "法人番号",
    )
    frame = pl.concat([people, others, firms], how="diagonal")
    ready = _applied(frame, "フリガナ", "並び鍵", moji.検索かな).with_columns(
        pl.col("生年月日不詳").fill_null(False),
        pl.col("性別").fill_null("0"),
        pl.lit(False).alias("検査外番号"),
        pl.lit(1).alias("版"),
    )
    return copy(connection, ("atena_宛名",), ready)


def load_names(
    connection: psycopg.Connection, rows: pl.DataFrame, outsider: pl.DataFrame, corporation: pl.DataFrame
) -> int:
    """過去も含めた全ての名の検索鍵。"""
    parts = [_names(rows, kind, shown, kana) for kind, shown, kana in NAMES]
    current = pl.lit(True).alias("現在")
    parts.append(_one(outsider, "氏名", "氏名", "氏名_フリガナ").with_columns(current))
    parts.append(_one(corporation, "商号", "名称", "名称_フリガナ").with_columns(current))
    frame = pl.concat(parts)
    for source, name, make in (
        ("_かな", "かな", moji.検索かな),
        ("_かな", "かな緩", moji.検索かな緩),
        ("表示", "漢字鍵", moji.検索漢字),
    ):
        frame = _applied(frame, source, name, make)
    return copy(connection, ("atena_検索名",), frame.drop("_かな"))


def _one(frame: pl.DataFrame, kind: str, shown: str, kana: str | None) -> pl.DataFrame:
    return frame.filter(pl.col(shown).is_not_null() & (pl.col(shown) != "")).select(
        pl.col("宛名番号").alias("宛名_id"),
        pl.lit(kind).alias("種別"),
        pl.col(shown).alias("表示"),
        (pl.col(kana).fill_null("") if kana else pl.lit("")).alias("_かな"),
    )


def _names(rows: pl.DataFrame, kind: str, shown: str, kana: str | None) -> pl.DataFrame:
    """一人の一つの名は一行。今の名なら 現在。"""
    latest = rows.filter("最新フラグ").select(
        pl.col("宛名番号").alias("宛名_id"), pl.col(shown).alias("表示"), pl.lit(True).alias("現在")
    )
    different = _one(rows, kind, shown, kana).unique(["宛名_id", "表示"], keep="last", maintain_order=True)
    joined = different.join(latest, on=["宛名_id", "表示"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("現在").fill_null(False))


def load_numbers(connection: psycopg.Connection, person: pl.DataFrame) -> int:
    """個人番号・住民票コードを封じて入れる（作り物の番号で、検査数字だけが正しい）。結ばれた団体の鍵を使う。"""
    written = 0
    for kind in ("個人番号", "住民票コード"):
        if kind not in person.columns:
            continue
        rows = person.select("宛名番号", kind, pl.col("登録日").alias("changed_on")).drop_nulls()
        sealed = [
            (keys.seal(value, context=f"{kind}:{subject}").hex(), keys.lookup(kind, value).hex())
            for subject, value, _ in rows.iter_rows()
        ]
        frame = rows.select(
            pl.col("宛名番号").alias("subject"),
            pl.lit(kind).alias("kind"),
            pl.lit(1).alias("sequence"),
            pl.Series("ciphertext", ["\\x" + c for c, _ in sealed], dtype=pl.String),
            pl.Series("lookup", ["\\x" + k for _, k in sealed], dtype=pl.String),
            "changed_on",
        )
        written += copy(connection, ("vault", "number"), frame)
    return written


def load_contacts(connection: psycopg.Connection, person: pl.DataFrame) -> int:
    """電話番号（実在しない局番）。"""
    frame = person.select("宛名番号", "電話番号").drop_nulls()
    return copy(
        connection,
        ("vault", "contact"),
        frame.select(
            pl.col("宛名番号").alias("subject"),
            pl.lit("電話").alias("kind"),
            pl.col("電話番号").alias("value"),
            pl.col("電話番号").str.replace_all("[^0-9]", "").alias("digits"),
        ),
    )
