"""試験の要求。席に着いた職員として、本物の通り道（middleware）を通す。"""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.support.staff import Desk
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import seats
from tsugaru.platform.tenancy.directory import Municipality

_addresses = itertools.count(1)


class Browser(Client):
    """一人の職員の端末。"""

    def __init__(self, desk: Desk, municipality: Municipality, **options: Any) -> None:
        """席の端末と接続元をそろえ、団体のホスト名で話す。"""
        address = f"10.0.0.{next(_addresses) % 250 + 1}"
        super().__init__(headers={"host": f"{municipality.host}.localhost"}, REMOTE_ADDR=address, **options)
        desk.seat.terminal = address
        desk.seat.save(update_fields=["terminal"])
        session = SessionStore()
        session["seat"] = desk.seat.pk
        session.create()
        self.cookies["tsugaru"] = session.session_key
        self.desk = desk

    def step_up(self) -> None:
        """もう一度本人を確かめた。"""
        seats.step_up(self.desk.seat, clock=SystemClock())
