"""組み立て: 人 → 収入 → 扶養 → 報告書の行 → 植えた誤り → 届け物とファイル。"""

from __future__ import annotations

import polars as pl

from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.population.streams import Streams
from tsugaru.faces.demo.reports import errors, rules
from tsugaru.faces.demo.reports.careers import earners
from tsugaru.faces.demo.reports.declarations import declaration_rows
from tsugaru.faces.demo.reports.delivery import Delivered, Forms
from tsugaru.faces.demo.reports.employers import PAYER, employer_frame
from tsugaru.faces.demo.reports.errors import Places, plant
from tsugaru.faces.demo.reports.families import claim
from tsugaru.faces.demo.reports.packing import grouped_wages, one_each, pack
from tsugaru.faces.demo.reports.pensions import pension_rows
from tsugaru.faces.demo.reports.wages import wage_rows

ADDRESS, CODE = "支払を受ける者－住所又は居所", "提出先市町村コード"
WAGE_PLACES = Places(ADDRESS, CODE, "控除対象扶養親族の数－その他－主")
PENSION_PLACES = Places(ADDRESS, CODE)
DECLARED_PLACES = Places("住所", "団体コード", wrong_kana="ミホン　タロウ")
DECLARED = ("違うカナ", "前の住所", "他団体の住民", "取消")


def reports(
    people: Population, forms: Forms, *, year: int, seed: int, since: int | None = None, clean: bool = False
) -> Delivered:
    """所得の年 ``year``（西暦）の資料。令和2年分から令和7年分まで（外は ``ValueError``）。

    ``since`` は収入を引く最初の年（言わなければ ``year``）で、同じ種と最初の年なら、年が違っても同じ人は同じ職にいる。
    ``clean`` なら誤りを一つも植えない。
    """
    if not rules.FIRST <= (since or year) <= year <= rules.LAST:
        raise ValueError(f"所得の年（{year}）の資料は作れません。{rules.FIRST}〜{rules.LAST}年です。")
    home = people.世帯.filter(pl.col("人員") > 0).row(0, named=True)
    code = home["住所_団体コード"]
    employers = employer_frame(people.法人, home["住所_都道府県"] + home["住所_市区町村"])
    earned = earners(people, code, seed=seed, employers=len(employers), year=year, since=since or year)
    known = claim(earned, year)
    wages = wage_rows(known, employers, year).with_columns(pl.lit(code).alias(CODE))
    pensions = pension_rows(known, year).with_columns(pl.lit(code).alias(CODE))
    declared = declaration_rows(known, code, year)
    rng = Streams(seed, code).open("reports-errors")
    every, some, few = ((), (), ()) if clean else (tuple(errors.RATES), tuple(errors.RATES)[:5], DECLARED)
    rows = grouped_wages(plant(rng, wages, WAGE_PLACES, every))
    parts = [
        pack("給与", rows, forms.給与, several=True, clean=clean),
        pack("年金", one_each(plant(rng, pensions, PENSION_PLACES, some), PAYER), forms.年金),
        pack("申告", one_each(plant(rng, declared, DECLARED_PLACES, few), "申告の種類"), forms.申告),
    ]
    later = {name: content for part in parts for name, content in part.later.items()}
    truth = pl.concat([part.truth for part in parts])
    return Delivered(tuple(one for part in parts for one in part.deliveries), truth, later)
