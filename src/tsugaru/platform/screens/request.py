"""職員の要求。通り道（faces/web/middleware）が、団体・席・時計・要求番号を付けて画面に渡す。"""

from __future__ import annotations

from django.http import HttpRequest

from tsugaru.kernel.clock import Clock
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality


class StaffRequest(HttpRequest):
    """席に着いた職員からの要求（型だけ。実体は通り道が属性を足した要求）。ログインの前の頁だけは current_seat が None。"""

    municipality: Municipality
    seat: Seat
    clock: Clock
    request_id: str
    refusal: str | None
    current_seat: Seat | None
    used: frozenset[str]
    """団体が使う業務の短名。"""
