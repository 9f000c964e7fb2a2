"""今の姿の不変条件: 世帯、続柄、年齢の差、住所、番号。"""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from tests.demo.conftest import AS_OF, CODE

from tsugaru.faces.demo.population import Population, cases, population
from tsugaru.faces.demo.population.numbers import municipal_code
from tsugaru.gyomu.juki.domain.support import 種別の一覧
from tsugaru.kernel import check_digit
from tsugaru.kernel.uncertain_date import 不詳日を読む

YEAR = 365.2425


@pytest.fixture(scope="module")
def residents(town: Population) -> pl.DataFrame:
    return town.個人.filter(pl.col("住民状態") == "1")


def test_住民はちょうど頼んだ人数である(residents: pl.DataFrame) -> None:
    assert len(residents) == 12_000
    assert residents["宛名番号"].n_unique() == 12_000


def test_世帯主は一世帯に一人で世帯主不在だけが例外である(residents: pl.DataFrame) -> None:
    heads = residents.group_by("世帯番号").agg(
        (pl.col("続柄コード1") == "02").sum().alias("世帯主の数"), pl.len().alias("人員")
    )
    absent = heads.filter(pl.col("世帯主の数") == 0)
    assert heads["世帯主の数"].max() == 1
    assert 1 <= len(absent) <= 3
    assert absent["人員"].min() >= 2


def test_世帯主は同じ世帯の今いる人である(residents: pl.DataFrame) -> None:
    heads = residents.filter(pl.col("続柄コード1") == "02").select(
        "世帯番号", pl.col("宛名番号").alias("本人")
    )
    joined = residents.filter(pl.col("世帯主宛名番号").is_not_null()).join(heads, on="世帯番号", how="left")
    assert (joined["世帯主宛名番号"] == joined["本人"]).all()


def test_世帯の人員は住民の数と合う(town: Population, residents: pl.DataFrame) -> None:
    assert town.世帯["人員"].sum() == len(residents)
    assert town.世帯["世帯番号"].n_unique() == len(town.世帯)
    assert (town.世帯["廃止日"].is_null() == (town.世帯["人員"] > 0)).all()


def test_同じ世帯の人は同じ住所に住む(residents: pl.DataFrame) -> None:
    homes = residents.group_by("世帯番号").agg(
        pl.struct("住所_町字コード", "住所_番地号", "住所_方書").n_unique()
    )
    assert homes.to_series(1).max() == 1


@pytest.mark.parametrize(
    ("code", "sex"), [("11", "1"), ("12", "2"), ("51", "1"), ("52", "2"), ("71", "1"), ("84", "2")]
)
def test_続柄は性別と合う(town: Population, code: str, sex: str) -> None:
    rows = town.履歴.filter(pl.col("続柄コード1") == code, pl.col("続柄コード2").is_null())
    assert len(rows) > 0
    assert set(rows["性別"]) == {sex}


def _gap(rows: pl.DataFrame, code: str, parent_code: str) -> pl.Series:
    child = rows.filter(pl.col("続柄コード1") == code, pl.col("続柄コード2").is_null())
    parent = rows.filter(
        pl.col("続柄コード1") == parent_code, pl.col("続柄コード2").is_null(), pl.col("性別") == "2"
    )
    pairs = child.join(parent.select("世帯番号", pl.col("生年月日").alias("母の生年月日")), on="世帯番号")
    return pairs.select((pl.col("生年月日") - pl.col("母の生年月日")).dt.total_days() / YEAR).to_series()


@pytest.mark.parametrize("mother", ["12", "02"])
def test_子は母より15歳から50歳若い(residents: pl.DataFrame, mother: str) -> None:
    gaps = _gap(residents, "20", mother)
    assert len(gaps) > 0
    assert 15 <= gaps.min() <= gaps.max() <= 50


def test_世帯主は母より15歳から50歳若い(residents: pl.DataFrame) -> None:
    gaps = _gap(residents, "02", "52")
    assert len(gaps) > 0
    assert 15 <= gaps.min() <= gaps.max() <= 50


def test_世帯主と配偶者は18歳以上である(residents: pl.DataFrame) -> None:
    adults = residents.filter(
        pl.col("続柄コード1").is_in(["02", "11", "12"]), pl.col("続柄コード2").is_null()
    )
    youngest = adults["生年月日"].max()
    assert (AS_OF - youngest).days > 17.9 * YEAR


@pytest.mark.parametrize("code", ["023621", "023671", "023434", "022101"])
def test_住所はその団体の町字である(code: str) -> None:
    small = population(code, 600, 3, AS_OF)
    assert set(small.履歴["住所_団体コード"]) == {code}
    assert small.履歴["住所_町字"].str.len_chars().min() > 0
    assert code not in set(small.住登外["住所_団体コード"])


