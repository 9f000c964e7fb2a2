"""流し込む間だけ索引を外し、後でまとめて作る（GIN は一行ずつ足すより何倍も速い）。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

FIND = """
SELECT n.nspname, c.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'vault') AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
  AND t.relname = ANY (%s)
"""


@contextmanager
def without_indexes(connection: psycopg.Connection, tables: list[str]) -> Iterator[None]:
    """制約のものでない索引を外し、終わりに作り直す。同じトランザクションの中なので、失敗すれば元のまま。"""
    found = connection.execute(FIND, [tables]).fetchall()
    for schema, name, _ in found:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(schema, name)))
    yield
    connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
    connection.execute("SET LOCAL max_parallel_maintenance_workers = 2")
    for _, _, definition in found:
        connection.execute(sql.SQL(definition))
