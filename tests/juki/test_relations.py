"""続柄の計算（標準仕様書 1.1.11）。"""

from __future__ import annotations

from datetime import date

import pytest

from tsugaru.gyomu.juki.domain.codes import 続柄の表記
from tsugaru.gyomu.juki.domain.relations import 世帯主を替える, 続柄を付ける
from tsugaru.gyomu.juki.domain.state import 住民票

環の名 = {
    "世帯主": "02", "夫": "11", "妻": "12", "子": "20", "父": "51", "母": "52", "兄": "71", "弟": "74", "姉": "81", "妹": "84",
    "縁故者": "96", "同居人": "99",
}  # fmt: skip


def _人(番号: str, 続柄: str, 性別: str, 年: int) -> 住民票:
    person = 住民票(宛名番号=番号, 住民種別="1", 氏名=番号, 生年月日=date(年, 1, 1), 性別=性別, 世帯番号="S")
    return 続柄を付ける(person, [環の名[word] for word in 続柄.split("の")])


世帯 = [
    _人("夫", "世帯主", "1", 1970), _人("妻", "妻", "2", 1972), _人("長男", "子", "1", 1995), _人("長女", "子", "2", 1998),
    _人("長男の嫁", "子の妻", "2", 1996), _人("孫", "子の子", "1", 2020), _人("父", "父", "1", 1940), _人("母", "母", "2", 1942),
    _人("弟", "弟", "1", 1975), _人("弟の子", "弟の子", "2", 2001),
    _人("連れ子", "妻の子", "1", 1990), _人("友人", "同居人", "1", 1980),
]  # fmt: skip


@pytest.mark.parametrize(
    ("新世帯主", "人", "続柄", "確か"),
    [
        ("妻", "夫", "夫", True),
        ("妻", "長男", "子", False),
        ("妻", "連れ子", "子", True),
        ("妻", "父", "夫の父", True),
        ("妻", "弟の子", "夫の弟の子", True),
        ("妻", "孫", "子の子", False),
        ("長男", "夫", "父", True),
        ("長男", "妻", "母", False),
        ("長男", "長女", "妹", True),
        ("長女", "長男", "兄", True),
        ("長男", "父", "父の父", True),
        ("長男", "弟", "父の弟", True),
        ("父", "夫", "子", True),
        ("父", "母", "妻", False),
        ("父", "妻", "子の妻", True),
        ("父", "長男", "子の子", True),
        ("父", "孫", "子の子の子", True),
        ("父", "弟", "子", False),
        ("弟", "夫", "兄", True),
        ("弟", "長男", "兄の子", True),
        ("弟", "妻", "兄の妻", True),
        ("弟", "父", "父", False),
        ("弟の子", "夫", "父の兄", True),
        ("長男の嫁", "夫", "夫の父", True),
        ("連れ子", "夫", "母の夫", True),
        ("妻", "友人", "同居人", False),
        ("友人", "夫", "同居人", True),
    ],
)
def test_新しい世帯主から見た続柄(新世帯主: str, 人: str, 続柄: str, 確か: bool) -> None:
    found = 世帯主を替える(世帯, 新世帯主)[人]
    assert found is not None
    assert (続柄の表記(*found.環), found.確か) == (続柄, 確か)


@pytest.mark.parametrize(("新世帯主", "人"), [("長男", "長男の嫁"), ("長男", "孫"), ("孫", "夫")])
def test_途中の人が分からなければ提案しない(新世帯主: str, 人: str) -> None:
    assert 世帯主を替える(世帯, 新世帯主)[人] is None


def test_新しい世帯主自身は世帯主() -> None:
    found = 世帯主を替える(世帯, "長女")["長女"]
    assert found is not None and 続柄の表記(*found.環) == "世帯主"


def test_五つ以上の環は縁故者になる() -> None:
    members = [*世帯, _人("遠い人", "弟の子の子の子", "1", 2022)]
    found = 世帯主を替える(members, "妻")["遠い人"]
    assert found is not None and 続柄の表記(*found.環) == "縁故者"
