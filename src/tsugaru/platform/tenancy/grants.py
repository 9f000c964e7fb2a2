"""役割・所有・権限。データベースそのものが「してよいこと」を知っているようにする。

住所と個人番号の置き場（schema vault）と監査の置き場（schema audit）は、app の役割からは直に読めない。
読めるのは、そこの関数（SECURITY DEFINER）だけである。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
from psycopg import sql

from tsugaru.platform.tenancy.access import Access, gate_tables, tables

KINDS = ("owner", "app", "vault", "audit", "auditor", "report")
GUARDED_SCHEMAS = ("vault", "audit")

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'TE-0020 % は足すだけの表です。直すときは打消しの行を足してください。', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""

Statement = sql.SQL | sql.Composed
Roles = Callable[[str], str]


def create_roles(connection: psycopg.Connection, roles: Roles) -> None:
    """役割を作る（あれば何もしない）。ログインできるのは app だけで、パスワードは別に付ける。"""
    for kind in KINDS:
        name = roles(kind)
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        if not exists:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))


def apply(connection: psycopg.Connection, roles: Roles, alias: str) -> None:
    """所有・権限・引き金を、今のモデルの宣言どおりにする。何度呼んでも同じ結果になる。"""
    for statement in _statements(connection, roles, alias):
        connection.execute(statement)


def _statements(connection: psycopg.Connection, roles: Roles, alias: str) -> Iterator[Statement]:
    names = {kind: sql.Identifier(roles(kind)) for kind in KINDS}
    yield sql.SQL(REFUSE_CHANGE)
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {app}, {vault}, {audit}, {auditor}").format(**names)
    yield sql.SQL("ALTER SCHEMA public OWNER TO {owner}").format(**names)
    yield from _owners(connection, names)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {app}").format(**names)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app}").format(**names)
    for table, access in tables(alias):
        yield from _table(table, access, names)
    for table in gate_tables(alias):
        yield sql.SQL("GRANT INSERT ON {} TO {vault}").format(sql.Identifier(table), **names)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {vault}").format(**names)
    for schema in GUARDED_SCHEMAS:
        if _exists(connection, schema):
            yield from _guarded(schema, names)


def _exists(connection: psycopg.Connection, schema: str) -> bool:
    return (
        connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone() is not None
    )


def _owners(connection: psycopg.Connection, names: dict[str, sql.Identifier]) -> Iterator[Statement]:
    rows = connection.execute(
        """SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname IN ('public', 'vault', 'audit') AND c.relkind IN ('r', 'p', 'v')
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"""
    ).fetchall()
    for schema, name, kind in rows:
        owner = names.get(schema, names["owner"])
        word = sql.SQL("VIEW" if kind in ("v", b"v") else "TABLE")
        yield sql.SQL("ALTER {} {} OWNER TO {}").format(word, sql.Identifier(schema, name), owner)
    functions = connection.execute(
        """SELECT n.nspname, p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname IN ('public', 'vault', 'audit')
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
    ).fetchall()
    for schema, signature in functions:
        owner = names.get(schema, names["owner"])
        yield sql.SQL("ALTER FUNCTION {} OWNER TO {}").format(sql.SQL(signature), owner)
    for schema in GUARDED_SCHEMAS:
        if _exists(connection, schema):
            yield sql.SQL("ALTER SCHEMA {} OWNER TO {}").format(sql.Identifier(schema), names[schema])


def _table(table: str, access: Access, names: dict[str, sql.Identifier]) -> Iterator[Statement]:
    identifier = sql.Identifier(table)
    yield sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(access.value), identifier, names["app"])
    yield sql.SQL("GRANT SELECT ON {} TO {}, {}").format(identifier, names["vault"], names["audit"])
    if access is Access.APPEND_ONLY:
        yield sql.SQL(
            "CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {} "
            "FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()"
        ).format(identifier)


def _guarded(schema: str, names: dict[str, sql.Identifier]) -> Iterator[Statement]:
    place = sql.Identifier(schema)
    yield sql.SQL("REVOKE ALL ON SCHEMA {} FROM PUBLIC").format(place)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}, PUBLIC").format(place, names["app"])
    yield sql.SQL("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {} FROM PUBLIC").format(place)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {app}, {vault}, {audit}, {auditor}").format(place, **names)
    yield sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {} TO {app}, {vault}").format(place, **names)
    if schema == "audit":
        yield sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA audit TO {auditor}").format(**names)
