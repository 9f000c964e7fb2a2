"""申告の資料の行。事業をする人、二か所から給与を受ける人、配当・医療費・寄附金を申告する人。"""

from __future__ import annotations

import polars as pl

AMOUNTS = {
    "公的年金等の収入金額": "年金", "営業等の収入金額": "営業収入", "営業等の必要経費": "営業経費",
    "農業の収入金額": "農業収入", "農業の必要経費": "農業経費", "事業の青色申告特別控除額": "青色控除",
    "剰余金の配当等の所得": "配当", "医療費の金額": "医療費", "特例控除対象寄附金": "ふるさと納税",
    "新一般生命保険料": "新生命保険", "介護医療保険料": "介護医療保険", "地震保険料の金額": "地震保険",
    "住宅借入金等控除可能額": "住宅控除", "配偶者の数": "配偶者", "七十歳以上の配偶者の数": "老人配偶者",
    "特定扶養親族の数": "特定", "同居老親等の数": "同居老親", "一般扶養親族の数": "その他",
    "年齢16歳未満の扶養親族の数": "十六未満",
}  # fmt: skip


def declaration_rows(people: pl.DataFrame, code: str, year: int) -> pl.DataFrame:
    """申告した人の行。事業の人は全員、ほかは義務か得になる人のうち申告する人。"""
    trade = pl.col("農業収入") + pl.col("営業収入") > 0
    gain = pl.sum_horizontal("二か所目", "配当", "医療費", "ふるさと納税") > 0
    rows = people.filter(trade | (gain & (pl.col("申告する") > 0)))
    insurance = pl.sum_horizontal("給与の社保", "年金の社保", "国保等")
    return rows.select(
        "宛名番号", "世帯番号", "扶養する", "世帯の扶養", "転入前_団体コード", "転入前_住所", "カナ氏名", "氏名", "住所",
        pl.lit(code).alias("団体コード"), pl.lit(year).alias("所得の年"), pl.lit("0").alias("訂正表示"),
        pl.when(pl.col("国に申告する") > 0).then(pl.lit("確定申告")).otherwise(pl.lit("住民税申告")).alias("申告の種類"),
        pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(8).alias("受付番号"),
        pl.col("生年月日").dt.strftime("%Y%m%d").alias("生年月日"), "年齢",
        _amount(pl.col("給与") + pl.col("二か所目"), "給与等の収入金額"),
        _amount(insurance, "社会保険料の金額"),
        _amount(pl.col("老人") - pl.col("同居老親"), "老人扶養親族の数"),
        *(_amount(pl.col(old), new) for new, old in AMOUNTS.items()),
        pl.col("配偶者所得").alias("配偶者の合計所得金額"), pl.lit(0).alias("支払者"),
    )  # fmt: skip


def _amount(value: pl.Expr, name: str) -> pl.Expr:
    """0 は書かない。"""
    return pl.when(value > 0).then(value).alias(name)
