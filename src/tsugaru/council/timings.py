"""応答時間を集めて、協議会のデータベースへまとめて送る。画面を待たせない。"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from datetime import datetime

from django.db import DatabaseError, connections

from tsugaru.council.models import RequestTiming
from tsugaru.platform.tenancy.connections import COUNCIL

FLUSH_SECONDS = 5.0
LIMIT = 10_000

_waiting: queue.SimpleQueue[RequestTiming] = queue.SimpleQueue()
_started = threading.Lock()
_stop = threading.Event()
logger = logging.getLogger(__name__)


def collect(
    *, municipality: str, screen: str, method: str, status: int, milliseconds: int, at: datetime
) -> None:
    """一件を預かる。溜まり過ぎたら捨てる（時間の記録のために仕事を止めない）。"""
    if _waiting.qsize() < LIMIT:
        gyomu = screen.partition(":")[0] if ":" in screen else "shell"
        _waiting.put(
            RequestTiming(
                municipality=municipality, at=at, gyomu=gyomu[:12], screen=screen[:60],
                method=method[:8], status=status, milliseconds=milliseconds,
            )
        )  # fmt: skip
    if _started.acquire(blocking=False):
        threading.Thread(target=_send_forever, name="timings", daemon=True).start()
        atexit.register(_stop.set)


def flush() -> int:
    """預かっている分を送る。返り値は送った件数。"""
    rows = []
    while not _waiting.empty():
        rows.append(_waiting.get())
    if rows:
        RequestTiming.objects.bulk_create(rows)
    return len(rows)


def _send_forever() -> None:
    while not _stop.wait(FLUSH_SECONDS):
        try:
            flush()
        except DatabaseError:
            logger.warning("応答時間を協議会へ送れませんでした（仕事には影響しません）。")
            connections[COUNCIL].close()
