"""規則（tsugaru.law）と検算が、無作為な一人ひとりについて、両方が知るすべての結果で一致すること。

人数は環境変数 ORACLE_PEOPLE で決める（既定2,000人、12の課税年度に割る）。
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest

from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

from .disagreements import 食い違い, 食い違いたち
from .oracle import 計算
from .population import 人々

年度たち = range(2015, 2027)
一年の人数 = -(-int(os.environ.get("ORACLE_PEOPLE", "2000")) // len(年度たち))


@cache
def 図と定め(年度: int, 級地: int) -> tuple[Any, Any]:
    いつ = 課税年度(年度)
    return 個人住民税.図(いつ), 個人住民税.定め(いつ, None, {"級地の定め": {"級地": 級地}})


def 規則の答え(人: dict[str, Any], 年度: int, 級地: int) -> dict[str, Any]:
    図, 定め = 図と定め(年度, 級地)
    return 計算する(図, 人, 定め).主


def 比べる名(人: dict[str, Any], 年度: int, 検算: dict[str, Any], 規則: dict[str, Any]) -> set[str]:
    """両方が値を持ち、読みの食い違いに当たらない名。"""
    名 = {一つ for 一つ, 値 in 検算.items() if 値 is not None and 規則.get(一つ) is not None}
    for 違い in 食い違いたち:
        if 違い.当たる(人, 年度, 検算):
            名 = 名 - 違い.名 if 違い.名 else set()
    return 名


@pytest.mark.parametrize("年度", 年度たち)
def test_規則と検算はすべての名で一致する(年度: int) -> None:
    違い, 比べた人 = [], 0
    for 番, 人 in enumerate(人々(一年の人数, 20_260_402 + 年度, 年度)):
        級地 = 番 % 3 + 1
        検算: dict[str, Any] = 計算(人, 年度, {"級地": 級地})
        規則 = 規則の答え(人, 年度, 級地)
        名たち = 比べる名(人, 年度, 検算, 規則)
        比べた人 += bool(名たち)
        違い += [(番, 名, 検算[名], int(規則[名])) for 名 in sorted(名たち) if 検算[名] != int(規則[名])]
    assert not 違い, f"{年度}年度（番, 名, 検算, 規則）: {違い[:20]}"
    assert 比べた人 * 2 > 一年の人数  # 食い違いを除いても半分を超える人を比べる


@pytest.mark.parametrize("違い", 食い違いたち, ids=lambda 違い: 違い.題)
def test_食い違いの例の額は検算の読みから出る(違い: 食い違い) -> None:
    年度, 人, 名, 額 = 違い.例
    検算 = 計算(人, 年度, {})
    assert 検算[名] == 額
    assert 違い.当たる(人, 年度, 検算)


@pytest.mark.parametrize("違い", 食い違いたち, ids=lambda 違い: 違い.題)
def test_食い違いはまだある(違い: 食い違い) -> None:
    """規則が検算と同じ額を出すようになったら、disagreements.py からその一つを消す。"""
    年度, 人, 名, 額 = 違い.例
    assert int(規則の答え(人, 年度, 3)[名]) != 額, f"{違い.題}: もう食い違っていない。"
