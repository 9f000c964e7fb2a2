"""Django の接続を団体に結ぶ。

`connections["default"]` は、今結ばれている団体の接続そのものである。だから普通の `transaction.atomic()` が正しく働く。
接続は使われたときに登録する（1,700 の別名を settings に書くと、何もしない画面の速さが 94 % 失われると測られている）。
"""

from __future__ import annotations

from typing import Any

import django.db
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS, ConnectionHandler
from psycopg.conninfo import conninfo_to_dict

from tsugaru.platform.tenancy import home
from tsugaru.platform.tenancy.context import CrossMunicipality, Unbound, bound_code_or_none

COUNCIL = "council"
ADMINISTRATION = "administration"


class MunicipalConnections(ConnectionHandler):
    """団体ごとの接続を、使うときに開く。"""

    _connections: Any  # 糸ごとの入れ物（Django の BaseConnectionHandler が作る）

    def __getitem__(self, alias: str) -> BaseDatabaseWrapper:
        alias = self._real(alias)
        if alias not in self.settings:
            self._register(alias)
        return super().__getitem__(alias)

    def __iter__(self) -> Any:
        # Django の検査や後始末が「全ての接続」を回るとき、結ばれていない default を開かせない。
        return (alias for alias in self.settings if alias != DEFAULT_DB_ALIAS)

    def all(self, initialized_only: bool = False) -> list[BaseDatabaseWrapper]:
        return [
            super(MunicipalConnections, self).__getitem__(a) for a in self if hasattr(self._connections, a)
        ]

    def _real(self, alias: str) -> str:
        bound = bound_code_or_none()
        if alias == DEFAULT_DB_ALIAS:
            return DEFAULT_DB_ALIAS if bound is None else f"m{bound}"  # 結ばれていない default はつながらない
        if alias.startswith("m") and alias[1:] != bound:
            if bound is None:
                raise Unbound
            raise CrossMunicipality(owner=alias[1:], bound=bound)
        return alias

    def _register(self, alias: str) -> None:
        stored = home.read_secret(alias)
        if stored is None:
            raise LookupError(f"TE-0004 接続 {alias} はこの設置にありません。")
        self.add(alias, str(stored["dsn"]))

    def add(self, alias: str, dsn: str) -> None:
        """接続文字列を別名で登録する。"""
        parts = conninfo_to_dict(dsn)
        settings = {
            "ENGINE": "tsugaru.platform.tenancy.postgres",
            "HOST": parts.get("host", ""),
            "PORT": parts.get("port", ""),
            "NAME": parts.get("dbname", ""),
            "USER": parts.get("user", ""),
            "PASSWORD": parts.get("password", ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5, "application_name": "tsugaru"},
        }
        complete = self.configure_settings({DEFAULT_DB_ALIAS: {}, alias: settings})
        self.settings[alias] = complete[alias]

    def drop(self, alias: str) -> None:
        """登録を取り消し、開いていれば閉じる。"""
        if hasattr(self._connections, alias):
            super().__getitem__(alias).close()
            delattr(self._connections, alias)
        self.settings.pop(alias, None)


def install() -> MunicipalConnections:
    """Django の接続の箱を取り替える（既に import されている名前にも効くよう、同じ物の型を替える）。"""
    django.db.connections.__class__ = MunicipalConnections
    connections = django.db.connections
    if not isinstance(connections, MunicipalConnections):
        raise TypeError("Django の connections を取り替えられませんでした。")
    return connections
