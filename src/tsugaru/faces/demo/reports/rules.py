"""年末調整の計算（所得税法）。見本の報告書の数字どうしを合わせるためのもので、賦課には使わない。

令和2年分から令和7年分まで。令和7年分で給与所得控除の最低額・基礎控除・扶養の所得の上限が変わった（令和7年法律第13号）。
"""

from __future__ import annotations

import numpy as np

from tsugaru.faces.demo.population.streams import Ints

FIRST, REFORM, LAST = 2020, 2025, 2025
BRACKETS = ((1_950_000, 5, 0), (3_300_000, 10, 97_500), (6_950_000, 20, 427_500), (9_000_000, 23, 636_000),
            (18_000_000, 33, 1_536_000), (40_000_000, 40, 2_796_000), (10**12, 45, 4_796_000))  # fmt: skip
BASIC_2025 = ((1_320_000, 950_000), (3_360_000, 880_000), (4_890_000, 680_000), (6_550_000, 630_000),
              (23_500_000, 580_000))  # fmt: skip
BASIC = 480_000
PENSION_STEPS = ((4_100_000, 75, 275_000), (7_700_000, 85, 685_000), (10_000_000, 95, 1_455_000))


def dependant_limit(year: int) -> int:
    """扶養親族・同一生計配偶者の合計所得金額の上限（円）。"""
    return 580_000 if year >= REFORM else 480_000


def after_wage_deduction(pay: Ints, year: int) -> Ints:
    """給与所得控除後の金額（別表第五。660万円以上は第28条第3項）。"""
    quarter = pay // 4_000 * 1_000
    middle = np.where(pay < 3_600_000, quarter * 28 // 10 - 80_000, quarter * 32 // 10 - 440_000)
    upper = np.where(pay < 8_500_000, pay * 9 // 10 - 1_100_000, pay - 1_950_000)
    high = np.where(pay < 6_600_000, middle, upper)
    low = _after_least(pay, 650_000) if year >= REFORM else _low_until_2024(pay)
    edge = 1_900_000 if year >= REFORM else 1_800_000
    return np.where(pay < edge, low, high)


def _after_least(pay: Ints, least: int) -> Ints:
    """最低額を引く。別表第五は、最低額に千円足りないところまでを零とする（550,999円まで、令和7年分は650,999円まで）。"""
    return np.where(pay < least + 1_000, 0, pay - least)


def _low_until_2024(pay: Ints) -> Ints:
    steps = [1_069_000, 1_070_000, 1_072_000, 1_074_000]
    flat = np.select([pay < 1_620_000, pay < 1_622_000, pay < 1_624_000, pay < 1_628_000], steps, 0)
    sloped = np.where(pay < 1_628_000, flat, pay // 4_000 * 1_000 * 24 // 10 + 100_000)
    return np.where(pay < 1_619_000, _after_least(pay, 550_000), sloped)


def after_pension_deduction(pension: Ints, age: Ints) -> Ints:
    """公的年金等に係る雑所得（ほかの所得が1,000万円以下の人）。収入に率を掛けて一円未満を捨て、額を引く。"""
    steps = [pension * rate // 100 - less for _, rate, less in PENSION_STEPS]
    sloped = np.select([pension < top for top, _, _ in PENSION_STEPS], steps, pension - 1_955_000)
    least = np.where(age >= 65, 1_100_000, 600_000)
    return np.maximum(np.minimum(pension - least, sloped), 0)


def wage_and_pension_adjustment(pay: Ints, pension: Ints) -> Ints:
    """給与と年金の両方がある人の所得金額調整控除（租税特別措置法第41条の3の11第2項）。引数は控除の後の金額。"""
    both = np.minimum(pay, 100_000) + np.minimum(pension, 100_000) - 100_000
    return np.where((pay > 0) & (pension > 0), np.maximum(both, 0), 0)


def basic_deduction(income: Ints, year: int) -> Ints:
    """所得税の基礎控除（合計所得2,350万円以下の人）。"""
    if year < REFORM:
        return np.full(len(income), BASIC)
    return np.select([income <= top for top, _ in BASIC_2025], [amount for _, amount in BASIC_2025], 480_000)


def life_insurance_deduction(premium: Ints) -> Ints:
    """生命保険料控除（新契約の一区分）。一円未満は切り上げる。"""
    half = (premium + 1) // 2 + 10_000
    quarter = (premium + 3) // 4 + 20_000
    steps = [premium, half, quarter]
    return np.select([premium <= 20_000, premium <= 40_000, premium <= 80_000], steps, 40_000)


def withheld_tax(taxable: Ints, credit: Ints) -> Ints:
    """年調年税額。課税給与所得は千円未満、税額は百円未満を切り捨て、復興特別所得税を含む。"""
    base = np.maximum(taxable, 0) // 1000 * 1000
    amounts = [base * rate // 100 - less for _, rate, less in BRACKETS]
    tax = np.select([base <= top for top, _, _ in BRACKETS], amounts, 0)
    return np.maximum(tax - credit, 0) * 1021 // 1000 // 100 * 100