def test_転出先と転入前は別の団体である(town: Population) -> None:
    assert CODE not in set(town.履歴["転出先予定_コード"].drop_nulls())
    assert CODE not in set(town.履歴["転入前_団体コード"].drop_nulls())


def test_番号は重ならず検査数字が正しい(town: Population) -> None:
    numbers = pl.concat([town.個人["宛名番号"], town.住登外["宛名番号"], town.法人["宛名番号"]])
    assert numbers.n_unique() == len(numbers)
    assert town.個人["個人番号"].n_unique() == len(town.個人)
    assert all(check_digit.宛名番号が正しい(n) for n in numbers)
    assert all(check_digit.宛名番号が正しい(n) for n in town.世帯["世帯番号"])
    assert all(check_digit.個人番号が正しい(n) for n in town.個人["個人番号"])
    assert all(check_digit.住民票コードが正しい(n) for n in town.個人["住民票コード"])
    assert all(check_digit.法人番号が正しい(n) for n in town.法人["法人番号"])


def test_団体コードの検査数字は公表された番号と合う() -> None:
    assert [municipal_code(c) for c in ("02202", "02343", "02362", "02367")] == [
        "022021",
        "023434",
        "023621",
        "023671",
    ]


def test_フリガナはカタカナで氏名と区切りが揃う(town: Population) -> None:
    kana = re.compile(r"[ァ-ヴー]+(　[ァ-ヴー]+)+")
    assert all(kana.fullmatch(text) for text in town.個人["氏名_フリガナ"].unique())
    assert (town.個人["氏名"].str.count_matches("　") >= 1).all()


def test_外国人は在留の項目を持ち日本人は戸籍の表示を持つ(town: Population) -> None:
    foreign = town.個人.filter(pl.col("住民種別") == "2")
    assert len(foreign) > 0
    for column in ("国籍コード", "規定区分", "在留資格", "在留カード番号", "氏名_ローマ字", "外国人住民日"):
        assert foreign[column].is_not_null().all(), column
    assert foreign["本籍"].is_null().all()
    japanese = town.個人.filter(pl.col("住民種別") == "1")
    assert japanese["本籍"].is_not_null().all()
    assert japanese["国籍コード"].is_null().all()
    assert foreign["外国人住民日"].min() >= date(2012, 7, 9)


def test_不詳の生年月日は表記を持つ(town: Population) -> None:
    unsure = town.個人.filter("生年月日_不詳")
    assert unsure["生年月日_表記"].is_not_null().all()
    assert town.個人.filter(~pl.col("生年月日_不詳"))["生年月日_表記"].is_null().all()
    for born, text in unsure.select("生年月日", "生年月日_表記").iter_rows():
        read = 不詳日を読む(text)
        assert read.不詳
        assert read.内部日付 == born


def test_住民となった日は住所を定めた日より後でない(town: Population) -> None:
    assert town.履歴.filter(pl.col("住民となった日") > pl.col("住所を定めた日")).is_empty()
    assert town.履歴.filter(pl.col("生年月日") > pl.col("住民となった日")).is_empty()


def test_支援措置と印鑑と抑止の相手は居る人である(town: Population) -> None:
    everyone = set(town.個人["宛名番号"])
    for frame in (town.支援措置, town.印鑑登録, town.抑止):
        assert len(frame) > 0
        assert set(frame["宛名番号"]) <= everyone
    spans = town.支援措置.select((pl.col("終了日") - pl.col("開始日")).dt.total_days()).to_series()
    assert set(spans) == {365}


def test_支援措置の種別は窓口で選べるものだけである(town: Population) -> None:
    assert set(cases.KINDS) == set(種別の一覧)
    assert set(town.支援措置["区分"]) <= set(種別の一覧)


def test_大字を冠するかは団体のデータで決まる() -> None:
    with_oaza, without = (
        set(population(CODE, 300, 1, AS_OF, oaza=oaza).個人["住所_町字"]) for oaza in (True, False)
    )
    assert any(town.startswith("大字") for town in with_oaza)
    assert not any(town.startswith("大字") for town in without)


def test_印鑑は15歳以上で住民となった後に登録し消除の日に抹消される(town: Population) -> None:
    rows = town.印鑑登録.join(town.個人, on="宛名番号")
    assert rows.filter((pl.col("登録日") - pl.col("生年月日")).dt.total_days() < 15 * YEAR).is_empty()
    assert rows.filter(pl.col("登録日") <= pl.col("住民となった日")).is_empty()
    gone = rows.filter(pl.col("登録状態") == "職権抹消")
    assert (gone["抹消日"] == gone["消除の異動日"]).all()
    assert rows["印文"].str.len_chars().min() >= 1


def test_電話番号は架空の局番だけである(town: Population) -> None:
    numbers = pl.concat([frame["電話番号"] for frame in (town.個人, town.住登外, town.法人)])
    assert numbers.str.starts_with("0172-00-").all()
