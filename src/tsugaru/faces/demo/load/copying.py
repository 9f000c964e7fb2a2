"""polars の表を COPY で入れる。"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import psycopg
from psycopg import sql


def copy(connection: psycopg.Connection, table: Sequence[str], frame: pl.DataFrame) -> int:
    """表に流し込む。無は、NULL を許さない文字の列では空文字に、ほかでは NULL になる。返り値は行数。"""
    text = [name for name in frame.columns if name in _required_text(connection, table[-1])]
    nullable = [name for name in frame.columns if name not in text]
    ready = frame.with_columns(pl.col(text).cast(pl.String).fill_null("")) if text else frame
    force = sql.SQL(", FORCE_NULL ({})").format(_columns(nullable)) if nullable else sql.SQL("")
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv{})").format(
        sql.Identifier(*table), _columns(ready.columns), force
    )
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        for part in ready.iter_slices(50_000):
            stream.write(part.write_csv(include_header=False, quote_style="non_numeric").encode())
    return ready.height


def _required_text(connection: psycopg.Connection, table: str) -> set[str]:
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO' "
        "AND data_type IN ('character varying', 'text')",
        [table],
    ).fetchall()
    return {name for (name,) in rows}


def _columns(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def mapped(frame: pl.DataFrame, column: str, table: dict[str, str]) -> pl.Expr:
    """符号に置き換える。表にない語は KeyError（合成の側と符号の側の食い違いを黙って通さない）。"""
    unknown = set(frame[column].drop_nulls().unique()) - table.keys()
    if unknown:
        raise KeyError(f"{column} の語 {sorted(unknown)} に符号がありません")
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)
