"""応答時間を集めて、協議会のデータベースへまとめて送る。画面を待たせない。"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from datetime import datetime

from django.db import DatabaseError, connections

from tsugaru.platform.tenancy.connections import COUNCIL

FLUSH_SECONDS = 5.0
LIMIT = 10_000
INSERT = """
INSERT INTO council_requesttiming (municipality, at, gyomu, screen, method, status, milliseconds)
SELECT * FROM unnest(%s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::int[], %s::int[])
"""
Timing = tuple[str, datetime, str, str, str, int, int]

_waiting: queue.SimpleQueue[Timing] = queue.SimpleQueue()
_started = threading.Lock()
_stop = threading.Event()
logger = logging.getLogger(__name__)


def collect(
    *, municipality: str, screen: str, method: str, status: int, milliseconds: int, at: datetime
) -> None:
    """一件を預かる。溜まり過ぎたら捨てる（時間の記録のために仕事を止めない）。"""
    if _waiting.qsize() < LIMIT:
        gyomu = screen.partition(":")[0] if ":" in screen else "shell"
        _waiting.put((municipality, at, gyomu[:12], screen[:60], method[:8], status, milliseconds))
    if _started.acquire(blocking=False):
        threading.Thread(target=_send_forever, name="timings", daemon=True).start()
        atexit.register(_stop.set)


def flush() -> int:
    """預かっている分を一つの文で送る。返り値は送った件数。"""
    rows = []
    while not _waiting.empty():
        rows.append(_waiting.get())
    if rows:
        with connections[COUNCIL].cursor() as cursor:
            cursor.execute(INSERT, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)


def _send_forever() -> None:
    while not _stop.wait(FLUSH_SECONDS):
        try:
            flush()
        except DatabaseError:
            logger.warning("応答時間を協議会へ送れませんでした（仕事には影響しません）。")
            connections[COUNCIL].close()
