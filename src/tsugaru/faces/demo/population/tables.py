"""``data/`` の表を読む。"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str, text: tuple[str, ...] = ()) -> pl.DataFrame:
    """``data/<name>.csv``。``text`` に挙げた列は数字に見えても文字列のまま読む。"""
    return pl.read_csv(FOLDER / f"{name}.csv", schema_overrides=dict.fromkeys(text, pl.String))
