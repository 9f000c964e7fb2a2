"""期の額を税に分ける。どの期も、どの税も、一円も失われない。"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsugaru.gyomu.kojin.domain.posting import 口座に分ける, 記帳の素, 賦課の額
from tsugaru.law.kojin.public import 期割を税目に分ける

期 = st.lists(st.integers(0, 300_000), min_size=1, max_size=13)


@st.composite
def 期と税(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """合計の等しい期の額と三つの税。"""
    amounts = draw(期)
    total = sum(amounts)
    first = draw(st.integers(0, total))
    second = draw(st.integers(0, total - first))
    return amounts, [first, second, total - first - second]


@given(期と税())
def test_行は期の額_列は税の額になり_負にならない(一つ: tuple[list[int], list[int]]) -> None:
    amounts, taxes = 一つ
    表 = 期割を税目に分ける(amounts, taxes)
    assert [sum(row) for row in 表] == amounts
    assert [sum(column) for column in zip(*表, strict=True)] == taxes
    assert all(円 >= 0 for row in 表 for 円 in row)


@given(期と税())
def test_どの期の取り分も_割合どおりの額と一円より離れない最初の期(一つ: tuple[list[int], list[int]]) -> None:
    amounts, taxes = 一つ
    total = sum(amounts)
    first = 期割を税目に分ける(amounts, taxes)[0]
    for 円, 税 in zip(first, taxes, strict=True):
        assert abs(円 * total - 税 * amounts[0]) <= total


def test_合計が違えば分けない() -> None:
    with pytest.raises(ValueError, match="等しい"):
        期割を税目に分ける([100], [50, 40])


def test_前の義務者の月は前の義務者の口座に_今の月は今の義務者の口座に載る() -> None:
    """6月・7月を甲、8月からを乙が徴収する 3,600円（市のみ）。"""
    額 = 賦課の額((3_600, 0, 0), {"給与:甲": {"6": 1_200, "7": 1_200}, "給与": {"8": 1_200}}, 指定番号="乙")
    found = 口座に分ける("10", 額)
    assert {(相手, 月): 円 for (_, 月, 相手, _), 円 in found.items()} == {
        ("甲", 6): 1_200, ("甲", 7): 1_200, ("乙", 8): 1_200,
    }  # fmt: skip
    assert {科 for 科, *_ in found} == {"給与特別徴収"}


@given(期と税(), 期と税())
def test_更正の記帳は_前の賦課との差で釣り合う(
    前: tuple[list[int], list[int]], 後: tuple[list[int], list[int]]
) -> None:
    def 額(一つ: tuple[list[int], list[int]]) -> 賦課の額:
        amounts, taxes = 一つ
        return 賦課の額(
            (taxes[0], taxes[1], taxes[2]), {"普徴": {str(n): 円 for n, 円 in enumerate(amounts, 1) if 円}}
        )

    found = list(記帳の素(2026, [("10", 額(後), 額(前))]))
    net = sum(line.debit - line.credit for p in found for line in p.lines if line.account.subject == "10")
    assert net == sum(後[0]) - sum(前[0])
    assert all(p.total() > 0 for p in found)
