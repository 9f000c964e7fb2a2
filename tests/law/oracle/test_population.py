"""検算に使う人々が、事実の一覧の名だけを使い、種ごとに同じで、広い範囲を覆うこと。"""

from __future__ import annotations

from typing import Any

from tsugaru.law.kojin.facts import 主な結果, 個人の事実, 親族の事実

from .oracle import 計算
from .population import 人々

使わない事実 = {
    "その他の雑必要経費",  # 業務の雑所得の経費と同じ扱い
    "給与以外を普通徴収とする",  # 徴収方法の併用は計算書にない
    "受領済みの退職手当等の金額",
    "受領済みの市町村民税額",
    "受領済みの道府県民税額",
}


def test_人々の事実は一覧にある名だけで一覧をほぼ覆う() -> None:
    本人: set[str] = set()
    親族: set[str] = set()
    for 年度 in (2018, 2026):
        for 人 in 人々(1_000, 11, 年度):
            本人 |= 人.keys() - {"親族"}
            親族 |= {名 for 一人 in 人["親族"] for 名 in 一人}
    assert 本人 == set(個人の事実) - 使わない事実
    assert 親族 == set(親族の事実)


def test_同じ種からは同じ人々ができ種を変えれば変わる() -> None:
    assert list(人々(50, 7, 2026)) == list(人々(50, 7, 2026))
    assert list(人々(50, 7, 2026)) != list(人々(50, 8, 2026))


def test_計算書は主な結果の名で答え税額は百円単位で足し合う() -> None:
    """公的年金等控除額だけは、収入より控除が大きい者の書き方が決まらないので答えない。"""
    答えた名: set[str] = set()
    for 年度 in range(2015, 2027):
        for 人 in 人々(60, 3, 年度):
            答: dict[str, Any] = 計算(人, 年度, {})
            答えた名 |= 答.keys()
            assert 答["市町村民税の所得割額"] % 100 == 0
            assert 答["道府県民税の所得割額"] % 100 == 0
            assert 答["年税額"] == 答["市町村民税額"] + 答["道府県民税額"] + 答["森林環境税額"]
    assert set(主な結果) - 答えた名 == {"公的年金等控除額"}
