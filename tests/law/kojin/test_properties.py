"""法の性質: 負にならない、合計が合う、控除が増えて税が増えることはない、収入が増えて税が減ることはない。"""

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.kojin.people import 納税義務者
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

年度 = st.integers(2014, 2026).map(課税年度)
損失のある結果 = {"営業等の所得金額", "農業の所得金額", "不動産所得の金額"}
回数 = settings(max_examples=150, deadline=None)


@cache
def 図と定め(いつ: Any) -> Any:
    return 個人住民税.図(いつ), 個人住民税.定め(いつ)


def 計算(いつ: Any, 人: dict[str, Any]) -> Any:
    図, 定め = 図と定め(いつ)
    return 計算する(図, 人, 定め)


@回数
@given(年度, 納税義務者())
def test_主な結果は全部決まり負にならない(いつ: Any, 人: dict[str, Any]) -> None:
    件 = 計算(いつ, 人)
    値 = {名: 件.値(名) for 名 in 個人住民税.結果 if 名 in 件.主}
    assert None not in 値.values()
    assert all(一つ >= 0 for 名, 一つ in 値.items() if 名 not in 損失のある結果)


@回数
@given(年度, 納税義務者())
def test_市と県と森林環境税を足すと年税額になる(いつ: Any, 人: dict[str, Any]) -> None:
    件 = 計算(いつ, 人)
    森林 = 件.主.get("森林環境税額", 0)
    assert 件.値("年税額") == 件.値("市町村民税額") + 件.値("道府県民税額") + 森林
    assert 件.値("市町村民税の所得割額") % 100 == 0 == 件.値("道府県民税の所得割額") % 100
    assert 件.値("市町村民税の所得割額") <= 件.値("市町村民税の算出所得割額")


@回数
@given(年度, 納税義務者())
def test_非課税なら税はかからない(いつ: Any, 人: dict[str, Any]) -> None:
    件 = 計算(いつ, 人)
    if 件.値("均等割が非課税である"):
        assert (件.値("年税額"), 件.値("市町村民税の均等割額")) == (0, 0)
    if 件.値("所得割が非課税である"):
        assert 件.値("市町村民税の所得割額") + 件.値("道府県民税の所得割額") == 0


@回数
@given(
    年度,
    納税義務者(),
    st.sampled_from(["社会保険料の金額", "小規模企業共済等掛金"]),
    st.integers(1, 2_000_000),
)
def test_控除が増えて税が増えることはない(いつ: Any, 人: dict[str, Any], 名: str, 増える額: int) -> None:
    人 = {一つ: 値 for 一つ, 値 in 人.items() if 一つ != "特例控除対象寄附金"}
    後 = {**人, 名: 人.get(名, 0) + 増える額}
    assert 計算(いつ, 後).値("年税額") <= 計算(いつ, 人).値("年税額")


@回数
@given(年度, st.integers(0, 30_000_000), st.integers(1, 3_000_000), st.integers(0, 3_000_000))
def test_給与収入が増えて税が減ることはない(いつ: Any, 収入: int, 増える額: int, 社会保険料: int) -> None:
    前, 後 = (
        計算(いつ, {"給与等の収入金額": 額, "社会保険料の金額": 社会保険料}) for 額 in (収入, 収入 + 増える額)
    )
    assert 前.値("年税額") <= 後.値("年税額")
    assert 前.値("給与所得の金額") <= 後.値("給与所得の金額")


@回数
@given(年度, 納税義務者())
def test_合計所得金額は総所得金額等より小さくない(いつ: Any, 人: dict[str, Any]) -> None:
    件 = 計算(いつ, 人)
    assert 件.値("総所得金額等") <= 件.値("合計所得金額")
    assert 件.値("総所得金額") <= 件.値("合計所得金額")


@回数
@given(年度, st.integers(0, 3_000_000))
def test_期割の合計は年税額になる(いつ: Any, 税額: int) -> None:
    普通 = 計算(いつ, {"年税額": 税額})
    assert sum(普通.値(f"普通徴収第{期}期の税額") for 期 in (1, 2, 3, 4)) == 税額
    assert 普通.値("普通徴収第4期の税額") % 1000 == 0
    給与 = 計算(いつ, {"年税額": 税額, "給与特別徴収を受ける": True})
    月々 = 給与.値("給与特別徴収6月の税額") + 給与.値("給与特別徴収7月の税額")
    assert 月々 + 給与.値("給与特別徴収8月以後の税額") * 10 == 税額


@回数
@given(年度, 納税義務者())
def test_徴収の方法を合わせると年税額になる(いつ: Any, 人: dict[str, Any]) -> None:
    """年金の仮徴収が年税額を超えた人は、超えた分を除く。"""
    件 = 計算(いつ, 人)
    普通 = sum(件.値(f"普通徴収第{期}期の税額") for 期 in (1, 2, 3, 4))
    給与 = (
        件.値("給与特別徴収6月の税額")
        + 件.値("給与特別徴収7月の税額")
        + 件.値("給与特別徴収8月以後の税額") * 10
    )
    仮徴収 = 件.値("年金仮徴収4月の税額") + 件.値("年金仮徴収の税額") * 2
    本徴収 = 件.値("年金本徴収10月の税額") + 件.値("年金本徴収12月以後の税額") * 2
    超えた = max(仮徴収 - 件.値("年金特別徴収の対象税額"), 0)
    assert 普通 + 給与 + 仮徴収 + 本徴収 - 超えた == 件.値("年税額")
