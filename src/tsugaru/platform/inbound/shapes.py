"""読んだ結果の形。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tsugaru.platform.inbound.layout import Role


@dataclass(frozen=True, slots=True)
class Found:
    """見つけた誤り一つ。row 0 はファイル全体。reason には値を書かない（一覧は外へ出る）。"""

    row: int
    column: str
    code: str
    reason: str
    remedy: str
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """読めた一行。number は 1 から数えたファイルの行、values は 列の名 → 元の文字。"""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """読んだ結果。refusals があればファイル全体を断る。declared は頭書きと末尾が言うこと。"""

    rows: Sequence[Row] = ()
    faults: Sequence[Found] = ()
    refusals: Sequence[Found] = ()
    declared: Mapping[Role, str] = field(default_factory=dict)
    count: int = 0
    total: int | None = None
