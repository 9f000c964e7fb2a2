"""公的年金等支払報告書の行。公的年金は一つの支払者から、企業年金はもう一つの支払者から。"""

from __future__ import annotations

import polars as pl

PAYERS = (("公的年金", "見本年金機構", "見本県見本市見本１番地", "90000001"),
          ("企業年金", "見本企業年金連合会", "見本県見本市見本２番地", "90000002"))  # fmt: skip


def pension_rows(people: pl.DataFrame, year: int) -> pl.DataFrame:
    """受ける年金ごとに一行。社会保険料（介護・国保・後期）と扶養は公的年金だけに書く。"""
    return pl.concat([_rows(people, year, number) for number in range(len(PAYERS))], how="diagonal")


def _rows(people: pl.DataFrame, year: int, number: int) -> pl.DataFrame:
    column, payer, address, code = PAYERS[number]
    rows = people.filter(pl.col(column) > 0)
    prefix = "支払を受ける者－"
    common = rows.select(
        "宛名番号", "世帯番号", "扶養する", "世帯の扶養", "転入前_団体コード", "転入前_住所", "カナ氏名",
        pl.lit("331").alias("法定資料の種類"), pl.lit("0").alias("訂正表示"), pl.lit(f"{year - 2018:02}").alias("年分"),
        pl.lit(payer).alias("提出義務者の氏名又は名称"), pl.lit(address).alias("提出義務者の住所又は所在地"),
        pl.lit(code).alias("指定番号"), pl.lit(number).alias("支払者"),
        pl.int_range(1, pl.len() + 1).alias("受給者番号"),
        pl.col("住所").alias(f"{prefix}住所又は居所"), pl.col("氏名").alias(f"{prefix}氏名"),
        *(pl.col(part).alias(f"生年月日－{part}") for part in ("元号", "年", "月", "日")),
        pl.col(column).alias("法203条の3第1号適用分－支払金額"),
        pl.lit("0").alias("法203条の3第1号適用分－源泉徴収税額"),
    )  # fmt: skip
    return common if number else pl.concat([common, rows.select(*_deductions())], how="horizontal")


def _deductions() -> list[pl.Expr]:
    """扶養は、給与の年末調整で扶養していない人だけが年金の支払者に届け出る。"""
    names = {
        "控除対象配偶者": "配偶者", "控除対象扶養親族の数－特定": "特定", "控除対象扶養親族の数－老人": "老人",
        "控除対象扶養親族の数－その他": "その他", "16歳未満扶養親族の数": "十六未満",
    }  # fmt: skip
    mine = pl.col("給与") == 0
    counts = [
        pl.when(mine & (pl.col(old) > 0)).then(pl.col(old).cast(pl.String)).alias(new)
        for new, old in names.items()
    ]
    return [*counts, pl.when(pl.col("年金の社保") > 0).then("年金の社保").alias("社会保険料の金額")]
