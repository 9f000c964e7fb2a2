"""表ごとの、業務の役割（app）に許すこと。モデルの `access` で宣言し、権限と引き金の両方に写す。"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from tsugaru.platform.tenancy.connections import COUNCIL
from tsugaru.platform.tenancy.router import COUNCIL_APPS


class Access(enum.Enum):
    """app の役割に許す操作。"""

    APPEND_ONLY = "SELECT, INSERT"
    """足すだけ。直すのも消すのも、足すことで行う（歴・金・記録）。UPDATE/DELETE は引き金でも止める。"""

    EDITABLE = "SELECT, INSERT, UPDATE"
    """状態をもつ表。行は消えない。"""

    TRANSIENT = "SELECT, INSERT, UPDATE, DELETE"
    """なくなってよい表（セッション・錠・下書き）。"""

    READ_ONLY = "SELECT"
    """引き金や移行が作る表。app は読むだけ。"""


def access_of(model: type[Model]) -> Access:
    """モデルの宣言。我々のモデルは必ず宣言する（tests/architecture）。Django 自身の表は TRANSIENT。"""
    declared: Any = getattr(model, "access", None)
    return declared if isinstance(declared, Access) else Access.TRANSIENT


def gate_tables(alias: str) -> list[str]:
    """開示の門（vault の役割）も行を足す表。"""
    found = (m for m in apps.get_models() if getattr(m, "gate_writes", False))
    return [m._meta.db_table for m in found if (m._meta.app_label in COUNCIL_APPS) == (alias == COUNCIL)]


def tables(alias: str) -> Iterator[tuple[str, Access]]:
    """そのデータベースに住む（表の名, 許すこと）。"""
    for model in apps.get_models(include_auto_created=True):
        in_council = model._meta.app_label in COUNCIL_APPS
        if model._meta.managed and in_council == (alias == COUNCIL):
            yield model._meta.db_table, access_of(model)


def classify(**columns: str) -> dict[str, str]:
    """列の情報区分。`classify(個人="氏名 生年月日", 一般="版")` のように、区分ごとに列の名を空白で並べる。"""
    return {name: kind for kind, names in columns.items() for name in names.split()}
