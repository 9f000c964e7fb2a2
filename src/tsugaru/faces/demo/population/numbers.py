"""番号: 検査数字の正しい宛名番号・個人番号・住民票コード・法人番号を列でつくる。

重みの根拠: 宛名番号・世帯番号は標準仕様書1.1.13（M11 W2–7）、個人番号は番号法施行令に基づく総務省令第85号、
法人番号は法人番号の指定等に関する省令。住民票コードは個人番号と同じ重み（公表見本からの推定）。
"""

from __future__ import annotations

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.streams import Generator, Ints

PERSONAL = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
CORPORATE = (1, 2) * 6
ADDRESSEE = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5)
MUNICIPAL = (2, 3, 4, 5, 6)


def weighted_sum(body: Ints, weights: tuple[int, ...]) -> Ints:
    """下の桁から順に重みを掛けた和。"""
    return sum((body // 10**n % 10 * w for n, w in enumerate(weights)), np.zeros_like(body))


def addressee_numbers(count: int, start: int = 1) -> Ints:
    """宛名番号・世帯番号: 連番＋検査数字。剰余1は検査数字が決まらないので、その連番を飛ばす。"""
    body = np.arange(start, start + count * 11 // 10 + 20, dtype=np.int64)
    remainder = weighted_sum(body, ADDRESSEE) % 11
    usable = remainder != 1
    numbers: Ints = (body * 10 + np.where(remainder == 0, 0, 11 - remainder))[usable]
    return numbers[:count]


def next_sequence(numbers: Ints) -> int:
    """付けた番号の次に使える連番。"""
    return int(numbers[-1] // 10) + 1 if len(numbers) else 1


def personal_numbers(rng: Generator, count: int) -> Ints:
    """12桁の作りもの（個人番号の形）または11桁＋検査数字。重複しない。"""
    return _with_personal_digit(_distinct(rng, count, 10**11))


def resident_codes(rng: Generator, count: int) -> Ints:
    """住民票コードの形（10桁＋検査数字）。無作為（標準仕様書4.3.1）で、重複しない。"""
    return _with_personal_digit(_distinct(rng, count, 10**10))


def corporate_numbers(rng: Generator, count: int) -> Ints:
    """法人番号の形（検査数字＋12桁）。登記所番号にあたる上4桁は 00 で始めない実在の範囲を避けて 9999 とする。"""
    body = _distinct(rng, count, 10**8) + 9999 * 10**8
    return (9 - weighted_sum(body, CORPORATE) % 9) * 10**12 + body


def municipal_code(jisx0402: str) -> str:
    """JIS X 0402 の5桁に検査数字を付けて全国地方公共団体コード6桁にする。"""
    remainder = int(weighted_sum(np.array([int(jisx0402)]), MUNICIPAL)[0]) % 11
    return f"{jisx0402}{(11 - remainder) % 10}"


def phones(rng: Generator, count: int) -> pl.Series:
    """使われていない局番の、架空の電話番号。"""
    return "0172-00-" + as_text(rng.integers(0, 10_000, count), 4)


def as_text(numbers: Ints, width: int) -> pl.Series:
    """番号の列を、先頭を0で埋めた文字列にする。"""
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def _with_personal_digit(body: Ints) -> Ints:
    remainder = weighted_sum(body, PERSONAL) % 11
    return body * 10 + np.where(remainder <= 1, 0, 11 - remainder)


def _distinct(rng: Generator, count: int, below: int) -> Ints:
    found = np.unique(rng.integers(0, below, count + count // 50 + 100))
    return rng.permutation(found)[:count].astype(np.int64)
