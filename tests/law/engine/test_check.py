"""制度の検査と説明。"""

from dataclasses import replace
from datetime import date

import pytest

from tests.law.engine.sample.system import 見本
from tsugaru.law.engine.catalogue import 制度の名, 制度を引く
from tsugaru.law.engine.check import 検査する
from tsugaru.law.engine.describe import 制度の説明, 違い
from tsugaru.law.engine.errors import 事実の誤り
from tsugaru.law.engine.words import 支給月, 課税年度

条例つき = replace(見本, 終=支給月(2026, 3))


def test_境目ごとに解けない理由を挙げる() -> None:
    assert [str(一つ) for 一つ in 見本.境目()] == ["2025年4月", "2026年4月", "2026年12月"]
    誤り = 検査する(見本, date(2026, 4, 1)).誤り
    assert len(誤り) == 2
    assert all("JT-1002" in 一つ and "上限額" in 一つ for 一つ in 誤り)


def test_使われない事実と定めと結果を挙げる() -> None:
    結果 = 検査する(replace(条例つき, 結果=("料金", "見返り")), date(2026, 4, 1))
    assert 結果.誤り == (
        "事実 使わない額 を読む規則がありません。",
        "結果 見返り を計算する規則がありません。",
    )


@pytest.mark.parametrize(("基準日", "件数"), [(date(2027, 5, 1), 1), (date(2027, 5, 2), 2)])
def test_確認日が13か月より前なら挙げる(基準日: date, 件数: int) -> None:
    assert len(検査する(条例つき, 基準日).古い) == 件数


def test_未確認の値を挙げる() -> None:
    assert 検査する(条例つき, date(2026, 4, 1)).未確認 == ("料金の定め 2026年4月（料金条例第1条〜第3条）",)


def test_説明は事実と結果と定めの全部を持つ() -> None:
    説明 = 制度の説明(条例つき, 支給月(2025, 10))
    年齢 = next(一つ for 一つ in 説明["事実"] if 一つ["名"] == "年齢")
    assert (年齢["必須"], 年齢["属する"], 年齢["単位"]) == (True, "個人", "歳")
    料金 = next(一つ for 一つ in 説明["結果"] if 一つ["名"] == "料金")
    assert (料金["主な結果"], 料金["読む"]) == (True, ["割引後の額", "手数料", "免除される"])
    assert 説明["定め"]["料金の定め"]["形"]["段"] == [{"以下": "整数", "額": "整数"}]
    assert 説明["定め"]["料金の定め"]["値"]["割引"] == "1/10"


def test_違いは規則と定めと事実を分けて言う() -> None:
    個人住民税 = 制度を引く("kojin")
    変わった = 違い(個人住民税, 課税年度(2025), 課税年度(2026))
    assert [一つ["名"] for 一つ in 変わった["加わった規則"]] == [
        "特定親族としての控除額",
        "特定親族特別控除額",
        "所得税の基礎控除の超過額",
    ]
    assert "定額減税額" in 変わった["なくなった規則"]
    assert "所得控除の合計額" in [一つ["名"] for 一つ in 変わった["変わった規則"]]
    assert 変わった["変わった定め"]["扶養の定め"] == {"所得の上限": {"前": 480000, "後": 580000}}
    assert 変わった["読むようになった事実"] == []


def test_同じ時点に違いはない() -> None:
    assert not any(違い(条例つき, 支給月(2025, 4), 支給月(2026, 3)).values())


def test_ない制度はある名を言う() -> None:
    assert "kojin" in 制度の名()
    with pytest.raises(事実の誤り, match="JT-1030 kotei という制度はありません"):
        制度を引く("kotei")
