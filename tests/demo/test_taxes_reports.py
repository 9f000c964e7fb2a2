"""見本の資料: 数字は法令と同じで、同じ人は年が変わっても同じ職にいて、届かないファイルは後から渡せる。"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from tests.demo.conftest import CODE
from tests.support import places

from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.reports import Delivered, Forms, reports, rules
from tsugaru.faces.demo.reports.careers import earners
from tsugaru.gyomu.kojin.layouts import declaration, pension_report, wage_report
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

EDGES = (550_999, 551_000, 650_999, 651_000, 1_618_999, 1_619_000, 1_620_000, 1_622_000, 1_624_000, 1_627_999, 1_628_000,
         1_799_999, 1_800_000, 1_899_999, 1_900_000, 3_599_999, 3_600_000, 6_599_999, 6_600_000, 8_499_999)  # fmt: skip
PENSIONS = (600_000, 1_100_000, 1_299_999, 1_300_000, 3_299_999, 3_300_000, 4_099_999, 4_100_000, 7_699_999, 7_700_000,
            9_999_999, 10_000_000)  # fmt: skip


@pytest.mark.parametrize("year", range(rules.FIRST, rules.LAST + 1))
def test_給与と年金の所得は課税の規則と同じ(year: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """境の前後と、乱数の収入。両方ある人の所得金額調整控除も。"""
    folder = places.write(tmp_path_factory.mktemp("towns"), 1) / "parameters"
    順, 定め = 個人住民税.図(課税年度(year + 1)), 個人住民税.定め(課税年度(year + 1), folder)
    rng = np.random.default_rng(year)
    pay = np.concatenate([EDGES, rng.integers(0, 8_500_000, 60)])
    pension = np.concatenate([PENSIONS, rng.integers(0, 4_000_000, len(pay) - len(PENSIONS))])
    age = rng.integers(60, 75, len(pay))
    after, rest = rules.after_wage_deduction(pay, year), rules.after_pension_deduction(pension, age)
    less = rules.wage_and_pension_adjustment(after, rest)
    for n in range(len(pay)):
        件 = 計算する(
            順,
            {"給与等の収入金額": int(pay[n]), "公的年金等の収入金額": int(pension[n]), "年齢": int(age[n])},
            定め,
        )
        assert (pay[n], after[n]) == (pay[n], 件.値("給与所得の金額"))
        assert (pay[n], pension[n], less[n]) == (pay[n], pension[n], 件.値("所得金額調整控除額"))
        if after[n] <= 10_000_000:
            assert (pension[n], age[n], rest[n]) == (pension[n], age[n], 件.値("公的年金等の雑所得"))


def made(town: Population, year: int, *, clean: bool) -> Delivered:
    """2024年から続く資料。"""
    forms = Forms(
        wage_report.layout(年=year, 団体コード=CODE),
        pension_report.layout(年=year, 団体コード=CODE),
        declaration.layout(団体コード=CODE),
    )
    return reports(town, forms, year=year, seed=7, since=2024, clean=clean)


def test_二年目も同じ人は同じ勤め先で似た給与を得る(town: Population) -> None:
    first, second = (
        earners(town, CODE, seed=7, employers=len(town.法人), year=year, since=2024) for year in (2024, 2025)
    )
    both = first.filter(pl.col("給与") > 0).join(
        second.filter(pl.col("給与") > 0), on="宛名番号", suffix="次"
    )
    assert both.height > 4_000
    assert both.filter(pl.col("勤め先") == pl.col("勤め先次")).height > both.height * 85 // 100
    close = (pl.col("給与次") - pl.col("給与")).abs() * 10 <= pl.col("給与")
    assert both.filter(close).height > both.height * 80 // 100
    assert 990 < second["合計所得"].sum() * 1000 // first["合計所得"].sum() < 1_060


def test_賦課期日の住民だけに資料がある(town: Population) -> None:
    """今いる人でも、その日の後に転入した人と生まれた人にはない。"""
    earned = earners(town, CODE, seed=7, employers=len(town.法人), year=2024, since=2024)
    arrived = town.履歴.filter(pl.col("履歴番号") == 1).filter(pl.col("異動日") > pl.date(2025, 1, 1))
    assert arrived.height > 100
    assert earned.join(arrived, on="宛名番号", how="semi").is_empty()


def test_同じ種なら同じファイルで_誤りのない年には誤りがない(town: Population) -> None:
    one, two = made(town, 2024, clean=True), made(town, 2024, clean=True)
    assert [d.files for d in one.deliveries] == [d.files for d in two.deliveries]
    assert set(one.truth["誤り"]) == {""}
    assert not one.later
    assert len({(d.kind, d.sender) for d in one.deliveries}) == len(one.deliveries)


def test_届かない部分と前の年のファイルの代わりは後から渡せる(town: Population) -> None:
    """後から渡すファイルの行を足すと、差出人の知らせた数になる。"""
    year = made(town, 2025, clean=False)
    assert len(year.later) == 2
    for one in year.deliveries:
        parts = dict(one.files) | {
            name: c for name, c in year.later.items() if name.startswith(one.name + "-")
        }
        assert (one.name, sum(content.count(b"\r\n") for content in parts.values())) == (
            one.name,
            one.rows + (len(parts) if one.kind == "申告" else 0),
        )
    replaced = [name for name, content in year.later.items() for d in year.deliveries if name in d.files]
    assert len(replaced) == 1
