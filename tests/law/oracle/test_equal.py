"""規則（tsugaru.law）と検算が、無作為な一人ひとりについて、両方が知るすべての結果で一致すること。

一人ずつの計算と、全員分に訳した計算の両方を、検算と比べる（多くの人数なら -k 訳した が速い）。

人数は環境変数 ORACLE_PEOPLE で決める（既定2,000人、12の課税年度に割る）。ORACLE_SEED で別の人々になる。
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tsugaru.law.engine.compiled import まとめて計算する, 名簿
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.facts import 事実
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.facts import 個人の事実, 親族の事実
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


@pytest.mark.parametrize("年度", 年度たち)
def test_訳した規則と検算はすべての名で一致する(年度: int, pytestconfig: pytest.Config) -> None:
    置き場 = Path(pytestconfig.cache.mkdir("law"))
    人たち = 人々(一年の人数, 種 + 年度 + 1_000_000, 年度)
    for 級地, 一団 in enumerate(一団ずつ(人たち, 5_000)):
        図, 定め = 図と定め(年度, 級地 % 3 + 1)
        検算 = [計算(人, 年度, {"級地": 級地 % 3 + 1}) for 人 in 一団]
        求める = tuple(sorted({名 for 答 in 検算 for 名 in 答} & set(図.名の表())))
        規則 = まとめて計算する(図, 名簿にする(一団), 定め, 求める, 置き場)
        違い = [
            (一団[番], 名, 値, int(規則[名][番]))
            for 番, 答 in enumerate(検算)
            for 名, 値 in 答.items()
            if 値 is not None and 名 in 規則 and 値 != 規則[名][番]
        ]
        assert not 違い, f"{年度}年度（人, 名, 検算, 規則）: {違い[:3]}"


def 一団ずつ(人たち: Iterator[dict[str, Any]], 数: int) -> Iterator[list[dict[str, Any]]]:
    while 一団 := list(islice(人たち, 数)):
        yield 一団


def 名簿にする(一団: list[dict[str, Any]]) -> 名簿:
    """書かれていない事実は既定の値、既定のない事実（退職していない人の勤続年数）は 0。"""
    親族 = [(番, 一人) for 番, 人 in enumerate(一団) for 一人 in 人["親族"]]
    主の番 = np.array([番 for 番, _ in 親族], np.int64)
    return 名簿(
        len(一団), 列にする(個人の事実, 一団), 列にする(親族の事実, [一人 for _, 一人 in 親族]), 主の番
    )


def 列にする(宣言たち: Mapping[str, 事実], 人たち: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        名: np.array([人.get(名, 宣言.既定 or 0) for 人 in 人たち], np.int64) for 名, 宣言 in 宣言たち.items()
    }
