"""給与支払報告書の行。"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.streams import Ints
from tsugaru.faces.demo.reports import rules

SPOUSE, OLD_SPOUSE, GENERAL, SPECIFIC, AGED, AGED_LIVING = (
    380_000,
    480_000,
    380_000,
    630_000,
    480_000,
    580_000,
)


def wage_rows(people: pl.DataFrame, employers: pl.DataFrame, year: int) -> pl.DataFrame:
    """働く人ごとに一行、二か所目の給与にもう一行。``支払者`` は employers の行。"""
    main = people.filter(pl.col("給与") > 0)
    second = people.filter(pl.col("二か所目") > 0)
    employer = pl.concat([main["勤め先"], second["二か所目の勤め先"]]).to_numpy()
    rows = pl.concat([_main_columns(main, year), _second_columns(second)], how="diagonal")
    common = rows.select(*_person_columns(year, "支払を受ける者－", "受給者の生年月日－"))
    placed = employers[employer].with_columns(
        pl.Series("支払者", employer), pl.Series("受給者番号", _staff_numbers(employer))
    )
    extra = rows.select(pl.exclude(people.columns), pl.col("自分で納める").alias("普通徴収"))
    keys = rows.select("宛名番号", "世帯番号", "扶養する", "世帯の扶養", "転入前_団体コード", "転入前_住所")
    fixed = [
        pl.lit("315").alias("支払調書等の種類"),
        pl.lit("2").alias("作成区分"),
        pl.lit("給料・賞与").alias("種別"),
    ]
    return pl.concat([keys, common, placed, extra], how="horizontal").with_columns(*fixed)


def _person_columns(year: int, prefix: str, birth: str) -> list[pl.Expr]:
    return [
        pl.lit("0").alias("訂正表示"),
        pl.lit(f"{year - 2018:02}").alias("年分"),
        pl.col("住所").alias(f"{prefix}住所又は居所"),
        pl.col("氏名").alias(f"{prefix}氏名"),
        pl.col("カナ氏名"),
        pl.col("個人番号").alias(f"{prefix.removesuffix('－')}の個人番号"),
        *(pl.col(part).alias(f"{birth}{part}") for part in ("元号", "年", "月", "日")),
    ]


def _main_columns(main: pl.DataFrame, year: int) -> pl.DataFrame:
    """年末調整をした給与。控除と税額は、その人の扶養・保険料から計算したものである。"""
    pay = main["給与"].to_numpy()
    after = rules.after_wage_deduction(pay, year)
    life = rules.life_insurance_deduction(main["新生命保険"].to_numpy())
    care = rules.life_insurance_deduction(main["介護医療保険"].to_numpy())
    quake = np.minimum(main["地震保険"].to_numpy(), 50_000)
    deducted = main["給与の社保"].to_numpy() + life + care + quake
    deducted = deducted + _family(main) + rules.basic_deduction(main["合計所得"].to_numpy(), year)
    credit = main["住宅控除"].to_numpy()
    tax = rules.withheld_tax(after - deducted, credit)
    amounts = {
        "支払金額": pay,
        "給与所得控除後の給与等の金額": after,
        "所得控除の額の合計額": deducted,
        "源泉徴収税額": tax,
    }
    blank_zero = {
        "社会保険料等の金額": main["給与の社保"].to_numpy(), "生命保険料の控除額": life + care,
        "地震保険料の控除額": quake, "新生命保険料の金額": main["新生命保険"].to_numpy(),
        "介護医療保険料の金額": main["介護医療保険"].to_numpy(), "住宅借入金等特別控除の額": credit,
        "住宅借入金等特別控除可能額": credit,
    }  # fmt: skip
    columns = {name: _text(value) for name, value in amounts.items()}
    columns |= {name: _text(value, keep_zero=False) for name, value in blank_zero.items()}
    basic = pl.Series("基礎控除の額", rules.basic_deduction(main["合計所得"].to_numpy(), year)).cast(
        pl.String
    )
    return main.with_columns(*(s.alias(name) for name, s in columns.items()), basic, *_dependants())


def _dependants() -> list[pl.Expr]:
    """扶養の人数（0 は書かない）。配偶者の有無等の 1 は「有」。"""
    names = {
        "控除対象扶養親族の数－特定－主": "特定", "控除対象扶養親族の数－老人－主": "老人",
        "控除対象扶養親族の数－老人－上の内訳": "同居老親", "控除対象扶養親族の数－その他－主": "その他",
        "16歳未満扶養親族の数": "十六未満", "控除対象配偶者の有無等": "配偶者", "老人控除対象配偶者": "老人配偶者",
        "配偶者の合計所得": "配偶者所得",
    }  # fmt: skip
    counts = [_counted(column, name) for name, column in names.items() if column != "配偶者所得"]
    return [*counts, pl.col("配偶者所得").cast(pl.String).alias("配偶者の合計所得")]


def _counted(column: str, name: str) -> pl.Expr:
    return pl.when(pl.col(column) > 0).then(pl.col(column).cast(pl.String)).alias(name)


def _second_columns(second: pl.DataFrame) -> pl.DataFrame:
    """従たる給与（乙欄）。年末調整をせず、社会保険料も扶養も無い。"""
    pay = second["二か所目"].to_numpy()
    tax = pay * 3063 // 100_000
    return second.with_columns(
        _text(pay).alias("支払金額"), _text(tax).alias("源泉徴収税額"), pl.lit("1").alias("乙欄適用")
    )


def _family(main: pl.DataFrame) -> Ints:
    """所得税の配偶者控除と扶養控除。"""
    column = {
        name: main[name].to_numpy() for name in ("配偶者", "老人配偶者", "特定", "老人", "同居老親", "その他")
    }
    spouse = column["配偶者"] * SPOUSE + column["老人配偶者"] * (OLD_SPOUSE - SPOUSE)
    aged = column["老人"] * AGED + column["同居老親"] * (AGED_LIVING - AGED)
    total: Ints = spouse + aged + column["特定"] * SPECIFIC + column["その他"] * GENERAL
    return total


def _text(values: Ints, *, keep_zero: bool = True) -> pl.Series:
    """数を文字に。``keep_zero`` でなければ 0 は空欄。"""
    text = pl.Series(values).cast(pl.String)
    return text if keep_zero else text.replace("0", "")


def _staff_numbers(employer: Ints) -> Ints:
    """支払者の中で1から数えた受給者番号。"""
    order = np.argsort(employer, kind="stable")
    starts = np.searchsorted(employer[order], employer[order])
    numbers = np.empty(len(employer), dtype=np.int64)
    numbers[order] = np.arange(len(employer)) - starts + 1
    return numbers
