"""規則を結ぶ: 足りない名、循環、二重の版、型。"""

from types import ModuleType

import pytest

from tsugaru.law.engine.errors import 規則が解けない
from tsugaru.law.engine.facts import 事実, 表にする, 額
from tsugaru.law.engine.graph import 結ぶ
from tsugaru.law.engine.rules import 規則, 規則を集める
from tsugaru.law.engine.words import 課税年度


@規則("第1条")
def 甲(乙: int) -> int:
    """乙の倍。"""
    return 乙 * 2


@規則("第2条")
def 乙(甲: int) -> int:
    """甲と回る。"""
    return 甲


@規則("第3条", 適用=課税年度(2020))
def 丙_一(丁: int) -> int:
    """丙の版。"""
    return 丁


@規則("第3条", 適用=課税年度(2020))
def 丙_二(丁: int) -> int:
    """同じ時点の版。"""
    return 丁


def 文字の規則(丁: str) -> int:
    """引数が文字。"""
    return len(丁)


def 部屋(*関数: object) -> ModuleType:
    中 = ModuleType(__name__)
    for 一つ in 関数:
        setattr(中, getattr(一つ, "__name__", ""), 一つ)
    return 中


def 結果(*関数: object, 事実の名: str = "丁") -> list[str]:
    事実たち = 表にする([額(事実の名, "試験", "第9条")])
    図 = 結ぶ(課税年度(2021), ("個人",), 規則を集める(部屋(*関数)), (), 事実たち)
    return [一歩.名 for 一歩 in 図.順]


def test_引数の名で順に並ぶ() -> None:
    assert 結果(丙_一) == ["丙"]
    assert 結果(甲, 事実の名="乙") == ["甲"]


@pytest.mark.parametrize(
    ("関数", "事実の名", "文"),
    [
        ((甲,), "丁", "甲 の引数 乙 が、規則にも事実にもありません"),
        ((甲, 乙), "丁", "規則が回っています"),
        ((丙_一, 丙_二), "丁", "丙 に同じ時点から適用する版が二つあります"),
    ],
)
def test_解けない組は理由を言う(関数: tuple[object, ...], 事実の名: str, 文: str) -> None:
    with pytest.raises(規則が解けない, match=文):
        結果(*関数, 事実の名=事実の名)


def test_規則と同じ名の事実は断る() -> None:
    事実たち = 表にする([額("丁", "試験", "第9条"), 額("丙", "試験", "第9条")])
    with pytest.raises(規則が解けない, match="丙 が規則にも事実にもあります"):
        結ぶ(課税年度(2021), ("個人",), 規則を集める(部屋(丙_一)), (), 事実たち)


def test_整数と真偽と定めでない引数は断る() -> None:
    with pytest.raises(TypeError, match="文字の規則"):
        list(規則を集める(部屋(規則("第4条")(文字の規則))))


def test_同じ名の事実は二度書けない() -> None:
    with pytest.raises(ValueError, match="丁 が二度"):
        表にする([額("丁", "", "")], [事実("丁", "", "")])
