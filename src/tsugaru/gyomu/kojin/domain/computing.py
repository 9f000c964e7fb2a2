"""全員の計算と、一人の説明。同じ規則・同じ定めの写し・同じ事実の表を使う。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from tsugaru.gyomu.kojin.domain import parameters
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.law.engine.compiled import まとめて計算する, 不明の値, 名簿
from tsugaru.law.engine.evaluate import 計算, 計算する
from tsugaru.law.engine.graph import 図
from tsugaru.law.engine.rules import 集計
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税
from tsugaru.platform.runs.api import Facts, Report
from tsugaru.platform.tenancy import home

人 = "subject"
一区切り = 25_000
並行 = 2
少ない = 300
"""これより少ない人数は、訳を待たずに一人ずつ計算する（答えは同じ）。"""


def 全員を計算する(
    facts: Facts,
    写し: Mapping[str, Any],
    report: Report,
    *,
    加える: Sequence[str] = (),
    添える: Sequence[str] = (),
) -> pl.DataFrame:
    """一人一行の結果: subject と `結果の列`（円・人・1か0、無は判定できない）。

    加える は `人の列` のほかに与える事実の列、添える は `結果の列` のほかに要る結果である。
    """
    frame = facts["人"]
    いつ = 課税年度(写し["課税年度"])
    順, 定め = 個人住民税.図(いつ), parameters.戻す(写し)
    要る = (*結果の列, *添える)
    求める = tuple(名 for 名 in 要る if 名 in 順.名の表())
    columns = 計算の列(frame, 順, 加える)
    parts: list[dict[str, np.ndarray[Any, np.dtype[np.int64]]]] = []
    for start in range(0, max(frame.height, 1), 一区切り):
        report(start, frame.height)
        part = {名: 列[start : start + 一区切り] for 名, 列 in columns.items()}
        parts.append(_計算する(順, part, 定め, 求める))
    report(frame.height, frame.height)
    joined = {名: np.concatenate([part[名] for part in parts]) for 名 in 求める}
    results = pl.DataFrame(joined, schema=dict.fromkeys(求める, pl.Int64))
    known = results.with_columns(pl.when(pl.col(名) != 不明の値).then(名).alias(名) for 名 in 求める)
    absent = [pl.lit(0, pl.Int64).alias(名) for 名 in 要る if 名 not in 求める]
    return known.with_columns(frame[人], *absent).select(人, *要る)


def 計算の列(frame: pl.DataFrame, 順: 図, 加える: Sequence[str] = ()) -> dict[str, Any]:
    """規則の知っている列だけを、int64 の列で。無（分からない）は 不明の値。親族は人数で与え、列のない集計は 0 である。"""
    知る = {名 for 名 in (*人の列, *加える) if 名 in 順.事実 or 名 in 順.名の表()}
    found = {名: frame[名].fill_null(不明の値).to_numpy().astype(np.int64, copy=False) for 名 in sorted(知る)}
    無い = [一歩.名 for 一歩 in 順.順 if isinstance(一歩.元, 集計) and 一歩.名 not in found]
    return found | {名: np.zeros(frame.height, np.int64) for 名 in 無い}


def 一人を計算する(事実: Mapping[str, int | None], 写し: Mapping[str, Any]) -> 計算:
    """一人の計算の全部の値（説明に使う）。事実は名から値。書かれていない事実は既定、None は判定できない。"""
    いつ = 課税年度(写し["課税年度"])
    順 = 個人住民税.図(いつ)
    return 計算する(順, 型に合わせる(事実, 順), parameters.戻す(写し))


def 型に合わせる(事実: Mapping[str, int | None], 順: 図) -> dict[str, int | bool | None]:
    """該当の事実を真偽にする。規則の知らない名（その年度に無い事実）は渡さない。"""
    表 = 順.名の表()
    found: dict[str, int | bool | None] = {}
    for 名, 値 in 事実.items():
        元 = 順.事実.get(名) or (表[名].元 if 名 in 表 else None)
        if 元 is not None:
            found[名] = bool(値) if 値 is not None and getattr(元, "型", int) is bool else 値
    return found


def _計算する(
    順: 図, part: dict[str, Any], 定め: parameters.定めたち, 求める: tuple[str, ...]
) -> dict[str, Any]:
    人数 = len(next(iter(part.values())))
    if 人数 < 少ない:
        return _一人ずつ(順, part, 定め, 求める, 人数)
    置き場 = home.home() / "law-cache"
    無人 = np.zeros(0, np.int64)
    return まとめて計算する(順, 名簿(人数, part, {}, 無人), 定め, 求める, 置き場, 並行=並行)


def _一人ずつ(
    順: 図, part: dict[str, Any], 定め: parameters.定めたち, 求める: tuple[str, ...], 人数: int
) -> dict[str, Any]:
    columns = {名: 列.tolist() for 名, 列 in part.items()}
    found = {名: np.empty(人数, np.int64) for 名 in 求める}
    for place in range(人数):
        事実 = {名: None if 列[place] == 不明の値 else 列[place] for 名, 列 in columns.items()}
        件 = 計算する(順, 型に合わせる(事実, 順), 定め)
        for 名, 列 in found.items():
            値 = 件.値(名)
            列[place] = 不明の値 if 値 is None else int(値)
    return found
