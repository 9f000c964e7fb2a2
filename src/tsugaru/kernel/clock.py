"""時計。読むのはここだけで、他は引数で受け取る。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


class Clock(Protocol):
    """今を知る物。"""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class SystemClock:
    """機械の時計。"""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 時計を読む唯一の場所

    def today(self) -> date:
        return self.now().astimezone(JAPAN).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """止まった時計（試験のため）。"""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone(JAPAN).date()
