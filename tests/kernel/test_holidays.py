"""国民の祝日: 内閣府の公表（令和8年2月2日）と法律の文から。"""

from __future__ import annotations

from datetime import date

from tsugaru.kernel.holidays import 国民の祝日, 地方公共団体の休日, 祝日が分かる


def test_令和8年の祝日と休日() -> None:
    days = {(1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (7, 20), (8, 11),
            (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23)}  # fmt: skip
    assert {(d.month, d.day) for d in 国民の祝日() if d.year == 2026} == days


def test_どの年にも元日と春分の日と秋分の日のころの休日がある() -> None:
    """法律の施行は昭和23年だが、公表されている表は昭和30年から。"""
    for year in range(1955, 2028):
        held = {(d.month, d.day) for d in 国民の祝日() if d.year == year}
        assert (1, 1) in held
        assert held & {(3, 20), (3, 21)} and held & {(9, 22), (9, 23), (9, 24)}


def test_日曜の祝日の後には振替の休日がある() -> None:
    """第3条第2項（昭和48年4月12日から）。平成19年からは、その後の最も近い祝日でない日。"""
    for day in 国民の祝日():
        if day.weekday() == 6 and day >= date(2007, 1, 1):
            after = day
            while after in 国民の祝日():
                after = after.fromordinal(after.toordinal() + 1)
            assert after.weekday() > 0


def test_最後の年より後は分からない() -> None:
    assert 祝日が分かる(date(2027, 12, 31))
    assert not 祝日が分かる(date(2028, 1, 1))


def test_年末年始は条例の日だけが挙げた年に加わる() -> None:
    held = 地方公共団体の休日(("12-31", "01-02"), (2026,)) - 国民の祝日()
    assert held == {date(2026, 12, 31), date(2026, 1, 2)}
    assert 地方公共団体の休日((), (2026,)) == 国民の祝日()
