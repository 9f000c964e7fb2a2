"""Django が型の組立てのときに参照する（名の長さの限りなど）が、つなごうとすれば Unbound になる。"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from tsugaru.platform.tenancy.context import Unbound


class DatabaseWrapper(PostgreSQL):
    """つながらない接続。"""

    def get_connection_params(self) -> dict[str, Any]:
        return {}

    def get_new_connection(self, conn_params: dict[str, Any]) -> NoReturn:
        raise Unbound
