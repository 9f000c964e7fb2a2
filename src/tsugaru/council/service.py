"""どの団体がどの業務を使うか。画面・URL・仕事・権限・API は全てこの表に従う。"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from tsugaru.council.models import ServiceUse
from tsugaru.platform.tenancy.connections import COUNCIL

SECONDS_TO_REMEMBER = 5.0
_remembered: dict[str, tuple[float, frozenset[str]]] = {}


def used(municipality: str) -> frozenset[str]:
    """その団体が使う業務の短名。協議会の表を 5 秒だけ覚える。"""
    known = _remembered.get(municipality)
    now = time.monotonic()
    if known is None or now - known[0] > SECONDS_TO_REMEMBER:
        names = ServiceUse.objects.filter(municipality=municipality, used=True).values_list(
            "gyomu", flat=True
        )
        known = (now, frozenset(names))
        _remembered[municipality] = known
    return known[1]


def forget() -> None:
    """覚えを捨てる（表を変えた直後）。"""
    _remembered.clear()


def load_matrix(path: Path, municipality: str) -> int:
    """業務の利用表（CSV: 番号,枝番,業務,区分,package,利用）を、その団体の分だけ読み込む。"""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [_row(municipality, record) for record in csv.DictReader(stream)]
    _replace(municipality, rows)
    return len(rows)


def _row(municipality: str, record: dict[str, str]) -> ServiceUse:
    return ServiceUse(
        municipality=municipality,
        number=int(record["番号"]),
        branch=int(record["枝番"] or 0),
        gyomu=record["package"],
        name=record["業務"],
        group=record["区分"],
        used=record["利用"] == "○",
    )


def _replace(municipality: str, rows: Iterable[ServiceUse]) -> None:
    with transaction.atomic(using=COUNCIL):
        ServiceUse.objects.filter(municipality=municipality).delete()
        ServiceUse.objects.bulk_create(rows)
    forget()
