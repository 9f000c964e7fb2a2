"""計算の後の点検: 資料の食い違い・世帯を見て分かる扶養の誤り・判定できない人。直すのは人で、ここは挙げるだけである。

扶養の点検は、報告が人数だけを言うので、同じ世帯の住民の人数と比べる。別に住む親族を扶養している人も挙がる。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

人, 題, 詳しく = "subject", "題", "詳しく"
配偶者の続柄, 世帯主 = ("11", "12"), "02"


def 点検する(
    facts: pl.DataFrame, results: pl.DataFrame, 住民: pl.DataFrame, *, 年度: int, 上限: int
) -> pl.DataFrame:
    """subject・題・詳しく の表。住民 は賦課期日の住民（juki の列）、上限 は扶養親族などの合計所得金額の上限（円）。"""
    皆 = facts.join(results.select(人, "年税額", "合計所得金額"), on=人, how="left")
    世帯 = _世帯(住民.rename({"宛名番号": 人}), results, 年度, 上限)
    parts = [*_資料の食い違い(facts), *_扶養(皆, 世帯), _配偶者(皆, 世帯, 上限), _判定できない(皆)]
    return pl.concat(parts).sort(題, 人)


def _資料の食い違い(facts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """資料を合わせるときに付いた印。"""
    rows = (
        facts.filter(pl.col("点検") != "").with_columns(pl.col("点検").str.split(",").alias(題)).explode(題)
    )
    yield rows.select(人, 題, pl.lit("").alias(詳しく))


def _世帯(住民: pl.DataFrame, results: pl.DataFrame, 年度: int, 上限: int) -> pl.DataFrame:
    """世帯員の年齢（所得の年の末日）と、合計所得金額（資料がなければ無）、扶養されうるか。"""
    末 = date(年度 - 1, 12, 31)
    生 = pl.col("生年月日")
    誕生日前 = (生.dt.month() > 末.month) | ((生.dt.month() == 末.month) & (生.dt.day() > 末.day))
    年齢 = 末.year - 生.dt.year() - 誕生日前.cast(pl.Int32)
    joined = 住民.with_columns(年齢.alias("満年齢")).join(
        results.select(人, "合計所得金額"), on=人, how="left"
    )
    return joined.with_columns((pl.col("合計所得金額").fill_null(0) <= 上限).alias("扶養されうる"))


def _扶養(皆: pl.DataFrame, 世帯: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """世帯の申し立てた人数の合計が、世帯にいる扶養されうる人より多い。"""
    段 = (
        ("年齢16歳未満の扶養親族の数", pl.col("満年齢") < 16, "16歳未満の扶養が世帯の人数より多い"),
        ("特定扶養親族の数", pl.col("満年齢").is_between(19, 22), "特定扶養が世帯の人数より多い"),
        ("同居老親等の数", pl.col("満年齢") >= 70, "同居老親等が世帯の人数より多い"),
    )
    for 名, 式, 文 in 段:
        居る = 世帯.filter(式 & pl.col("扶養されうる")).group_by("世帯番号").agg(pl.len().alias("居る"))
        言う = 皆.filter((pl.col(名) > 0) & (pl.col("世帯番号") != ""))
        合計 = 言う.with_columns(pl.col(名).sum().over("世帯番号").alias("言う")).join(
            居る, on="世帯番号", how="left"
        )
        多い = 合計.filter(pl.col("言う") > pl.col("居る").fill_null(0))
        text = pl.format("世帯で{}人を申し立て、当たる人は{}人", "言う", pl.col("居る").fill_null(0))
        yield 多い.select(人, pl.lit(文).alias(題), text.alias(詳しく))


def _配偶者(皆: pl.DataFrame, 世帯: pl.DataFrame, 上限: int) -> pl.DataFrame:
    """配偶者控除を受けた人の、同じ世帯の配偶者の所得が上限を超え、申し立てた所得とも違う。世帯主とその夫・妻だけを見る。"""
    夫婦 = 世帯.filter(
        (pl.col("続柄1").is_in(配偶者の続柄) | (pl.col("続柄1") == 世帯主)) & (pl.col("続柄2") == "")
    )
    相手 = 夫婦.select("世帯番号", pl.col(人).alias("相手"), pl.col("合計所得金額").alias("相手の所得"))
    組 = 夫婦.select(人, "世帯番号").join(相手, on="世帯番号").filter(pl.col(人) != pl.col("相手"))
    受けた = 皆.filter(pl.col("配偶者の数") > 0).join(組.select(人, "相手の所得"), on=人)
    違う = (pl.col("相手の所得") > 上限) & (pl.col("相手の所得") != pl.col("配偶者の合計所得金額"))
    text = pl.format("申し立てた所得 {}円、計算した所得 {}円", "配偶者の合計所得金額", "相手の所得")
    return 受けた.filter(違う).select(人, pl.lit("配偶者の所得が違う").alias(題), text.alias(詳しく))


def _判定できない(皆: pl.DataFrame) -> pl.DataFrame:
    return 皆.filter(pl.col("年税額").is_null()).select(
        人,
        pl.lit("判定できない").alias(題),
        pl.lit("生年月日が分からないなど、計算に要る事実がない").alias(詳しく),
    )
