"""権限を確かめる。"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz.models import Right

Row = tuple[str, str, str, str]
HEADER = ["所属", "業務", "操作", "項目区分"]
Rights = frozenset[tuple[str, str, str]]
_known: ContextVar[tuple[str, Rights] | None] = ContextVar("tsugaru_rights", default=None)


@contextmanager
def known(section: str, rights: Rights) -> Iterator[None]:
    """この with の中（一つの要求）では、所属の権限は初めに読んだとおりである。要求をまたいでは覚えない。"""
    token = _known.set((section, rights))
    try:
        yield
    finally:
        _known.reset(token)


def allows(section: str, gyomu: str, operation: str, field_class: str = "基本") -> bool:
    """許されているか。要求ごとにデータベースを見る（変えれば次の要求から効く）。"""
    read = _known.get()
    if read is not None and read[0] == section:
        return (gyomu, operation, field_class) in read[1]
    return Right.objects.filter(
        section=section, gyomu=gyomu, operation=operation, field_class=field_class
    ).exists()


def rights_of(section: str) -> Rights:
    """所属の権限の全て（業務, 操作, 項目区分）。目次や頁の組立てに使う。"""
    read = _known.get()
    if read is not None and read[0] == section:
        return read[1]
    rows = Right.objects.filter(section=section).values_list("gyomu", "operation", "field_class")
    return frozenset(rows)


def require(section: str, gyomu: str, operation: str, field_class: str = "基本") -> None:
    """許されていなければ 403。"""
    if not allows(section, gyomu, operation, field_class):
        raise PermissionDenied(
            f"所属「{section}」には、この業務（{gyomu}）の「{operation}・{field_class}」の権限がありません。"
            "必要なときは所属長を通じて権限の変更を申請してください。"
        )


def read(path: Path) -> frozenset[Row]:
    """権限表（CSV）の行（所属, 業務, 操作, 項目区分）。読めなければ AZ-0002。"""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != HEADER:
            raise 業務エラー(
                "AZ-0002",
                f"権限表の見出しが {'・'.join(HEADER)} ではありません（{path.name}）。",
                "見出しを直してください。",
            )
        return frozenset((r["所属"], r["業務"], r["操作"], r["項目区分"]) for r in reader)


def all_rights() -> frozenset[Row]:
    """今の権限の全て。"""
    return frozenset(Right.objects.values_list("section", "gyomu", "operation", "field_class"))


def replace(rows: frozenset[Row]) -> None:
    """団体の権限を rows のとおりにする。次の要求から効き、何が増え何が減ったかが監査に残る。"""
    with transaction.atomic():
        before = all_rights()
        Right.objects.all().delete()
        Right.objects.bulk_create(
            Right(section=s, gyomu=g, operation=o, field_class=f) for s, g, o, f in sorted(rows)
        )
        changes = {"増えた": sorted(map(list, rows - before)), "減った": sorted(map(list, before - rows))}
        audit.record(act="権限表の変更", detail={"rows": len(rows), **changes})
    _known.set(None)


def load(path: Path) -> int:
    """権限表（CSV）を読み、団体の権限をそのとおりにする。返り値は行数。"""
    rows = read(path)
    replace(rows)
    return len(rows)
