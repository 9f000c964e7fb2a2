"""住登外・法人・支援措置・抑止・通番。"""

from __future__ import annotations

import json

import polars as pl
import psycopg

from tsugaru.faces.demo.load.copying import copy

ENTERED = pl.lit("demo").alias("入力者")


def _row_facts(day: str) -> list[pl.Expr]:
    return [
        pl.lit(1).alias("履歴番号"),
        pl.lit("登録").alias("異動事由"),
        pl.col(day).alias("異動日"),
        pl.col(day).dt.strftime("%Y-%m-%d 10:00:00+09").alias("処理日時"),
        ENTERED,
        pl.lit("").alias("備考"),
        pl.lit(False).alias("廃止"),
    ]


def load_outsiders(connection: psycopg.Connection, frame: pl.DataFrame) -> int:
    """住登外の個人。frame は住所番号を付けたもの。"""
    return copy(
        connection,
        ("atena_住登外",),
        frame.select(
            "宛名番号",
            *_row_facts("登録日"),
            "氏名",
            pl.col("氏名_フリガナ").alias("フリガナ"),
            pl.lit("").alias("氏名ローマ字"),
            "性別",
            "生年月日",
            pl.lit(False).alias("生年月日不詳"),
            pl.lit("").alias("生年月日表記"),
            pl.lit("").alias("国籍名"),
            "住所番号",
            pl.lit("000").alias("業務ID"),
            pl.lit(False).alias("他業務参照不可"),
        ),
    )


def load_corporations(connection: psycopg.Connection, frame: pl.DataFrame) -> int:
    """法人。"""
    return copy(
        connection,
        ("atena_法人",),
        frame.select(
            "宛名番号",
            *_row_facts("設立日"),
            pl.col("名称").alias("商号"),
            pl.col("名称_フリガナ").alias("フリガナ"),
            "法人番号",
            pl.lit("").alias("代表者"),
            pl.col("住所番号").alias("所在地番号"),
        ),
    )


def load_protection(connection: psycopg.Connection, frame: pl.DataFrame) -> int:
    """支援措置の申出と、保護の期間。"""
    number = pl.concat_str([pl.lit("DV-"), pl.col("申出番号")])
    shields = frame.select(
        pl.col("宛名番号").alias("subject"),
        number.alias("case"),
        pl.col("仮").alias("provisional"),
        pl.col("開始日").alias("starts_on"),
        pl.col("終了日").alias("ends_on"),
        pl.col("申出日").dt.strftime("%Y-%m-%d 10:00:00+09").alias("opened_at"),
        pl.lit("demo").alias("opened_by"),
    )
    with_others = (
        frame.filter(pl.col("立場") != "申出者")
        .group_by("申出番号", maintain_order=True)
        .agg(pl.col("宛名番号").alias("併"))
        .with_columns(pl.col("併").map_elements(lambda s: json.dumps(list(s)), return_dtype=pl.String))
    )
    cases = frame.filter(pl.col("立場") == "申出者").join(
        with_others, on="申出番号", how="left", maintain_order="left"
    )
    blank = [pl.lit("").alias(n) for n in ("相手方生年", "相手方備考", "当初受付", "意見", "備考")]
    copy(
        connection,
        ("juki_支援措置",),
        cases.select(
            number.alias("受付番号"),
            pl.col("宛名番号").alias("申出者"),
            pl.col("併").fill_null("[]").alias("併せて"),
            pl.col("相手方_氏名").alias("相手方氏名"),
            pl.col("区分").alias("種別"),
            "申出日",
            pl.col("相談機関").alias("相談先"),
            pl.when("仮").then(pl.lit("仮")).otherwise(pl.lit("決定")).alias("状態"),
            pl.col("開始日").alias("期間始"),
            pl.col("終了日").alias("期間終"),
            pl.lit("demo21").alias("受付者"),
            pl.col("申出日").dt.strftime("%Y-%m-%d 10:00:00+09").alias("受付日時"),
            pl.when("仮").then(pl.lit("")).otherwise(pl.lit("demo22")).alias("決裁者"),
            pl.when("仮")
            .then(None)
            .otherwise(pl.col("開始日").dt.strftime("%Y-%m-%d 15:00:00+09"))
            .alias("決定日時"),
            *blank,
        ),
    )
    return copy(connection, ("disclosure_shield",), shields)


def load_holds(connection: psycopg.Connection, frame: pl.DataFrame) -> int:
    """抑止。"""
    personal = pl.col("単位") == "個人"
    return copy(
        connection,
        ("juki_抑止",),
        frame.select(
            pl.when(personal).then("宛名番号").otherwise(pl.lit("")).alias("宛名番号"),
            pl.when(personal).then(pl.lit("")).otherwise("世帯番号").alias("世帯番号"),
            "対象処理",
            "水準",
            "理由",
            "開始日",
            "終了日",
            pl.lit("demo11").alias("登録者"),
            pl.col("開始日").dt.strftime("%Y-%m-%d 10:00:00+09").alias("登録日時"),
            pl.lit("").alias("解除者"),
        ),
    )


def set_counters(connection: psycopg.Connection) -> int:
    """通番を、使われた番号の後ろに進める（検査数字の前まで）。返り値は通番の数。"""
    done = connection.execute(
        """INSERT INTO "atena_番号採番" ("種別", "最終")
           SELECT '宛名番号', max(left("宛名番号", -1)::bigint) FROM "atena_宛名"
           UNION ALL SELECT '世帯番号', max(left("世帯番号", -1)::bigint) FROM "juki_住民履歴"
           ON CONFLICT ("種別") DO UPDATE SET "最終" = EXCLUDED."最終" """
    )
    return done.rowcount
