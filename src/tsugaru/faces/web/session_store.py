"""セッション。Django のデータベースのセッションを、席と権限と一緒に一つの問いで読む（platform.identity.opening）。"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import opening


class SessionStore(db.SessionStore):
    """読み方だけを替える。書き方と署名は Django のまま。"""

    opened: opening.Opened | None = None

    def load(self) -> dict[str, Any]:
        """中身。期限が切れていれば空。"""
        key = self.session_key
        self.opened = opening.read(key, now=SystemClock().now()) if key else None
        if self.opened is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(self.opened.data)
        return found
