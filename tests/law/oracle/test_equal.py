"""規則（tsugaru.law）と検算が、無作為な一人ひとりについて、両方が知るすべての結果で一致すること。

人数は環境変数 ORACLE_PEOPLE で決める（既定2,000人、12の課税年度に割る）。ORACLE_SEED で別の人々になる。
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import pytest

from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

from .oracle import 計算
from .population import 人々

年度たち = range(2015, 2027)
種 = int(os.environ.get("ORACLE_SEED", "20260402"))
一年の人数 = -(-int(os.environ.get("ORACLE_PEOPLE", "2000")) // len(年度たち))


@cache
def 図と定め(年度: int, 級地: int) -> tuple[Any, Any]:
    いつ = 課税年度(年度)
    return 個人住民税.図(いつ), 個人住民税.定め(いつ, None, {"級地の定め": {"級地": 級地}})


def 規則の答え(人: dict[str, Any], 年度: int, 級地: int) -> dict[str, Any]:
    図, 定め = 図と定め(年度, 級地)
    return 計算する(図, 人, 定め).主


@pytest.mark.parametrize("年度", 年度たち)
def test_規則と検算はすべての名で一致する(年度: int) -> None:
    違い: list[tuple[int, str, Any, int]] = []
    for 番, 人 in enumerate(人々(一年の人数, 種 + 年度, 年度)):
        級地 = 番 % 3 + 1
        検算: dict[str, Any] = 計算(人, 年度, {"級地": 級地})
        規則 = 規則の答え(人, 年度, 級地)
        違い += [
            (番, 名, 値, int(規則[名]))
            for 名, 値 in 検算.items()
            if 値 is not None and 名 in 規則 and 値 != int(規則[名])
        ]
    assert not 違い, f"{年度}年度（番, 名, 検算, 規則）: {違い[:20]}"
