"""席（ログイン）の規則: 操作のない15分で終わり、最大10時間、一人に一つ。"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.identity.models import Seat, Staff

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=10)
STEP_UP = timedelta(minutes=5)
TOUCH_EVERY = timedelta(seconds=30)


def take(staff: Staff, *, terminal: str, purpose: str, purpose_note: str, clock: Clock) -> Seat:
    """席に着く。同じ人の前の席は終わる。"""
    now = clock.now()
    with transaction.atomic():
        for other in Seat.objects.filter(staff=staff, ended_at__isnull=True):
            leave(other, reason="別の端末", clock=clock)
        seat = Seat.objects.create(
            staff=staff,
            started_at=now,
            expires_at=now + ABSOLUTE,
            last_seen_at=now,
            terminal=terminal,
            purpose=purpose,
            purpose_note=purpose_note,
        )
        audit.record(act="ログイン", detail={"seat": seat.pk, "staff": staff.number})
    return seat


def leave(seat: Seat, *, reason: str, clock: Clock) -> None:
    """席を立つ。"""
    seat.ended_at, seat.end_reason = clock.now(), reason
    seat.save(update_fields=["ended_at", "end_reason"])
    audit.record(act="ログアウト", detail={"seat": seat.pk, "reason": reason})


def current(
    seat_id: int | None, *, terminal: str, clock: Clock, touch: bool = True, read: Seat | None = None
) -> Seat | None:
    """使える席なら返す。期限・端末・職員の有効をこのとき確かめる。touch でなければ、操作したことにはしない。

    read はこの要求で読んだばかりの、終わっていない席（opening）。その席でなければ読み直す。
    """
    if seat_id is None:
        return None
    seat = read if read is not None and read.pk == seat_id else _open(seat_id)
    if seat is None:
        return None
    now, staff = clock.now(), seat.staff
    today = clock.today()
    in_office = (
        staff.is_active
        and staff.valid_from <= today
        and (staff.valid_until is None or today < staff.valid_until)
    )
    if (
        not in_office
        or now >= seat.expires_at
        or now - seat.last_seen_at >= IDLE
        or seat.terminal != terminal
    ):
        leave(seat, reason="期限" if in_office else "職員の解除", clock=clock)
        return None
    if touch and now - seat.last_seen_at >= TOUCH_EVERY:
        Seat.objects.filter(pk=seat.pk).update(last_seen_at=now)
    return seat


def _open(seat_id: int) -> Seat | None:
    return Seat.objects.select_related("staff").filter(pk=seat_id, ended_at__isnull=True).first()


def step_up(seat: Seat, *, clock: Clock) -> None:
    """もう一度本人を確かめた（5分のあいだ、重い操作ができる）。"""
    seat.stepped_up_at = clock.now()
    seat.save(update_fields=["stepped_up_at"])
    audit.record(act="本人確認（再）", detail={"seat": seat.pk})


def is_fresh(seat: Seat, *, clock: Clock) -> bool:
    """5分以内に確かめ直しているか。"""
    return seat.stepped_up_at is not None and clock.now() - seat.stepped_up_at < STEP_UP


def change_purpose(seat: Seat, *, purpose: str, note: str) -> None:
    """用務（見る目的）を替える。"""
    seat.purpose, seat.purpose_note = purpose, note
    seat.save(update_fields=["purpose", "purpose_note"])
    audit.record(act="用務の変更", detail={"purpose": purpose, "note": note})
