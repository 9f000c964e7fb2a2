"""項目の表は、様式の文書の番号どおりに並ぶ。"""

from __future__ import annotations

import pytest

from tsugaru.gyomu.kojin.layouts import declaration, items, pension_report, wage_report
from tsugaru.law.kojin.public import 個人住民税


@pytest.mark.parametrize(
    ("number", "name", "width"),
    [
        (1, "支払調書等の種類", 3), (10, "訂正表示", 1), (12, "支払を受ける者－住所又は居所", 60), (17, "支払金額", 10),
        (23, "控除対象配偶者の有無等", 1), (36, "社会保険料等の金額", 10), (44, "受給者の生年月日－元号", 1),
        (54, "寡婦", 1), (60, "中途就・退職－中途就職・退職の区分", 1), (67, "給与等の金額", 10),
        (78, "住宅借入金等特別控除可能額", 10), (86, "摘要", 65), (91, "16歳未満扶養親族の数", 2), (92, "普通徴収", 1),
        (95, "カナ氏名", 60), (97, "提出先市町村コード", 6), (98, "指定番号", 12),
    ],
)  # fmt: skip
def test_平成25年分の給与支払報告書の項目(number: int, name: str, width: int) -> None:
    found = items.項目表("wage_report", 2013)[number - 1]
    assert (found.番号, found.名, found.幅, found.確認済み) == (number, name, width, True)


@pytest.mark.parametrize(("year", "count"), [(2013, 98), (2015, 98), (2016, 140), (2019, 140), (2020, 144)])
def test_項目の数は年分で変わる(year: int, count: int) -> None:
    table = items.項目表("wage_report", year)
    assert len(table) == count
    assert len({one.名 for one in table}) == count
    assert all(one.確認済み for one in table) == (count == 98)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (14, "支払を受ける者－氏名"), (19, "法203条の3第1号適用分－支払金額"), (23, "法203条の3第2号適用分－支払金額"),
        (30, "法203条の3第3号適用分－未徴収税額"), (33, "老年者"), (39, "社会保険料の金額"), (41, "摘要"),
        (46, "カナ氏名"), (49, "指定番号"),
    ],
)  # fmt: skip
def test_公的年金等支払報告書の項目(number: int, name: str) -> None:
    table = items.項目表("pension_report", 2025)
    assert (len(table), table[number - 1].名) == (49, name)


@pytest.mark.parametrize(
    ("year", "text"), [(1989, "01"), (2013, "25"), (2018, "30"), (2019, "01"), (2020, "02"), (2025, "07")]
)
def test_年分は和暦の二桁である(year: int, text: str) -> None:
    assert items.年分(year) == text


def test_申告の列は法令の事実の名である() -> None:
    names = declaration.事実の名()
    assert len(set(names)) == len(names)
    known = set(個人住民税.事実)
    assert [n for n in names if n not in known] == list(declaration.親族の数)
    assert not declaration.除く事実 - known


def test_様式の番号は年分を含む() -> None:
    code = "990019"
    assert wage_report.layout(年=2025, 団体コード=code).code == "給与支払報告書315（2025年分）"
    assert pension_report.layout(年=2025, 団体コード=code).code == "公的年金等支払報告書331（2025年分）"
