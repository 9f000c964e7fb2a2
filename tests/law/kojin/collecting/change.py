"""異動を一件ずつ計算する道具と、でたらめな異動。"""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

税額 = st.one_of(st.integers(0, 20_000), st.integers(0, 3_000_000))


@cache
def 図と定め(年度: int) -> Any:
    """その年度の計算の順と定め。"""
    return 個人住民税.図(課税年度(年度)), 個人住民税.定め(課税年度(年度))


def 計算(事実: dict[str, Any], 年度: int = 2026) -> Any:
    """一件の計算。"""
    図, 定め = 図と定め(年度)
    return 計算する(図, 事実, 定め)


def 確かめる(事実: dict[str, Any], 答: dict[str, int | bool], 年度: int = 2026) -> None:
    """答の名の全部が等しい。"""
    件 = 計算(事実, 年度)
    assert {名: 件.値(名) for 名 in 答} == 答


@st.composite
def 徴収の組(draw: st.DrawFn) -> dict[str, Any]:
    """年税額と三つの徴収の方法。"""
    年税額 = draw(税額)
    return {
        "年税額": 年税額,
        "均等割等の額": draw(st.sampled_from([0, 5_000])),
        "給与特別徴収を受ける": draw(st.booleans()),
        "年金特別徴収を受ける": True,
        "年金特別徴収の対象税額": draw(st.sampled_from([0, 年税額, 年税額 // 300 * 100])),
        "前年度から年金特別徴収である": draw(st.booleans()),
        "前年度の年金特別徴収年税額": draw(税額),
        "前年度二月の年金徴収額": draw(st.integers(0, 300)) * 100,
    }


@st.composite
def 異動(draw: st.DrawFn) -> dict[str, Any]:
    """退職・転勤・切替・更正を重ねた異動。変更前の確定額は、今の税額と関わりなく引く。"""
    該当 = (
        "給与の支払を受けなくなった",
        "死亡により退職した",
        "他の給与支払者が引き継ぐ",
        "一括徴収を申し出た",
        "給与特別徴収へ切り替える",
        "年金特別徴収をやめる",
        "所得税の更正等による",
    )
    確定 = ("給与特別徴収の徴収済みの額", "過ぎた納期の確定額", "年金本徴収の徴収済みの額")
    人 = draw(徴収の組())
    人 |= {名: draw(st.booleans()) for 名 in 該当}
    人 |= {"異動のあった月": draw(st.integers(0, 12)), "五月末までに支払われる給与等": draw(税額)}
    return 人 | {名: draw(税額) for 名 in 確定 if draw(st.booleans())}
