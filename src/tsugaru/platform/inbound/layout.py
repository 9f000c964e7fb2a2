"""一つの様式: 列の並び・型・長さ・必須・検査。制度の様式はここには無く、業務が書く。"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tsugaru.platform.inbound.shapes import Found, Parsed

    Examination: TypeAlias = Callable[[bytes, Parsed], tuple[Sequence[Found], Sequence[Found]]]


class Type(enum.Enum):
    """列の型。"""

    TEXT = "文字"
    INTEGER = "整数"
    DIGITS = "数字の並び"
    DATE = "日付（YYYYMMDD）"


class Role(enum.Enum):
    """受け取りの台帳が意味を知っている列。本体・頭書き・末尾のどこにあってもよい。"""

    MUNICIPALITY = "団体の番号"
    PERIOD = "期間"
    PART = "何番目"
    PARTS = "いくつのうち"
    ROWS = "件数"
    TOTAL = "額"


@dataclass(frozen=True, slots=True)
class Column:
    """一つの列。width は文字数の上限、check は値を受けて誤りの文（なければ None）を返す。"""

    name: str
    type: Type = Type.TEXT
    width: int = 100
    required: bool = False
    role: Role | None = None
    check: Callable[[str], str | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSV の様式。titles は一行目が見出しか。opening と closing は、頭書きと末尾の記録の列（なければ空）。

    examine は、項目どうし・行どうしの検査（ファイルのバイト列と読んだ結果 → 全体を断る誤りと、行の誤り）。
    """

    code: str
    columns: tuple[Column, ...]
    encoding: str = "cp932"
    titles: bool = False
    opening: tuple[Column, ...] = ()
    closing: tuple[Column, ...] = ()
    examine: Examination | None = None

    def column_of(self, role: Role) -> Column | None:
        """本体の、その意味の列。"""
        return next((column for column in self.columns if column.role is role), None)
