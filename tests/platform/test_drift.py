"""宣言とのずれ: 人が手で付けた権限や止めた引き金を doctor が見つける。"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tsugaru.faces.cli import boot
from tsugaru.platform.tenancy import drift
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def administrator(towns: tuple[Municipality, Municipality]) -> Iterator[psycopg.Connection]:
    """管理者の接続。終われば全て巻き戻る。"""
    with psycopg.connect(boot.server().dsn(towns[0].database)) as connection:
        yield connection
        connection.rollback()


def test_作りたての団体にずれはない(
    towns: tuple[Municipality, Municipality], administrator: psycopg.Connection
) -> None:
    assert drift.differences(administrator, towns[0]) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("GRANT SELECT ON vault.address TO {app}", "vault.address に余分な SELECT"),
        ("GRANT SELECT ON vault.number TO PUBLIC", "vault.number に余分な SELECT"),
        ("GRANT DELETE ON audit.entry TO {app}", "audit.entry に余分な DELETE"),
        ("GRANT UPDATE ON documents_document TO {app}", "public.documents_document に余分な UPDATE"),
        ("REVOKE INSERT ON documents_document FROM {app}", "public.documents_document に足りない INSERT"),
        (
            "ALTER TABLE documents_document DISABLE TRIGGER append_only",
            "documents_document を守る引き金が止まっています",
        ),
        ("DROP TRIGGER append_only ON documents_document", "documents_document を守る引き金が止まっています"),
        ("ALTER ROLE {app} CREATEROLE", "役割 {app} に管理の力があります"),
        ("ALTER ROLE {vault} LOGIN", "役割 {vault} でログインできます"),
        ("GRANT {vault} TO {app}", "役割 {app} が {vault} になれます"),
        ("GRANT CONNECT ON DATABASE {database} TO PUBLIC", "データベース {database} に誰でもつなげます"),
    ],
)
def test_手で変えたことは見つかる(
    towns: tuple[Municipality, Municipality], administrator: psycopg.Connection, statement: str, found: str
) -> None:
    town = towns[0]
    names = {"app": town.role("app"), "vault": town.role("vault"), "database": town.database}
    administrator.execute(statement.format(**names).encode())
    assert drift.differences(administrator, town) == [found.format(**names)]
