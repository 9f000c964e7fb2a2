"""団体のデータベースを、移行済みの型から作る。"""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from tsugaru.platform.tenancy import directory, grants, home
from tsugaru.platform.tenancy.access import tables
from tsugaru.platform.tenancy.cluster import Server
from tsugaru.platform.tenancy.connections import ADMINISTRATION, COUNCIL, MunicipalConnections
from tsugaru.platform.tenancy.directory import Municipality

TEMPLATE = "tsugaru_template"
COUNCIL_DATABASE = "tsugaru_council"
EXTENSIONS = ("pg_trgm", "btree_gist")


def template_role(kind: str) -> str:
    """型の役割の名。誰もこの役割ではログインしない。"""
    return f"tsugaru_template_{kind}"


def council_role(kind: str) -> str:
    """協議会のデータベースの役割の名。"""
    return f"tsugaru_council_{kind}"


def migration_fingerprint() -> str:
    """今の移行・権限の宣言・門の SQL の中身の要約。型が古いかどうかをこれで見る。"""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    modules = sorted(type(m).__module__ for m in loader.disk_migrations.values())
    files = {Path(str(sys.modules[name].__file__)) for name in modules} | {Path(str(grants.__file__))}
    files |= {sql_file for file in files for sql_file in (file.parent.parent / "sql").glob("*.sql")}
    declared = sorted(f"{t}:{a.name}" for alias in (ADMINISTRATION, COUNCIL) for t, a in tables(alias))
    digest = hashlib.sha256("\n".join(declared).encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def administration(
    server: Server, database: str, alias: str = ADMINISTRATION
) -> Iterator[psycopg.Connection]:
    """移行のあいだだけ、管理の接続を Django に登録する。"""
    assert isinstance(connections, MunicipalConnections)
    connections.drop(alias)
    connections.add(alias, server.dsn(database))
    try:
        with psycopg.connect(server.dsn(database), autocommit=True) as connection:
            yield connection
    finally:
        connections.drop(alias)


def _database_exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _comment(connection: psycopg.Connection, name: str) -> str | None:
    row = connection.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return str(row[0]) if row and row[0] else None


def ensure_template(server: Server) -> None:
    """移行済みの型を用意する。移行が変わっていれば作り直す（型には人のデータがない）。"""
    fingerprint = migration_fingerprint()
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        if _comment(connection, TEMPLATE) == fingerprint:
            return
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(TEMPLATE)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(TEMPLATE)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(TEMPLATE)))
        grants.create_roles(connection, template_role)
    migrate(server, TEMPLATE, template_role)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(TEMPLATE), sql.Literal(fingerprint))
        )


def migrate(server: Server, database: str, roles: grants.Roles, alias: str = ADMINISTRATION) -> None:
    """一つのデータベースを今の版まで進め、所有と権限を付け直す。"""
    with administration(server, database, alias) as connection:
        if alias == ADMINISTRATION:
            for extension in EXTENSIONS:
                connection.execute(
                    sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension))
                )
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        grants.apply(connection, roles, alias)


def ensure_council(server: Server) -> None:
    """協議会のデータベース（住民の情報を持たない）を今の版にする。"""
    stored = home.read_secret(COUNCIL) or {"password": secrets.token_urlsafe(24)}
    fingerprint = migration_fingerprint()
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        if not _database_exists(connection, COUNCIL_DATABASE):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(COUNCIL_DATABASE)))
        grants.create_roles(connection, council_role)
        _close_to_public(connection, COUNCIL_DATABASE, council_role("app"), str(stored["password"]))
        current = _comment(connection, COUNCIL_DATABASE) == fingerprint
    app = council_role("app")
    stored["dsn"] = server.dsn(COUNCIL_DATABASE, user=app, password=str(stored["password"]))
    home.write_secret(COUNCIL, stored)
    _refresh(COUNCIL)
    if current:
        return
    migrate(server, COUNCIL_DATABASE, council_role, COUNCIL)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(COUNCIL_DATABASE), sql.Literal(fingerprint)
            )
        )


def _refresh(alias: str) -> None:
    assert isinstance(connections, MunicipalConnections)
    connections.drop(alias)


def _close_to_public(connection: psycopg.Connection, database: str, app: str, password: str) -> None:
    place, role = sql.Identifier(database), sql.Identifier(app)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(place))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(place, role))
    connection.execute(
        sql.SQL("ALTER ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT 60").format(role, sql.Literal(password))
    )


def create(server: Server, municipality: Municipality, folder: Path) -> None:
    """団体のデータベースを型から作り、自分だけの役割に渡す。既にあれば接続の秘密だけを書き直す。"""
    stored = home.read_secret(municipality.alias) or {
        "password": secrets.token_urlsafe(24),
        "folder": str(folder.resolve()),
        "vault_key": secrets.token_hex(32),
        "index_key": secrets.token_hex(32),
    }
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        grants.create_roles(connection, municipality.role)
        if not _database_exists(connection, municipality.database):
            _copy_template(server, connection, municipality)
        app = municipality.role("app")
        _close_to_public(connection, municipality.database, app, str(stored["password"]))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(municipality.database), sql.Identifier(municipality.role("auditor"))
            )
        )
    stored["dsn"] = server.dsn(municipality.database, user=app, password=str(stored["password"]))
    home.write_secret(municipality.alias, stored)
    directory.forget()


def _copy_template(server: Server, connection: psycopg.Connection, municipality: Municipality) -> None:
    ensure_template(server)
    name = sql.Identifier(municipality.database)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(TEMPLATE)))
    with psycopg.connect(server.dsn(municipality.database), autocommit=True) as inside:
        for kind in grants.KINDS:
            old, new = sql.Identifier(template_role(kind)), sql.Identifier(municipality.role(kind))
            inside.execute(sql.SQL("REASSIGN OWNED BY {} TO {}").format(old, new))
        for kind in grants.KINDS:
            inside.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(template_role(kind))))
        grants.apply(inside, municipality.role, ADMINISTRATION)


def remove(server: Server, municipality: Municipality) -> None:
    """団体のデータベースと役割を消す。呼ぶ前に引渡しの写しを取ること。"""
    _refresh(municipality.alias)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} (FORCE)").format(sql.Identifier(municipality.database))
        )
        for kind in grants.KINDS:
            connection.execute(
                sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(municipality.role(kind)))
            )
    (home.secrets_folder() / f"{municipality.alias}.json").unlink(missing_ok=True)
    directory.forget()


def refresh(server: Server) -> None:
    """サーバーの口が変わったとき、持っている接続の秘密を今の口に合わせる。"""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    aliases = [COUNCIL, *(m.alias for m in directory.installed().values())]
    for alias in aliases:
        stored = home.read_secret(alias)
        if stored is None:
            continue
        parts = conninfo_to_dict(str(stored["dsn"]))
        if (str(parts.get("host")), str(parts.get("port"))) != (server.host, str(server.port)):
            parts.update(host=server.host, port=server.port)
            stored["dsn"] = make_conninfo("", **parts)
            home.write_secret(alias, stored)
            _refresh(alias)
