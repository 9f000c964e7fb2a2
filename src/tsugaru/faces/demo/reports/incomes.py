"""誰がいくら得たか。給与（常勤・短時間・二か所目）、りんごなどの農業、営業、年金、配当、医療費、寄附金。"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.streams import Flags, Generator, Ints, Streams, chance
from tsugaru.faces.demo.reports import rules

AGES = (0, 18, 20, 25, 35, 45, 55, 60, 65, 70, 75, 80)
EMPLOYED = {
    1: (0, 28, 70, 88, 90, 89, 87, 76, 52, 30, 10, 2),
    2: (0, 32, 74, 79, 77, 80, 76, 58, 34, 15, 4, 1),
}
FULL_TIME = {
    1: (0, 40, 78, 90, 92, 92, 90, 66, 32, 15, 10, 5),
    2: (0, 35, 66, 66, 55, 54, 50, 30, 12, 8, 5, 5),
}
PAY = {1: (0, 190, 235, 290, 345, 385, 400, 300, 240, 210, 200, 200),
       2: (0, 180, 220, 255, 275, 285, 285, 230, 200, 190, 190, 190)}  # fmt: skip
PART_TIME_PAY, SECOND_PAY = 1_050_000, 480_000
FARMERS = {1: (0, 0, 1, 2, 4, 6, 8, 11, 14, 15, 12, 5), 2: (0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 2, 1)}
TRADERS = {1: (0, 0, 1, 3, 5, 6, 6, 6, 5, 4, 2, 1), 2: (0, 0, 1, 2, 2, 2, 2, 2, 1, 1, 0, 0)}
MAN = 1
EARNED = ("給与", "二か所目", "農業収入", "農業経費", "営業収入", "営業経費", "青色控除", "年金", "配当")


def draw_incomes(streams: Streams, people: pl.DataFrame) -> pl.DataFrame:
    """円の列: 給与・二か所目の給与・農業・営業・年金・控除の支払額など。得ていない人は 0。people は `taxpayers` の表。"""
    age = people["年齢"].to_numpy()
    sex = people["性別"].cast(pl.Int64).to_numpy()
    wages = _wages(streams.open("reports-wages"), age, sex)
    columns = {**wages, **_trades(streams.open("reports-trades"), age, sex, wages["給与"])}
    columns |= _pensions(streams.open("reports-pensions"), age, sex)
    columns |= _payments(streams.open("reports-payments"), age, columns)
    return pl.DataFrame(columns)


def with_total(people: pl.DataFrame, year: int) -> pl.DataFrame:
    """合計所得 の列を付ける（その年の給与所得控除などによる。繰越し・損益通算はない）。"""
    column = {name: people[name].to_numpy() for name in (*EARNED, "年齢")}
    profit = column["農業収入"] - column["農業経費"] + column["営業収入"] - column["営業経費"]
    net = np.maximum(profit - column["青色控除"], 0)
    pay = rules.after_wage_deduction(column["給与"] + column["二か所目"], year)
    pension = rules.after_pension_deduction(column["年金"], column["年齢"])
    wages = pay - rules.wage_and_pension_adjustment(pay, pension)
    total: Ints = wages + pension + net + column["配当"]
    return people.with_columns(pl.Series("合計所得", total))


def by_age(table: Mapping[int, tuple[int, ...]], age: Ints, sex: Ints) -> Ints:
    """性別と年齢の階級から、表の値。"""
    band = np.searchsorted(AGES, age, side="right") - 1
    return np.where(sex == MAN, np.array(table[1])[band], np.array(table[2])[band])


def spread(rng: Generator, median: Ints | int, sigma: float, size: int, unit: int) -> Ints:
    """中央値のまわりに対数正規で散らした額。``unit`` 円未満は切り捨てる。"""
    drawn = np.exp(rng.normal(0.0, sigma, size)) * median
    return (drawn // unit).astype(np.int64) * unit


def _wages(rng: Generator, age: Ints, sex: Ints) -> dict[str, Ints]:
    count = len(age)
    employed = rng.integers(0, 100, count) < by_age(EMPLOYED, age, sex)
    full = employed & (rng.integers(0, 100, count) < by_age(FULL_TIME, age, sex))
    regular = spread(rng, by_age(PAY, age, sex) * 10_000, 0.36, count, 1_000)
    part = spread(rng, PART_TIME_PAY, 0.5, count, 10)
    kept_low = chance(rng, 0.3, count)  # 扶養の範囲に収める人
    part = np.where(kept_low, np.minimum(part, rng.integers(90, 103, count) * 10_000), part)
    pay = np.where(full, regular, np.where(employed, part, 0))
    second = employed & chance(rng, 0.04, count)
    return {
        "給与": pay.astype(np.int64),
        "常勤": full.astype(np.int64),
        "二か所目": np.where(second, spread(rng, SECOND_PAY, 0.5, count, 10), 0),
    }


def _trades(rng: Generator, age: Ints, sex: Ints, pay: Ints) -> dict[str, Ints]:
    count = len(age)
    farmer = rng.integers(0, 100, count) < by_age(FARMERS, age, sex)
    trader = (pay == 0) & ~farmer & (rng.integers(0, 100, count) < by_age(TRADERS, age, sex))
    harvest = np.where(farmer, spread(rng, 4_200_000, 0.7, count, 1), 0)
    sales = np.where(trader, spread(rng, 5_500_000, 0.8, count, 1), 0)
    blue = np.where(chance(rng, 0.45, count), 650_000, 100_000)
    return {
        "農業収入": harvest,
        "農業経費": harvest * rng.integers(50, 95, count) // 100,
        "営業収入": sales,
        "営業経費": sales * rng.integers(45, 90, count) // 100,
        "青色控除": np.where((farmer | trader) & chance(rng, 0.6, count), blue, 0),
    }


def _pensions(rng: Generator, age: Ints, sex: Ints) -> dict[str, Ints]:
    count = len(age)
    drawing = ((age >= 65) & chance(rng, 0.96, count)) | ((age >= 62) & chance(rng, 0.08, count))
    main = np.where(sex == MAN, spread(rng, 1_550_000, 0.38, count, 1), spread(rng, 820_000, 0.4, count, 1))
    main = np.where(drawing, np.minimum(main, 3_600_000), 0)
    company = np.where(
        drawing & (sex == MAN) & chance(rng, 0.11, count), spread(rng, 320_000, 0.6, count, 1), 0
    )
    return {"公的年金": main, "企業年金": company, "年金": main + company}


def _payments(rng: Generator, age: Ints, earned: dict[str, Ints]) -> dict[str, Ints]:
    count = len(age)
    pay, full = earned["給与"], earned["常勤"] == 1
    insured: Flags = full | (pay >= 1_300_000)
    self_insured = (earned["農業収入"] + earned["営業収入"] > 0) & ~insured
    adult = (age >= 20) & (age < 80)
    return {
        "給与の社保": np.where(insured, insurance_of(pay), 0),
        "年金の社保": earned["公的年金"] * rng.integers(30, 80, count) // 1000,
        "国保等": np.where(self_insured, rng.integers(8, 48, count) * 10_000, 0),
        "新生命保険": _some(rng, adult & full, 0.6, 20_000, 140_000),
        "介護医療保険": _some(rng, adult & full, 0.4, 10_000, 70_000),
        "地震保険": _some(rng, adult & (pay + earned["農業収入"] > 2_500_000), 0.2, 8_000, 60_000),
        "配当": _some(rng, age >= 30, 0.006, 5_000, 600_000),
        "医療費": _some(rng, age >= 30, 0.05, 90_000, 800_000),
        "ふるさと納税": _some(rng, pay >= 2_000_000, 0.09, 10_000, 60_000),
        "住宅控除": np.where((age < 60) & (pay >= 3_000_000), _some(rng, full, 0.12, 60_000, 210_000), 0),
    }


def insurance_of(pay: Ints) -> Ints:
    """給与から引かれる社会保険料（円）。"""
    return pay * 148 // 1000


def _some(rng: Generator, able: Flags, share: float, low: int, high: int) -> Ints:
    """``able`` の人のうち ``share`` の割合に、``low`` 以上 ``high`` 未満（100円単位）。"""
    count = len(able)
    return np.where(able & chance(rng, share, count), rng.integers(low // 100, high // 100, count) * 100, 0)
