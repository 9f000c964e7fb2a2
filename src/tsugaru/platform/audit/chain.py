"""鎖を確かめる。Python の標準ライブラリだけで、書き出した記録に対しても同じ計算ができる。"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

GENESIS = hashlib.sha256(b"tsugaru audit v1").digest()
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Link:
    """鎖の一節。"""

    seq: int
    at: datetime
    content: bytes
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """合わない所。"""

    seq: int
    what: str


def link_hash(prev: bytes, seq: int, at: datetime, content: bytes) -> bytes:
    """sha256(前の節 || 番号 8バイト || 1970年からのマイクロ秒 8バイト || 内容)。"""
    microseconds = (at - EPOCH) // timedelta(microseconds=1)
    head = prev + seq.to_bytes(8, "big", signed=True) + microseconds.to_bytes(8, "big", signed=True)
    return hashlib.sha256(head + content).digest()


def verify(links: Iterable[Link]) -> tuple[int, bytes, Fault | None]:
    """(確かめた数, 最後の節, 初めの食い違い)。食い違いがなければ None。"""
    prev, seq = GENESIS, 0
    for link in links:
        if link.seq != seq + 1:
            return seq, prev, Fault(seq + 1, f"番号 {seq + 1} の行がありません（次にあるのは {link.seq}）")
        if link.prev != prev:
            return seq, prev, Fault(link.seq, "前の節と続いていません")
        if link_hash(prev, link.seq, link.at, link.content) != link.hash:
            return seq, prev, Fault(link.seq, "内容が記録されたときと違います")
        prev, seq = link.hash, link.seq
    return seq, prev, None
