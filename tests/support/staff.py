"""試験の職員と席。"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from tsugaru.kernel.clock import Clock
from tsugaru.platform.identity import seats
from tsugaru.platform.identity.models import Seat, Staff

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Desk:
    """席に着いている職員。"""

    staff: Staff
    seat: Seat


def sit(section: str, *, clock: Clock, number: str | None = None) -> Desk:
    """その所属の職員を作り、席に着かせる（席の期限はデータベースの時計で決まるので、今から10時間）。"""
    from tsugaru.kernel.clock import SystemClock

    staff = Staff.objects.create(
        number=number or f"t{next(_numbers)}",
        name="試験　職員",
        section=section,
        valid_from=date(2000, 4, 1),
        password="!",
    )
    seat = seats.take(staff, terminal="試験", purpose="窓口", purpose_note="", clock=SystemClock())
    return Desk(staff, seat)
