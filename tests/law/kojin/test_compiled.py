"""個人住民税の全部の規則を訳したものは、一人ずつの計算と一円も違わない。

全部の年度を試す。人数は TSUGARU_LAW_PEOPLE で増やせる。
"""

import os
from pathlib import Path

import numpy as np
import pytest

from tsugaru.law.engine.compiled import まとめて計算する, 不明の値, 事例にする, 名簿
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.facts import 事実
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.facts import 個人の事実, 親族の事実
from tsugaru.law.kojin.public import 個人住民税

年度たち = range(個人住民税.初.値, 個人住民税.終.値 + 1)
人数 = int(os.environ.get("TSUGARU_LAW_PEOPLE", "400"))


def でたらめな列(
    宣言: 事実, 数: int, 乱数: np.random.Generator
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """境目に当たりやすい、まばらな列。"""
    if 宣言.型 is bool:
        return (乱数.random(数) < 0.1).astype(np.int64)
    if 宣言.単位 != "円":
        return 乱数.integers(1, {"歳": 95, "年": 2026, "月": 13}[宣言.単位], 数)
    額 = 乱数.choice([10_000, 450_000, 1_000_000, 5_000_000, 30_000_000], 数) + 乱数.integers(-1, 2, 数)
    額 = np.where(乱数.random(数) < 0.5, 額, 乱数.integers(0, 12_000_000, 数))
    額 *= 乱数.random(数) < (0.9 if 宣言.名 == "給与等の収入金額" else 0.1)
    return np.where(乱数.random(数) < 0.3, -額, 額) if 宣言.負可 else 額


@pytest.fixture(scope="module")
def 町民() -> 名簿:
    乱数 = np.random.default_rng(20260101)
    列 = {名: でたらめな列(宣言, 人数, 乱数) for 名, 宣言 in 個人の事実.items()}
    列["年齢"][::50] = 不明の値
    員の列 = {名: でたらめな列(宣言, 人数 * 2, 乱数) for 名, 宣言 in 親族の事実.items()}
    員の列["生計を一にする"][:] = 1
    return 名簿(人数, 列, 員の列, np.sort(乱数.integers(0, 人数, 人数 * 2)))


@pytest.mark.parametrize("年度", 年度たち)
def test_まとめて計算しても一人ずつ計算しても同じ(年度: int, 町民: 名簿, pytestconfig: pytest.Config) -> None:
    図, 定め = 個人住民税.図(課税年度(年度)), 個人住民税.定め(課税年度(年度))
    求める = tuple(名 for 名 in 個人住民税.結果 if 名 in 図.名の表())
    置き場 = Path(pytestconfig.cache.mkdir("law"))
    まとめ = まとめて計算する(図, 町民, 定め, 求める, 置き場, 並行=2)
    for 番 in range(人数):
        件 = 計算する(図, 事例にする(図, 町民, 番), 定め)
        一人 = {名: 不明の値 if 件.値(名) is None else 件.値(名) for 名 in 求める}
        assert {名: int(まとめ[名][番]) for 名 in 求める} == 一人
