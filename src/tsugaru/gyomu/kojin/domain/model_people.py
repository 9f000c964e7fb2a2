"""モデルの人: 給与の額を少しずつ増やした同じ家族。税額は全て、賦課と同じ規則で計算する。

社会保険料は、給与は収入の 15%、年金は 5% とみなす（見せるためだけの決め。実際の額ではない）。
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from tsugaru.gyomu.kojin.domain import computing
from tsugaru.gyomu.kojin.domain.columns import 人の列

刻み, 終わり = 10_000, 10_000_000
年金の終わり = 5_000_000
給与, 年金 = "給与等の収入金額", "公的年金等の収入金額"
社保の率 = {給与: 15, 年金: 5}
人, 額 = "subject", "年税額"
静か = lambda done, total: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class モデル:
    """一つの家族。代表 は、表に出す収入（円）。"""

    名: str
    収入: str
    代表: int
    事実: Mapping[str, int]


モデルたち = (
    モデル("単身・給与", 給与, 3_000_000, {"年齢": 30}),
    モデル("夫婦・給与（配偶者を扶養）", 給与, 5_000_000, {"年齢": 45, "配偶者の数": 1}),
    モデル("夫婦と子二人・給与", 給与, 6_000_000,
           {"年齢": 45, "配偶者の数": 1, "年齢16歳未満の扶養親族の数": 1, "一般扶養親族の数": 1}),
    モデル("ひとり親・子一人・給与", 給与, 2_500_000,
           {"年齢": 35, "ひとり親である": 1, "年齢16歳未満の扶養親族の数": 1}),
    モデル("単身・年金", 年金, 1_800_000, {"年齢": 70}),
    モデル("夫婦・年金（配偶者を扶養）", 年金, 2_300_000, {"年齢": 72, "配偶者の数": 1, "七十歳以上の配偶者の数": 1}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class 崖:
    """収入が一刻み増えただけで、税額がそれに見合わず増える所。"""

    名: str
    収入: int
    前: int
    後: int


def 表() -> pl.DataFrame:
    """モデルと収入ごとの一行: subject, 名, 収入, と人の列。"""
    parts = [_一つ(番, one) for 番, one in enumerate(モデルたち)]
    return pl.concat(parts)


def _一つ(番: int, one: モデル) -> pl.DataFrame:
    終 = 終わり if one.収入 == 給与 else 年金の終わり
    収入 = pl.int_range(0, 終 + 刻み, 刻み, eager=True).alias("収入")
    与える = {名: pl.lit(値, pl.Int64) for 名, 値 in one.事実.items()}
    与える |= {one.収入: pl.col("収入"), "社会保険料の金額": pl.col("収入") * 社保の率[one.収入] // 100}
    return pl.DataFrame([収入]).with_columns(
        pl.format("{}-{}", pl.lit(番), "収入").alias(人),
        pl.lit(one.名).alias("名"),
        *(与える.get(名, pl.lit(0, pl.Int64)).alias(名) for 名 in 人の列),
    )


def 計算する(写し: Mapping[str, Any]) -> pl.DataFrame:
    """名, 収入, 年税額。"""
    rows = 表()
    results = computing.全員を計算する({"人": rows}, 写し, 静か)
    return rows.select(人, "名", "収入").join(results.select(人, 額), on=人, maintain_order="left").drop(人)


def 崖たち(前: pl.DataFrame, 後: pl.DataFrame, *, 限り: int = 4_000) -> list[崖]:
    """一刻み（1万円）で税額が 限り 円以上増える所（前か後のどちらか）。"""
    joined = 前.rename({額: "前"}).join(後.rename({額: "後"}), on=["名", "収入"], maintain_order="left")
    step = joined.with_columns(pl.col("前", "後").diff().over("名").fill_null(0).name.suffix("の差"))
    found = step.filter(pl.max_horizontal("前の差", "後の差") >= 限り)
    return [崖(*row) for row in found.select("名", "収入", "前の差", "後の差").iter_rows()]
