"""受け取りの台帳の口。業務と計算の実行は、ここにある名だけを使う。"""

from __future__ import annotations

from tsugaru.platform.inbound.layout import Column, Layout, Role, Type
from tsugaru.platform.inbound.receiving import announce, expect, receive, withdraw
from tsugaru.platform.inbound.resolving import clean_rows, correct, error_csv, exclude, mark_posted
from tsugaru.platform.inbound.shapes import Found, Parsed, Row
from tsugaru.platform.inbound.standing import (
    Standing,
    State,
    absent_parts,
    require_green,
    standing,
    standings,
)

__all__ = [
    "Column",
    "Found",
    "Layout",
    "Parsed",
    "Role",
    "Row",
    "Standing",
    "State",
    "Type",
    "absent_parts",
    "announce",
    "clean_rows",
    "correct",
    "error_csv",
    "exclude",
    "expect",
    "mark_posted",
    "receive",
    "require_green",
    "standing",
    "standings",
    "withdraw",
]
