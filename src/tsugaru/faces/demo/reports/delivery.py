"""届く形: 届け物・ファイル・正解の表。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from tsugaru.platform.inbound.layout import Layout


@dataclass(frozen=True, slots=True)
class Forms:
    """三つの様式。列の名は様式のもので、同じ年分であること。"""

    給与: Layout
    年金: Layout
    申告: Layout


@dataclass(frozen=True, slots=True)
class Delivery:
    """一つの届け物。parts と rows は差出人が知らせた数（総括表）で、届いたファイルと合うとは限らない。"""

    name: str
    kind: str
    sender: str
    parts: int
    rows: int
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Delivered:
    """一年分の資料。truth の列は 資料・届け物・ファイル・行・宛名番号・誤り。宛名番号が空の行はこの町の人でない。

    later は、まだ届かない部分と、前の年のファイルの代わりに届くはずのもの（ファイルの名 → 中身）。
    """

    deliveries: tuple[Delivery, ...]
    truth: pl.DataFrame
    later: Mapping[str, bytes]

    def of(self, kind: str) -> tuple[Delivery, ...]:
        """その資料（給与・年金・申告）の届け物。"""
        return tuple(one for one in self.deliveries if one.kind == kind)


def render(frame: pl.DataFrame, layout: Layout) -> dict[str, bytes]:
    """``ファイル`` の列ごとに、様式の列の順で書く。``frame`` に無い列は空。行の順は変えない。"""
    present = set(frame.columns)
    columns = [
        pl.col(c.name).cast(pl.String).fill_null("") if c.name in present else pl.lit("")
        for c in layout.columns
    ]
    lines = frame.select("ファイル", pl.concat_str(columns, separator=",").alias("行の文字"))
    joined = lines.group_by("ファイル", maintain_order=True).agg(pl.col("行の文字").str.join("\r\n"))
    head = ",".join(c.name for c in layout.columns) + "\r\n" if layout.titles else ""
    return {name: f"{head}{text}\r\n".encode(layout.encoding) for name, text in joined.iter_rows()}
