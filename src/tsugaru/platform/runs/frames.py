"""表の要約と詰め方。要約は列の値そのものにかかり、詰め方（Parquet の版や圧縮）には依らない。"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

SUBJECT = "subject"
WHOLE = (pl.Int64, pl.Int32, pl.Int16, pl.Int8, pl.Boolean, pl.Date)


def digest(frame: pl.DataFrame) -> str:
    """列の名・型・値・無の位置の SHA-256。列と行の並びには依らない。無（判定できない）と 0 は違う値である。"""
    ordered = frame.select(sorted(frame.columns))
    ordered = ordered.sort(ordered.columns) if ordered.width else ordered
    hasher = hashlib.sha256(f"{ordered.height}\n".encode())
    for name in ordered.columns:
        hasher.update(f"{name}\x00{ordered[name].dtype}\x00".encode())
        hasher.update(ordered[name].is_null().to_numpy().tobytes())
        for part in _bytes(ordered[name]):
            hasher.update(part)
    return hasher.hexdigest()


def _bytes(column: pl.Series) -> tuple[bytes, ...]:
    if column.dtype == pl.String:
        text = column.fill_null("")
        lengths = text.str.len_bytes().cast(pl.Int64).to_numpy()
        return lengths.astype("<i8").tobytes(), "".join(text.to_list()).encode()
    if column.dtype not in WHOLE:
        raise TypeError(f"列 {column.name} の型 {column.dtype} は残せません（整数・真偽・日付・文字だけ）。")
    whole = column.to_physical().cast(pl.Int64).fill_null(0).to_numpy()
    return (whole.astype("<i8").tobytes(),)


def pack(frame: pl.DataFrame) -> bytes:
    """Parquet（zstd）。"""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def unpack(content: bytes) -> pl.DataFrame:
    """pack の逆。"""
    return pl.read_parquet(io.BytesIO(content))


def canonical(values: Mapping[str, Any]) -> bytes:
    """定めの、並びを決めた JSON。小数は書けない（率は分子と分母で持つ）。"""
    _no_floats(values)
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _no_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"定めに小数 {value} は書けません。")
    inside = (
        value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    )
    for one in inside:
        _no_floats(one)
