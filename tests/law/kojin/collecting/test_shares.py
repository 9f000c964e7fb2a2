"""期ごとの額を三つの税へ分ける表。"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsugaru.law.kojin.collecting.shares import 期割を税目に分ける

額たち = st.lists(st.one_of(st.integers(0, 3), st.integers(0, 400_000)), min_size=1, max_size=14)


@st.composite
def 同じ和(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """和の等しい期別の額と、三つの税の額。"""
    期別 = draw(額たち)
    和 = sum(期別)
    一つ目, 二つ目 = sorted((draw(st.integers(0, 和)), draw(st.integers(0, 和))))
    return 期別, [一つ目, 二つ目 - 一つ目, 和 - 二つ目]


def test_手で計算した四期() -> None:
    """市60,000・県40,000・森林環境税1,000を、26,000と25,000×3に。累計26,000の市は15,445.5…で15,446。"""
    assert 期割を税目に分ける((26_000, 25_000, 25_000, 25_000), (60_000, 40_000, 1_000)) == (
        (15_446, 10_297, 257),
        (14_851, 9_901, 248),
        (14_852, 9_901, 247),
        (14_851, 9_901, 248),
    )


@given(同じ和())
def test_行の和も列の和も合い負がない(組: tuple[list[int], list[int]]) -> None:
    期別, 税目 = 組
    表 = 期割を税目に分ける(期別, 税目)
    assert [sum(行) for 行 in 表] == 期別
    assert [sum(列) for 列 in zip(*表, strict=True)] == 税目
    assert min(min(行) for 行 in 表) >= 0


@given(同じ和())
def test_どの期までの累計も割合から二円と離れない(組: tuple[list[int], list[int]]) -> None:
    """一つ目の税は半円まで、二つ目からはその丸めの残りが半円ずつ足される。"""
    期別, 税目 = 組
    表, 和 = 期割を税目に分ける(期別, 税目), sum(期別)
    for 期まで in range(1, len(期別) + 1):
        for 番, 限り in enumerate((Fraction(1, 2), 1, 1)):
            累計 = sum(行[番] for 行 in 表[:期まで])
            理想 = Fraction(sum(期別[:期まで]) * 税目[番], 和) if 和 else 0
            assert abs(累計 - 理想) <= 限り


def test_税のない人は全部零() -> None:
    assert 期割を税目に分ける((0, 0), (0, 0, 0)) == ((0, 0, 0), (0, 0, 0))


@pytest.mark.parametrize(("期別", "税目"), [((100,), (60, 39)), ((110, -10), (60, 40)), ((100,), (110, -10))])
def test_和の違う額と負の額は断る(期別: tuple[int, ...], 税目: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="和"):
        期割を税目に分ける(期別, 税目)
