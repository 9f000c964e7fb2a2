"""履歴の不変条件: 欠番なし、日付の順、消除の後先、行と行のつながり。"""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.demo.conftest import AS_OF

from tsugaru.faces.demo.population import Population


@pytest.fixture(scope="module")
def steps(town: Population) -> pl.DataFrame:
    """各行に、同じ人の一つ前の行を並べたもの。"""
    return town.履歴.with_columns(
        pl.all().exclude("宛名番号").shift(1).over("宛名番号").name.prefix("前_"),
        pl.col("履歴番号").max().over("宛名番号").alias("件数"),
    )


def test_履歴番号は1から欠番なく続き最後だけが最新である(steps: pl.DataFrame) -> None:
    ordered = steps.select(pl.col("履歴番号") == pl.int_range(pl.len()).over("宛名番号") + 1).to_series()
    assert ordered.all()
    assert (steps["最新フラグ"] == (steps["履歴番号"] == steps["件数"])).all()


def test_異動日は履歴番号の順で基準日を越えない(steps: pl.DataFrame) -> None:
    assert steps.filter(pl.col("異動日") < pl.col("前_異動日")).is_empty()
    assert steps["異動日"].max() <= AS_OF
    assert steps["処理日"].max() <= AS_OF


def test_最初の行だけが出生か転入か改製で始まる(steps: pl.DataFrame) -> None:
    first = steps.filter(pl.col("履歴番号") == 1)
    assert set(first["異動事由"]) == {"改製", "出生", "国内転入", "国外転入等"}
    later = set(steps.filter(pl.col("履歴番号") > 1)["異動事由"])
    assert later.isdisjoint({"改製", "出生"})


def test_消除の後に続くのは再転入と帰化の記載だけである(steps: pl.DataFrame) -> None:
    after = steps.filter(pl.col("前_住民状態") != "1")
    assert len(after) > 0
    assert set(after["異動事由"]) <= {"国内転入", "職権記載（帰化等）"}


def test_転居の行では住所か世帯が変わり住所を定めた日が異動日になる(steps: pl.DataFrame) -> None:
    moves = steps.filter(pl.col("異動事由") == "転居")
    same = [pl.col(f"住所_{c}") == pl.col(f"前_住所_{c}") for c in ("町字コード", "番地号")]
    unmoved = moves.filter(*same, pl.col("部屋番号").eq_missing(pl.col("前_部屋番号")))
    assert len(unmoved) < len(moves) * 0.002
    assert (moves["住所を定めた日"] == moves["異動日"]).all()


def test_取消は転居の前の住所へ戻し両方の行を残す(town: Population) -> None:
    rows = town.履歴.with_columns(pl.col("住所_番地号").shift(2).over("宛名番号").alias("二つ前"))
    cancelled = rows.filter(pl.col("異動事由") == "異動の取消し（修正）")
    assert len(cancelled) > 0
    assert (cancelled["住所_番地号"] == cancelled["二つ前"]).all()


def test_世帯主変更の行では世帯主が変わる(steps: pl.DataFrame) -> None:
    changed = steps.filter(pl.col("異動事由") == "世帯主変更")
    assert len(changed) > 0
    same = changed.filter(pl.col("世帯主宛名番号").eq_missing(pl.col("前_世帯主宛名番号")))
    assert same.is_empty()


def test_世帯分離と合併では世帯番号が変わり住所は変わらない(steps: pl.DataFrame) -> None:
    rows = steps.filter(pl.col("異動事由").is_in(["世帯分離", "世帯合併"]))
    assert set(rows["異動事由"]) == {"世帯分離", "世帯合併"}
    assert (rows["世帯番号"] != rows["前_世帯番号"]).all()
    assert (rows["住所_番地号"] == rows["前_住所_番地号"]).all()


def test_婚姻の行では氏か続柄が変わり筆頭者が変わる(steps: pl.DataFrame) -> None:
    rows = steps.filter(pl.col("留意事項") == "婚姻")
    assert len(rows) > 0
    assert (rows["筆頭者"] != rows["前_筆頭者"]).mean() > 0.95


def test_帰化では宛名番号をそのままに外国人から日本人になる(
    steps: pl.DataFrame, big_history: pl.DataFrame
) -> None:
    rows = big_history.filter(pl.col("異動事由") == "職権記載（帰化等）")
    assert len(rows) > 0
    assert set(rows["住民種別"]) == {"1"}
    assert rows["国籍コード"].is_null().all()
    assert rows["氏"].is_not_null().all()


@pytest.fixture(scope="module")
def big_history() -> pl.DataFrame:
    """帰化のようなまれな異動を見るための、少し大きな町の履歴。"""
    from tsugaru.faces.demo.population import population

    return population("022021", 40_000, 7, AS_OF).履歴


@pytest.mark.parametrize("year", [2016, 2019, 2022, 2025])
def test_どの日に戻っても世帯主は一世帯に一人で同じ世帯に居る(town: Population, year: int) -> None:
    until = town.履歴.filter(pl.col("異動日") <= date(year, 6, 1))
    then = until.group_by("宛名番号", maintain_order=True).last().filter(pl.col("住民状態") == "1")
    heads = then.group_by("世帯番号").agg((pl.col("続柄コード1") == "02").sum().alias("世帯主の数"))
    assert set(heads["世帯主の数"]) == {1}
    places = then.group_by("世帯番号").agg(
        pl.struct("住所_町字コード", "住所_番地号", "住所_方書").n_unique()
    )
    assert places.to_series(1).max() == 1
    homes = then.select(pl.col("宛名番号").alias("世帯主宛名番号"), pl.col("世帯番号").alias("主の世帯"))
    joined = then.join(homes, on="世帯主宛名番号", how="left")
    assert (joined["主の世帯"] == joined["世帯番号"]).all()


def test_届出日と処理日は開庁日である(town: Population) -> None:
    rows = town.履歴.filter(pl.col("届出日") < AS_OF, pl.col("異動事由") != "改製")
    assert rows["届出日"].dt.weekday().max() <= 5
    assert rows.filter(pl.col("処理日") < AS_OF)["処理日"].dt.weekday().max() <= 5
