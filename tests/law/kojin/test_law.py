"""個人住民税の規則の組の検査。"""

import re
from datetime import date
from pathlib import Path

import pytest

from tsugaru.law import kojin
from tsugaru.law.engine.check import 検査する
from tsugaru.law.engine.describe import 違い
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

部屋 = Path(str(kojin.__file__)).parent


def test_どの境目でも一つの計算になり使われない事実も定めもない() -> None:
    assert 検査する(個人住民税, date(2026, 11, 23)).誤り == ()


def test_境目は平成26年度から令和8年度まで() -> None:
    assert [一つ.値 for 一つ in 個人住民税.境目()] == [
        2014,
        2015,
        2016,
        2017,
        2018,
        2019,
        2021,
        2022,
        2024,
        2025,
        2026,
    ]


@pytest.mark.parametrize("規則", 個人住民税.規則たち(), ids=lambda 規則: 規則.本体.__name__)
def test_どの規則にも条文と説明がある(規則: object) -> None:
    assert "法" in 規則.札.根拠  # type: ignore[attr-defined]
    assert len(規則.説明) > 3  # type: ignore[attr-defined]


def test_規則に小数も割り算も文字も年度の比較もない() -> None:
    for 場所 in 部屋.rglob("*.py"):
        本文 = re.sub(r'""".*?"""|"[^"\n]*"|#.*', "", 場所.read_text(encoding="utf-8"), flags=re.S)
        assert not re.search(r"\bfloat\b|[^/]/[^/]|\d\.\d|年度\s*[<>]", 本文), 場所.name


def test_令和8年度の改正の範囲() -> None:
    変わった = 違い(個人住民税, 課税年度(2025), 課税年度(2026))
    assert {
        "給与所得の定め",
        "家内労働者等の特例の定め",
        "扶養の定め",
        "勤労学生控除の定め",
        "配偶者特別控除の定め",
        "特定親族特別控除の定め",
        "所得税の基礎控除の定め",
        "住宅控除の定め",
    } == set(変わった["変わった定め"])
