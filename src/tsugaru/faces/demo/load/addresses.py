"""場所を置き場（schema vault）に入れ、歴の行に住所番号を付ける。"""

from __future__ import annotations

import json

import polars as pl
import psycopg

from tsugaru.faces.demo.load.copying import copy
from tsugaru.platform.disclosure import api as disclosure

BLANK = dict.fromkeys(
    ("municipality_code", "town_code", "prefecture", "city", "town", "lot", "building", "postcode"), ""
)
# 置き場の種別 → (歴の列, 合成の表の列 → 置き場の列)
STRUCTURED = {
    "municipality_code": "住所_団体コード",
    "town_code": "住所_町字コード",
    "prefecture": "住所_都道府県",
    "city": "住所_市区町村",
    "town": "住所_町字",
    "lot": "住所_番地号",
    "building": "住所_方書",
    "postcode": "住所_郵便番号",
}
KINDS = {
    "住所": ("住所番号", STRUCTURED),
    "転入前": (
        "転入前番号",
        {"municipality_code": "転入前_団体コード", "postcode": "転入前_郵便番号", "town": "転入前_住所"},
    ),
    "本籍": ("本籍番号", {"town": "本籍"}),
    "転出先予定": (
        "転出先予定番号",
        {"municipality_code": "転出先予定_コード", "postcode": "転出先予定_郵便", "town": "転出先予定_住所"},
    ),
    "転出先確定": (
        "転出先確定番号",
        {"municipality_code": "転出先確定_コード", "postcode": "転出先確定_郵便", "town": "転出先確定_住所"},
    ),
}


def load_addresses(connection: psycopg.Connection, rows: pl.DataFrame) -> pl.DataFrame:
    """歴の行（rows）に 住所番号・転入前番号… を加えて返す。同じ人の同じ場所は一つの番号。"""
    next_id = _next_id(connection)
    for kind, (column, parts) in KINDS.items():
        if not set(parts.values()) <= set(rows.columns):
            continue
        rows, next_id = _one_kind(connection, rows, kind, column, parts, next_id)
    connection.execute(
        "SELECT setval(pg_get_serial_sequence('vault.address', 'id'), greatest(max(id), 1)) FROM vault.address"
    )
    return rows


def _next_id(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM vault.address").fetchone()
    assert row is not None
    return int(row[0])


def _one_kind(
    connection: psycopg.Connection,
    rows: pl.DataFrame,
    kind: str,
    column: str,
    parts: dict[str, str],
    next_id: int,
) -> tuple[pl.DataFrame, int]:
    keys = ["宛名番号", *parts.values()]
    places = (
        rows.select(keys)
        .filter(pl.col(parts["town"]).is_not_null())
        .unique(maintain_order=True)
        .with_row_index("id", offset=next_id)
        .with_columns(pl.col("id").cast(pl.Int64))
    )
    stored = places.select(
        "id",
        pl.col("宛名番号").alias("subject"),
        pl.lit(kind).alias("kind"),
        *(pl.col(source).alias(name) for name, source in parts.items()),
        pl.lit(kind == "住所").alias("structured"),
    )
    copy(connection, ("vault", "address"), _with_keys(stored) if kind == "住所" else stored)
    joined = rows.join(
        places.rename({"id": column}), on=keys, how="left", maintain_order="left", nulls_equal=True
    )
    return joined, next_id + places.height


def _with_keys(places: pl.DataFrame) -> pl.DataFrame:
    """探す鍵と並べる鍵を、違う場所ごとに一度だけ作る。"""
    names = list(BLANK)
    different = places.select(names).unique(maintain_order=True)
    keys = [_keys(row) for row in different.iter_rows(named=True)]
    table = different.with_columns(
        pl.Series("search_key", [k for k, _ in keys]), pl.Series("sort_key", [s for _, s in keys])
    )
    return places.join(table, on=names, how="left", maintain_order="left", nulls_equal=True)


def _keys(row: dict[str, str | None]) -> tuple[str, str]:
    address = disclosure.Address(
        city=row["city"] or "", town=row["town"] or "", lot=row["lot"] or "", building=row["building"] or ""
    )
    numbers = disclosure.sort_key(address.lot, address.building)
    return disclosure.search_key(address), json.dumps(numbers).replace("[", "{").replace("]", "}")
