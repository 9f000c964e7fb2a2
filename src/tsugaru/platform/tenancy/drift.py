"""データベースの役割と権限が、モデルの宣言からずれていないか。人が手で付けた権限をここで見つける。"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from tsugaru.platform.tenancy.access import Access, tables
from tsugaru.platform.tenancy.connections import ADMINISTRATION
from tsugaru.platform.tenancy.directory import Municipality
from tsugaru.platform.tenancy.grants import GUARDED_SCHEMAS, KINDS

GRANTED = """
SELECT n.nspname, c.relname, coalesce(string_agg(DISTINCT a.privilege_type, ',' ORDER BY a.privilege_type), '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee = %s::regrole OR a.grantee = 0
WHERE n.nspname IN ('public', 'vault', 'audit') AND c.relkind IN ('r', 'p', 'v')
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY 1, 2
"""
ROLES = """
SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = ANY (%s)
"""
MEMBERS = """
SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = %s::regrole
"""
TRIGGERS = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'append_only' AND t.tgenabled IN ('O', 'A')
"""
OPEN_TO_ALL = """
SELECT datname FROM pg_database WHERE datname = current_database() AND has_database_privilege('public', oid, 'CONNECT')
"""


def differences(connection: psycopg.Connection, municipality: Municipality) -> list[str]:
    """ずれの一覧（なければ空）。"""
    return [*_roles(connection, municipality), *_tables(connection, municipality), *_doors(connection)]


def _roles(connection: psycopg.Connection, municipality: Municipality) -> Iterator[str]:
    names = {municipality.role(kind) for kind in KINDS}
    app = municipality.role("app")
    rows = {r[0]: (r[1], r[2]) for r in connection.execute(ROLES, [sorted(names)]).fetchall()}
    yield from (f"役割 {name} がありません" for name in sorted(names - set(rows)))
    for name, (strong, login) in sorted(rows.items()):
        if strong:
            yield f"役割 {name} に管理の力があります"
        if login and name != app:
            yield f"役割 {name} でログインできます"
    if app in rows:
        yield from (
            f"役割 {app} が {other} になれます" for (other,) in connection.execute(MEMBERS, [app]).fetchall()
        )


def _tables(connection: psycopg.Connection, municipality: Municipality) -> Iterator[str]:
    declared = dict(tables(ADMINISTRATION))
    append_only = {table for table, access in declared.items() if access is Access.APPEND_ONLY}
    for schema, table, granted in connection.execute(GRANTED, [municipality.role("app")]).fetchall():
        found = set(granted.split(",")) - {""}
        wanted = _wanted(declared.get(table)) if schema not in GUARDED_SCHEMAS else set()
        yield from (f"{schema}.{table} に余分な {one}" for one in sorted(found - wanted))
        yield from (f"{schema}.{table} に足りない {one}" for one in sorted(wanted - found))
    guarded = {name for (name,) in connection.execute(TRIGGERS).fetchall()}
    yield from (f"{table} を守る引き金が止まっています" for table in sorted(append_only - guarded))


def _wanted(access: Access | None) -> set[str]:
    return set(access.value.split(", ")) if access else set()


def _doors(connection: psycopg.Connection) -> Iterator[str]:
    for (name,) in connection.execute(OPEN_TO_ALL).fetchall():
        yield f"データベース {name} に誰でもつなげます"
