"""公表された計算例を検算の計算書が一つ残らず再現すること。"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import collection, household, levy
from .oracle import 計算

場所 = Path(__file__).parent
例たち: list[dict[str, Any]] = yaml.safe_load((場所 / "cases.yaml").read_text(encoding="utf-8"))
年金の例たち: list[dict[str, Any]] = yaml.safe_load((場所 / "pension_cases.yaml").read_text(encoding="utf-8"))

答え = dict[str, int]
導く額: dict[str, Callable[[答え, dict[str, Any]], int]] = {
    "市県民税の計": lambda 答, _: 答["市町村民税額"] + 答["道府県民税額"],
    "均等割と森林環境税の計": lambda 答, _: (
        答["市町村民税の均等割額"] + 答["道府県民税の均等割額"] + 答["森林環境税額"]
    ),
    "調整控除の計": lambda 答, _: 答["市町村民税の調整控除額"] + 答["道府県民税の調整控除額"],
    "市町村民税の調整控除後の額": lambda 答, _: 答["市町村民税の算出所得割額"] - 答["市町村民税の調整控除額"],
    "道府県民税の調整控除後の額": lambda 答, _: 答["道府県民税の算出所得割額"] - 答["道府県民税の調整控除額"],
    "道府県民税の調整控除後の百円未満切捨て": lambda 答, _: (
        (答["道府県民税の算出所得割額"] - 答["道府県民税の調整控除額"]) // 100 * 100
    ),
    "市町村民税の配当控除後の額": lambda 答, _: (
        答["市町村民税の算出所得割額"] - 答["市町村民税の調整控除額"] - 答["市町村民税の配当控除額"]
    ),
    "課税所得の切捨て前": lambda 答, _: 答["総所得金額"] - 答["所得控除の合計額"],
    "調整控除の基礎となる額": lambda 答, 例: levy.調整控除の基礎(
        答["人的控除額の差の合計額"], 答["合計課税所得金額"], 答["合計所得金額"], 例["年度"][0]
    ),
    "給与収入の四分の一の千円未満切捨て": lambda _, 例: 例["事実"]["給与等の収入金額"] // 4_000 * 1_000,
    "配偶者の所得": lambda _, 例: household.親族の合計所得(例["事実"]["親族"][0], 例["年度"][0]),
    "均等割の非課税限度額": lambda _, 例: levy.均等割の非課税限度額(1, 例["定め"]["級地"], 例["年度"][0]),
    "人的控除差調整額": lambda 答, 例: levy.人的控除差調整額(
        答["人的控除額の差の合計額"], 答["合計所得金額"], 例["年度"][0]
    ),
    "退職所得の税の計": lambda 答, _: 答["退職所得の市町村民税額"] + 答["退職所得の道府県民税額"],
}
"""公表例が示す額のうち、主な結果から足し引きで導くもの。"""


def 定めを読む(書いた定め: dict[str, Any]) -> dict[str, Any]:
    """率は「2025/100000」の形で書いてある。"""
    return {名: Fraction(値) if 名.endswith("の率") else 値 for 名, 値 in 書いた定め.items()}


@pytest.mark.parametrize("例", 例たち, ids=lambda 例: 例["名"])
def test_公表例の額がすべて一致する(例: dict[str, Any]) -> None:
    for 年度 in 例["年度"]:
        答: Any = 計算(例["事実"], 年度, 定めを読む(例["定め"]))
        得た額 = {名: 答[名] if 名 in 答 else 導く額[名](答, 例) for 名 in 例["期待"]}
        assert 得た額 == 例["期待"], f"{例['名']} {年度}年度"


@pytest.mark.parametrize("例", 年金の例たち, ids=lambda 例: 例["名"])
def test_年金特別徴収の公表例(例: dict[str, Any]) -> None:
    前 = 例["年税額の並び"][0]
    二月: int = 例.get("前年度二月", 0)
    for 年税額, 各回 in zip(例["年税額の並び"][1:], 例["回の並び"], strict=True):
        if 例["制度"] == "平準化後":
            結果 = collection.年金特別徴収(年税額, 前)
        else:
            結果 = collection.平準化前の年金特別徴収(年税額, 二月)
        assert 結果 == 各回
        前, 二月 = 年税額, 結果[5]


def test_比べない額には理由がある() -> None:
    for 例 in 例たち:
        for 名, 理由 in 例.get("比べない", {}).items():
            assert 理由, f"{例['名']} {名}"
            assert 名 not in 例["期待"]
