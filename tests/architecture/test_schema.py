"""表の名前・索引・情報区分・外部キーの検査。データベースには繋がない。"""

import ast
from types import SimpleNamespace

import pytest
from django.db import models
from django.test.utils import isolate_apps

from . import apps, repository
from .checks import schema

LONG = "あ" * 22
SHORT = "あ" * 21
# 業務から外部キーを引いてよい業務。人の番号と住民だけが共通の土台である。
COMMON = {"atena", "juki"}


def test_names_over_63_bytes_are_found() -> None:
    assert schema.long_name_faults(f'CREATE TABLE "{SHORT}" ("{LONG}" text)') == [
        f"{LONG} は 66 バイトです（63 まで）"
    ]


def test_long_names_in_raw_sql_are_found() -> None:
    source = f"migrations.RunSQL('create index {LONG} on t (a)')"
    (sql,) = schema.embedded_sql(ast.parse(source))
    assert schema.raw_sql_faults(sql) == [f"{LONG} は 66 バイトです（63 まで）"]
    assert schema.raw_sql_faults(f"select '{LONG}' -- {LONG}\n/* {LONG} */ from {SHORT}") == []


@pytest.mark.parametrize(
    "source",
    [
        "class M:\n    氏名 = models.TextField(db_index=True)",
        "class M:\n    番号 = models.TextField(unique=True)",
        "class M:\n    class Meta:\n        unique_together = [('a', 'b')]",
        "class M:\n    class Meta:\n        indexes = [models.Index(fields=['a'])]",
        "x = GinIndex(fields=['a'])",
    ],
)
def test_unnamed_indexes_are_found(source: str) -> None:
    assert schema.option_faults(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "class M:\n    世帯 = models.ForeignKey(世帯, db_index=False)",
        "x = models.Index(fields=['a'], name='juki_resident_a')",
        "class F:\n    氏名 = forms.CharField(unique=True)",
    ],
)
def test_named_indexes_pass(source: str) -> None:
    assert schema.option_faults(ast.parse(source)) == []


def test_japanese_index_names_are_found() -> None:
    assert schema.hand_named_faults(["juki_a", "住民_索引"]) == [
        "索引・制約の名前 住民_索引 は ASCII で付けます"
    ]


@pytest.mark.parametrize(
    ("columns", "declared"),
    [({"氏名"}, {}), (set(), {"氏名": "個人"}), ({"氏名"}, {"氏名": "秘密"})],
)
def test_missing_sensitivity_is_found(columns: set[str], declared: dict[str, str]) -> None:
    assert schema.sensitivity_faults(columns, declared)


def test_full_sensitivity_passes() -> None:
    assert schema.sensitivity_faults({"氏名", "住所"}, {"氏名": "個人", "住所": "住所"}) == []


def test_sensitivity_is_merged_over_bases() -> None:
    base = type("Base", (), {"sensitivity": {"処理日": "一般", "端末": "一般"}})
    child = type("Child", (base,), {"sensitivity": {"端末": "個人"}})
    assert apps.declared_sensitivity(child) == {"処理日": "一般", "端末": "個人"}


def test_foreign_keys_between_offices_are_found() -> None:
    assert schema.foreign_key_fault("jidoteate", "kojin", COMMON)
    assert schema.foreign_key_fault("jidoteate", "atena", COMMON) is None
    assert schema.foreign_key_fault("kojin", "kojin", COMMON) is None


def _fault_of(own: str, target: str, offices: set[str]) -> str | None:
    """基盤から業務の表へは、宛名・住民であっても引けない。"""
    return schema.foreign_key_fault(own, target, COMMON if own in offices else set())


def test_platform_points_to_no_office() -> None:
    assert _fault_of("audit", "atena", {"atena", "juki"})
    assert _fault_of("juki", "atena", {"atena", "juki"}) is None


