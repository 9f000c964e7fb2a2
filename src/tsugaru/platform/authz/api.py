"""権限を確かめる。"""

from __future__ import annotations

import csv
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz.models import Right

HEADER = ["所属", "業務", "操作", "項目区分"]


def allows(section: str, gyomu: str, operation: str, field_class: str = "基本") -> bool:
    """許されているか。毎回データベースを見る（変えればすぐ効く）。"""
    return Right.objects.filter(
        section=section, gyomu=gyomu, operation=operation, field_class=field_class
    ).exists()


def rights_of(section: str) -> frozenset[tuple[str, str, str]]:
    """所属の権限の全て（業務, 操作, 項目区分）。目次や頁の組立てに一度だけ引く。"""
    rows = Right.objects.filter(section=section).values_list("gyomu", "operation", "field_class")
    return frozenset(rows)


def require(section: str, gyomu: str, operation: str, field_class: str = "基本") -> None:
    """許されていなければ 403。"""
    if not allows(section, gyomu, operation, field_class):
        raise PermissionDenied(
            f"所属「{section}」には、この業務（{gyomu}）の「{operation}・{field_class}」の権限がありません。"
            "必要なときは所属長を通じて権限の変更を申請してください。"
        )


def load(path: Path) -> int:
    """権限表（CSV）を読み、団体の権限をそのとおりにする。返り値は行数。"""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != HEADER:
            raise ValueError(
                f"AZ-0002 権限表の見出しは {'・'.join(HEADER)} でなければなりません（{path.name}）。"
            )
        rows = {(r["所属"], r["業務"], r["操作"], r["項目区分"]) for r in reader}
    with transaction.atomic():
        Right.objects.all().delete()
        Right.objects.bulk_create(
            Right(section=s, gyomu=g, operation=o, field_class=f) for s, g, o, f in sorted(rows)
        )
        audit.record(act="権限表の変更", detail={"rows": len(rows)})
    return len(rows)
