"""図。サーバーで SVG の座標まで決める（style も script も使わない。色と線は whatif.css の類で付く）。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from tsugaru.gyomu.kojin.domain.whatif import もしも, 枡

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 62, 8, 10, 24
STEPS = (10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000)
MAN = 10_000


@dataclass(frozen=True, slots=True)
class Tick:
    """目盛り。at は軸に沿った位置。"""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Lines:
    """収入と税額の折れ線（前と後）。before・after は SVG の points。"""

    title: str
    before: str
    after: str
    across: Sequence[Tick]
    up: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Bar:
    """一本の棒。中央から、増えれば右、減れば左へ伸びる。"""

    label: str
    x: int
    width: int
    more: bool


def lines(seen: もしも) -> list[Lines]:
    """モデルごとの図。"""
    names = seen.モデルの前["名"].unique(maintain_order=True).to_list()
    return [
        _lines(name, *(one.filter(pl.col("名") == name) for one in (seen.モデルの前, seen.モデルの後)))
        for name in names
    ]


def _lines(title: str, before: pl.DataFrame, after: pl.DataFrame) -> Lines:
    most = int(before["収入"].max() or 0)  # type: ignore[arg-type]
    top = max(_largest(before), _largest(after), MAN)
    step = next((s for s in STEPS if top <= s * 5), STEPS[-1])
    high = -(-top // step) * step
    return Lines(
        title,
        _points(before, most, high),
        _points(after, most, high),
        [
            Tick(_x(at, most), f"{at // MAN:,}{'万円' if at == most else ''}")
            for at in range(0, most + 1, most // 5)
        ],
        [Tick(_y(at, high), f"{at:,}") for at in range(0, high + 1, step)],
    )


def _largest(frame: pl.DataFrame) -> int:
    return int(frame["年税額"].max() or 0)  # type: ignore[arg-type]


def _points(frame: pl.DataFrame, most: int, high: int) -> str:
    rows = frame.select("収入", "年税額").iter_rows()
    return " ".join(f"{_x(pay, most)},{_y(tax or 0, high)}" for pay, tax in rows)


def _x(value: int, most: int) -> int:
    return LEFT + (WIDTH - LEFT - RIGHT) * value // most


def _y(value: int, high: int) -> int:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value // high


def bars(cells: Sequence[枡], half: int = 100) -> dict[str, Bar]:
    """階級の名 → 増減の棒。最も大きいものが half の長さ。伏せた枡には棒がない。"""
    most = max((abs(one.増減) for one in cells if one.増減), default=0)
    if not most:
        return {}
    return {one.名: _bar(one.名, one.増減, most, half) for one in cells if one.増減}


def _bar(name: str, value: int, most: int, half: int) -> Bar:
    width = max(1, abs(value) * half // most)
    return Bar(name, half if value > 0 else half - width, width, value > 0)
