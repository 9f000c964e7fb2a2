"""始期と終期をもつ行（送付先・関係人）の、ある日に効いているもの。"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import TypeVar

from tsugaru.gyomu.atena.models import 送付先, 関係人

行 = TypeVar("行", 送付先, 関係人)


def 効いている(rows: Iterable[行], 日: date, 組: Callable[[行], Hashable]) -> list[行]:
    """組（業務など）ごとに「始期がその日以前の、履歴番号が最大の行」。取止めと終期を過ぎたものは除く。"""
    latest: dict[Hashable, 行] = {}
    for row in sorted(rows, key=lambda r: r.履歴番号):
        if row.始期 <= 日:
            latest[組(row)] = row
    return [r for r in latest.values() if not r.取止め and (r.終期 is None or 日 <= r.終期)]
