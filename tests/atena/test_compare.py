"""四情報の比べ方。似ているだけの人を、一致と言わない。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsugaru.gyomu.atena.domain.compare import 四情報, 度合, 比べる
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure.api import Address

家 = Address(prefecture="試験県", city="隣町", town="大字川向", lot="１２番地３", building="コーポ花１０１")
太郎 = 四情報(氏名="斎藤　太郎", 生年月日=不詳日(date(1960, 3, 3)), 性別="1", 住所=家)


def test_空白だけの違いは一致とする() -> None:
    compared = 比べる(太郎, replace(太郎, 氏名="斎藤太郎"), 番号=True)
    assert compared.全て一致


@pytest.mark.parametrize(
    ("項目", "値", "度"),
    [
        ("氏名", "齋藤　太郎", 度合.表記差),
        ("氏名", "斎藤　太朗", 度合.不一致),
        ("氏名", "", 度合.不明),
        ("生年月日", 不詳日(date(1960, 3, 4)), 度合.不一致),
        ("生年月日", 不詳日(date(1960, 1, 1), 不詳=True, 表記="昭和35年頃"), 度合.不明),
        ("生年月日", None, 度合.不明),
        ("性別", "2", 度合.不一致),
        ("性別", "0", 度合.不明),
        ("住所", replace(家, lot="12-3"), 度合.表記差),
        ("住所", replace(家, building="コーポ花１０２"), 度合.不一致),
        ("住所", replace(家, prefecture="別の県", lot="12-3"), 度合.不一致),
        ("住所", None, 度合.不明),
    ],
)
def test_一つでも一致でなければ全て一致ではない(項目: str, 値: object, 度: 度合) -> None:
    compared = 比べる(太郎, replace(太郎, **{項目: 値}), 番号=True)
    assert getattr(compared, 項目) is 度
    assert not compared.全て一致
    assert compared.違う項目 == [項目]


@pytest.mark.parametrize("番号", [None, False])
def test_四情報が同じでも番号を確かめていなければ一人では決められない(番号: bool | None) -> None:
    assert not 比べる(太郎, 太郎, 番号=番号).全て一致


名 = st.sampled_from(["斎藤　太郎", "齋藤　太郎", "齊藤　太郎", "斎藤　太朗", "斎藤　次郎", ""])
日 = st.sampled_from([
    不詳日(date(1960, 3, 3)), 不詳日(date(1960, 3, 4)), 不詳日(date(1960, 1, 1), 不詳=True, 表記="昭和35年頃"), None,
])  # fmt: skip
所 = st.sampled_from(
    [家, replace(家, lot="12-3"), replace(家, building=""), replace(家, lot="１２番地"), None]
)
人 = st.builds(四情報, 氏名=名, 生年月日=日, 性別=st.sampled_from("012"), 住所=所)


@settings(max_examples=200, deadline=None)
@given(甲=人, 乙=人, 番号=st.sampled_from([True, False, None]))
def test_双子と同姓同名と異体字と番地の書き方のどれも一致とは言わない(
    甲: 四情報, 乙: 四情報, 番号: bool | None
) -> None:
    compared = 比べる(甲, 乙, 番号=番号)
    assert compared.全て一致 == (
        甲 == 乙
        and 番号 is True
        and 甲.氏名 != ""
        and 甲.生年月日 is not None
        and not 甲.生年月日.不詳
        and 甲.性別 != "0"
        and 甲.住所 is not None
    )
    assert 比べる(乙, 甲, 番号=番号) == compared