def test_only_our_managed_models_are_judged() -> None:
    meta = SimpleNamespace(managed=True, proxy=False)
    assert apps.is_ours(SimpleNamespace(__module__="tsugaru.platform.audit.models", _meta=meta))
    assert not apps.is_ours(SimpleNamespace(__module__="django.contrib.auth.models", _meta=meta))


def test_tables_are_written_without_a_connection() -> None:
    """長い名前のモデルを作って、書かれた SQL から見つかることを確かめる。"""
    apps.our_models()
    with isolate_apps("tsugaru"):
        fields = {
            "__module__": __name__,
            "Meta": type("Meta", (), {"app_label": "sample"}),
            SHORT: models.IntegerField(default=0),
            LONG: models.DateField(null=True),
        }
        sql = apps.created_sql(type("見本", (models.Model,), fields))
    assert f'"{SHORT}" integer' in sql
    assert schema.long_name_faults(sql) == [f"{LONG} は 66 バイトです（63 まで）"]


@pytest.mark.parametrize("path", repository.python_paths("src/"))
def test_options_of_file(path: str) -> None:
    faults = schema.option_faults(repository.tree(path))
    assert not faults, "\n".join(f"{path}:{fault}" for fault in faults)


def test_names_in_raw_sql_fit() -> None:
    faults = []
    for path in repository.tracked_paths():
        if path.startswith("src/") and path.endswith(".sql"):
            faults += [f"{path}: {fault}" for fault in schema.raw_sql_faults(repository.text(path))]
        elif "/migrations/" in path and path.endswith(".py"):
            for sql in schema.embedded_sql(repository.tree(path)):
                faults += [f"{path}: {fault}" for fault in schema.raw_sql_faults(sql)]
    assert not faults, "\n".join(faults)


def test_names_of_every_table_fit() -> None:
    faults = [
        f"{model._meta.label}: {fault}"
        for model in apps.our_models()
        for fault in schema.long_name_faults(apps.created_sql(model))
    ]
    assert not faults, "\n".join(faults)


def test_every_index_is_named_by_hand() -> None:
    faults = [
        f"{model._meta.label}: {fault}"
        for model in apps.our_models()
        for fault in schema.hand_named_faults(
            [x.name for x in [*model._meta.indexes, *model._meta.constraints]]
        )
    ]
    assert not faults, "\n".join(faults)


def test_every_table_declares_what_the_application_may_do() -> None:
    """宣言がなければ消せる表になってしまうので、黙って既定に落とさない。"""
    faults = [
        f"{model._meta.label} に access の宣言がありません（platform.tenancy.access.Access）"
        for model in apps.our_models()
        if not model._meta.auto_created and not apps.declares_access(model)
    ]
    assert not faults, "\n".join(faults)


def test_missing_access_is_found() -> None:
    apps.our_models()
    from tsugaru.platform.tenancy.access import Access  # 設定を読んでからでないと import できない

    assert not apps.declares_access(type("M", (), {}))
    assert not apps.declares_access(type("M", (), {"access": "SELECT"}))
    assert apps.declares_access(type("M", (), {"access": Access.APPEND_ONLY}))


def test_every_column_declares_its_sensitivity() -> None:
    faults = [
        f"{model._meta.label}: {fault}"
        for model in apps.our_models()
        if not model._meta.auto_created
        for fault in schema.sensitivity_faults(apps.columns(model), apps.declared_sensitivity(model))
    ]
    assert not faults, "\n".join(faults)


def test_foreign_keys_point_to_common_tables_only() -> None:
    offices = {m._meta.app_label for m in apps.our_models() if m.__module__.startswith("tsugaru.gyomu.")}
    faults = [
        f"{model._meta.label}.{name}: {fault}"
        for model in apps.our_models()
        for name, target in apps.references(model)
        if target in offices and (fault := _fault_of(model._meta.app_label, target, offices))
    ]
    assert not faults, "\n".join(faults)
