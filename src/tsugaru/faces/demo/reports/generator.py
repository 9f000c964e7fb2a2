"""組み立て: 人 → 収入 → 扶養 → 報告書の行 → 植えた誤り → 届け物とファイル。"""

from __future__ import annotations

import polars as pl

from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.population.streams import Streams
from tsugaru.faces.demo.reports import errors, rules
from tsugaru.faces.demo.reports.declarations import declaration_rows
from tsugaru.faces.demo.reports.delivery import Delivered, Forms
from tsugaru.faces.demo.reports.employers import PAYER, employer_frame
from tsugaru.faces.demo.reports.errors import Places, plant
from tsugaru.faces.demo.reports.families import claim
from tsugaru.faces.demo.reports.incomes import draw_incomes
from tsugaru.faces.demo.reports.packing import grouped_wages, one_each, pack
from tsugaru.faces.demo.reports.pensions import pension_rows
from tsugaru.faces.demo.reports.people import taxpayers
from tsugaru.faces.demo.reports.wages import wage_rows

ADDRESS, CODE = "支払を受ける者－住所又は居所", "提出先市町村コード"
WAGE_PLACES = Places(ADDRESS, CODE, "控除対象扶養親族の数－その他－主")
PENSION_PLACES = Places(ADDRESS, CODE)
DECLARED_PLACES = Places("住所", "団体コード", wrong_kana="ミホン　タロウ")
DECLARED = ("違うカナ", "前の住所", "他団体の住民", "取消")


def reports(people: Population, forms: Forms, *, year: int, seed: int) -> Delivered:
    """所得の年 ``year``（西暦）の資料。令和2年分から令和7年分まで（外は ``ValueError``）。"""
    if not rules.FIRST <= year <= rules.LAST:
        raise ValueError(f"所得の年（{year}）の資料は作れません。{rules.FIRST}〜{rules.LAST}年です。")
    home = people.世帯.filter(pl.col("人員") > 0).row(0, named=True)
    code = home["住所_団体コード"]
    streams = Streams(seed, code)
    known = taxpayers(people.個人, year)
    known = claim(pl.concat([known, draw_incomes(streams, known, year)], how="horizontal"), year)
    employers = employer_frame(people.法人, home["住所_都道府県"] + home["住所_市区町村"])
    wages = wage_rows(streams, known, employers, year).with_columns(pl.lit(code).alias(CODE))
    pensions = pension_rows(known, year).with_columns(pl.lit(code).alias(CODE))
    declared = declaration_rows(streams, known, code, year)
    rng = streams.open("reports-errors")
    every = tuple(errors.RATES)
    parts = [
        pack("給与", grouped_wages(plant(rng, wages, WAGE_PLACES, every)), forms.給与, several=True),
        pack("年金", one_each(plant(rng, pensions, PENSION_PLACES, every[:5]), PAYER), forms.年金),
        pack("申告", one_each(plant(rng, declared, DECLARED_PLACES, DECLARED), "申告の種類"), forms.申告),
    ]
    truth = pl.concat([part.truth for part in parts])
    return Delivered(tuple(one for part in parts for one in part.deliveries), truth)
