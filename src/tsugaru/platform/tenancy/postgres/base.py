"""Django の PostgreSQL の接続に、窓口の画面を速くする二つのことを足す。

確かめ: Django は要求のたびに `SELECT 1` を送る。ここでは口を覗くだけで済ませる。使っていない接続の口に読む物があるのは、
相手が閉じたときだけである（そのときは本当に問うて確かめる）。
用意した文: Django は値を文に埋めて送るので、計画が毎回作り直される。prepared_cursor は値を分けて送り、計画を使い回す。
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.utils import CursorWrapper


class _PreparedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """初めての文は用意し、二度目からは名で呼ぶ。ほかのカーソルの文は用意しない（値が埋まっていて二度は来ない）。"""

    def execute(self, query: Any, params: Any = None, **options: Any) -> _PreparedCursor:
        connection = self.connection
        connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **options)
        finally:
            connection.prepare_threshold = None


class DatabaseWrapper(PostgreSQL):
    """団体の接続。"""

    def is_usable(self) -> bool:
        """切れていないか。要求の初めに一度だけ呼ばれる。"""
        if self.connection is None:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0) or bool(super().is_usable())

    def prepared_cursor(self) -> CursorWrapper:
        """用意した文のカーソル。数えられ、誤りの型も普通のカーソルと同じ。"""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            made: CursorWrapper = self._prepare_cursor(_PreparedCursor(self.connection))  # type: ignore[attr-defined]
            return made
