"""中身をしまい、出すときに要約を確かめる。"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs import frames
from tsugaru.platform.runs.models import Blob


def keep_frame(frame: pl.DataFrame, *, clock: Clock) -> Blob:
    """表をしまう。同じ中身がもうあれば、それを使う。"""
    return _keep(frames.digest(frame), frames.pack(frame), frame.height, clock)


def keep_values(values: Mapping[str, Any], *, clock: Clock) -> Blob:
    """定めをしまう。"""
    content = frames.canonical(values)
    return _keep(hashlib.sha256(content).hexdigest(), content, len(values), clock)


def _keep(sha256: str, content: bytes, rows: int, clock: Clock) -> Blob:
    blob = Blob(sha256=sha256, content=content, rows=rows, size=len(content), made_at=clock.now())
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    return blob


def frame_of(sha256: str) -> pl.DataFrame:
    """しまった表。要約が合わなければ RN-0010。"""
    frame = frames.unpack(_content(sha256))
    _confirm(sha256, frames.digest(frame))
    return frame


def values_of(sha256: str) -> dict[str, Any]:
    """しまった定め。要約が合わなければ RN-0010。"""
    content = _content(sha256)
    _confirm(sha256, hashlib.sha256(content).hexdigest())
    values: dict[str, Any] = json.loads(content)
    return values


def _content(sha256: str) -> bytes:
    return bytes(Blob.objects.values_list("content", flat=True).get(sha256=sha256))


def _confirm(sha256: str, found: str) -> None:
    if found != sha256:
        raise 業務エラー(
            "RN-0010",
            f"実行の中身（{sha256[:12]}）が、しまったときと違います。",
            "この実行は使わず、情報システムの担当へ伝えてください。",
        )
