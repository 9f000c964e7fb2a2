"""Django のモデルを、データベースに繋がずに調べる道具。"""

import os
from functools import cache
from typing import Any

import django
from django.apps import apps
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.models import ForeignKey, Model

SETTINGS = "tsugaru.site.settings"


class WrittenOnly(DatabaseSchemaEditor):
    """SQL を書き留めるだけの schema editor。値の埋め込みに接続が要る所を通らない。"""

    def execute(self, sql: Any, params: Any = ()) -> None:
        self.collected_sql.append(str(sql))


@cache
def our_models() -> tuple[type[Model], ...]:
    """この項目の下にあるアプリの、表を持つモデル。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    return tuple(model for model in apps.get_models(include_auto_created=True) if is_ours(model))


def is_ours(model: Any) -> bool:
    """外から入れたアプリでなく、表を自分で持つか。"""
    return model.__module__.startswith("tsugaru.") and model._meta.managed and not model._meta.proxy


def created_sql(model: type[Model]) -> str:
    """CREATE TABLE と索引・制約の SQL。PostgreSQL 18 に宛てて書く。"""
    connection = DatabaseWrapper({"NAME": "names", "OPTIONS": {}, "TIME_ZONE": None}, alias="names")
    connection.__dict__["pg_version"] = 180000
    editor = WrittenOnly(connection, collect_sql=True, atomic=False)
    with editor:
        editor.create_model(model)
    return "\n".join(editor.collected_sql)


def columns(model: type[Model]) -> set[str]:
    """列を持つ項目の名前。Django が自動で足す連番の主キーを除く。"""
    return {field.name for field in model._meta.local_concrete_fields if not field.auto_created}


def references(model: type[Model]) -> list[tuple[str, str]]:
    """外部キーの（項目の名前, 指す先のアプリ）。"""
    keys = [field for field in model._meta.local_concrete_fields if isinstance(field, ForeignKey)]
    return [(key.name, key.remote_field.model._meta.app_label) for key in keys]


def declared_sensitivity(model: type[Model]) -> dict[str, str]:
    """情報区分の宣言。抽象モデルの分を、上書きできる形で合わせる。"""
    merged: dict[str, str] = {}
    for base in reversed(model.__mro__):
        merged |= vars(base).get("sensitivity", {})
    return merged


def declares_access(model: type) -> bool:
    """業務の役割に許す操作を、platform.tenancy の列挙で宣言しているか。"""
    from tsugaru.platform.tenancy.access import Access  # 設定を読んでからでないと import できない

    return isinstance(getattr(model, "access", None), Access)
