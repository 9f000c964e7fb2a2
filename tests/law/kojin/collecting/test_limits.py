"""賦課決定の期間の制限（地方税法第17条の5・第17条の6第3項、期間の計算は民法第143条）。"""

from datetime import date
from typing import Any

import pytest

from tests.law.kojin.collecting.change import 計算
from tsugaru.law.kojin.collecting.limits import 過ぎた年数

期限 = date(2023, 6, 30)
増 = {"税額を減らす賦課決定である": False}
減 = {"税額を減らす賦課決定である": True}
不正 = {"偽りその他不正の行為がある": True}


@pytest.mark.parametrize(
    ("事実", "日", "できる"),
    [
        (増, date(2026, 6, 30), True),
        (増, date(2026, 7, 1), False),
        (減, date(2026, 7, 1), True),
        (減, date(2028, 6, 30), True),
        (減, date(2028, 7, 1), False),
        (不正, date(2028, 7, 1), True),
        (不正, date(2030, 6, 30), True),
        (不正, date(2030, 7, 1), False),
        ({**減, **不正}, date(2030, 6, 30), True),
    ],
)
def test_法定納期限の翌日から(事実: dict[str, Any], 日: date, できる: bool) -> None:
    件 = 計算({**事実, "法定納期限から過ぎた年数": 過ぎた年数(期限, 日)})
    assert 件.値("賦課決定ができる") == できる


@pytest.mark.parametrize(
    ("更正による", "日", "できる"),
    [
        (True, date(2028, 5, 10), True),
        (True, date(2028, 5, 11), False),
        (False, date(2028, 5, 10), False),
    ],
)
def test_所得税の更正の通知の翌日から二年(更正による: bool, 日: date, できる: bool) -> None:
    件 = 計算(
        {
            "所得税の更正等による": 更正による,
            "法定納期限から過ぎた年数": 過ぎた年数(期限, 日),
            "所得税の更正等から過ぎた年数": 過ぎた年数(date(2026, 5, 10), 日),
        }
    )
    assert 件.値("賦課決定ができる") == できる


def test_期間の中なら所得税の更正から二年を過ぎていてもできる() -> None:
    年数 = {"法定納期限から過ぎた年数": 2, "所得税の更正等から過ぎた年数": 2}
    assert 計算({**年数, "所得税の更正等による": True}).値("賦課決定ができる") is True


@pytest.mark.parametrize(
    ("期限の日", "日", "年数"),
    [
        (date(2023, 6, 30), date(2023, 6, 30), 0),
        (date(2023, 6, 30), date(2024, 6, 30), 0),
        (date(2023, 6, 30), date(2024, 7, 1), 1),
        # 起算日2月29日。応当日のない年は月の末日に満了する
        (date(2024, 2, 28), date(2027, 2, 28), 2),
        (date(2024, 2, 28), date(2027, 3, 1), 3),
        (date(2024, 2, 29), date(2027, 2, 28), 2),
        (date(2024, 2, 29), date(2027, 3, 1), 3),
        # 起算日が年を越える
        (date(2023, 12, 31), date(2026, 12, 31), 2),
        (date(2023, 12, 31), date(2027, 1, 1), 3),
        # 期限より前の日
        (date(2023, 6, 30), date(2022, 1, 1), 0),
    ],
)
def test_満了した年の数(期限の日: date, 日: date, 年数: int) -> None:
    assert 過ぎた年数(期限の日, 日) == 年数
