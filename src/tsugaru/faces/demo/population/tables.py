"""``data/`` の表を読む。

``surnames`` は津軽に多い氏を多い順に並べ、順位から重みを付けた（異体字・IVS は Moji_Joho の列）。``given_names`` は
年代ごとのありふれた名。``pyramid`` は国勢調査に見る北国の市部・郡部の形に似せた年齢階級で、実測値ではない。
``nationalities`` と ``foreign_names`` は国ごとにありふれた名である。実在の人の名簿から取ったものは無い。
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str, text: tuple[str, ...] = ()) -> pl.DataFrame:
    """``data/<name>.csv``。``text`` に挙げた列は数字に見えても文字列のまま読む。"""
    return pl.read_csv(FOLDER / f"{name}.csv", schema_overrides=dict.fromkeys(text, pl.String))
