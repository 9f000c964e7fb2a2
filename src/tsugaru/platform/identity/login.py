"""本人を確かめる: パスワード（Argon2id）と時刻式の符号（RFC 6238、30秒、使い切り）。

番号があるかどうかは、文言・結果・かかる時間のどれからも分からない。5回続けて誤ると15分間の錠がかかる。
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django_otp.oath import hotp

from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import keys

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
STEP_SECONDS = 30
DIGITS = 6
REFUSAL = "ID-0001 職員番号・パスワード・符号のどれかが違うか、錠がかかっています。5回続けて誤ると15分待つ必要があります。"


@lru_cache(maxsize=1)
def _nobody() -> str:
    """番号が無いときにも同じだけの計算をするための、誰のものでもない要約。"""
    return make_password(secrets.token_urlsafe(16), hasher="argon2")


class LoginRefused(Exception):
    """入れない。理由は利用者に言わない。"""

    def __init__(self) -> None:
        super().__init__(REFUSAL)


def totp_context(number: str) -> str:
    """符号の種を封じるときの文脈。"""
    return f"totp:{number}"


def set_totp(staff: Staff, secret: bytes) -> None:
    """符号の種を封じて持たせる。"""
    staff.totp_secret = keys.seal(secret.hex(), context=totp_context(staff.number))


def current_code(secret: bytes, *, clock: Clock) -> str:
    """今の符号（デモの掲示と試験のため）。"""
    return _code(secret, _step(clock))


def _step(clock: Clock) -> int:
    return int(clock.now().timestamp()) // STEP_SECONDS


def _code(secret: bytes, step: int) -> str:
    return f"{hotp(secret, step, digits=DIGITS):0{DIGITS}d}"


def authenticate(*, number: str, password: str, code: str, clock: Clock) -> Staff:
    """本人なら職員を返す。違えば LoginRefused。成否は必ず残る。"""
    with transaction.atomic():
        staff = Staff.objects.select_for_update().filter(number=number).first()
        known = check_password(password, staff.password if staff else _nobody())
        ok = staff is not None and known and _usable(staff, clock) and _spend_code(staff, code, clock)
        if staff is not None:
            _count(staff, ok=ok, clock=clock)
        audit.record(
            act="ログインの試み", outcome="許可" if ok else "拒否", detail={"number": number if staff else ""}
        )
    if staff is None or not ok:
        raise LoginRefused
    return staff


def confirm(staff: Staff, *, password: str, code: str, clock: Clock) -> None:
    """席に着いたままもう一度確かめる。"""
    authenticate(number=staff.number, password=password, code=code, clock=clock)


def _usable(staff: Staff, clock: Clock) -> bool:
    today = clock.today()
    in_office = staff.valid_from <= today and (staff.valid_until is None or today < staff.valid_until)
    unlocked = staff.locked_until is None or staff.locked_until <= clock.now()
    return staff.is_active and in_office and unlocked


def _spend_code(staff: Staff, code: str, clock: Clock) -> bool:
    """符号が合い、まだ使われていなければ使う。許す時刻のずれは一つ前の30秒だけ。"""
    if not staff.totp_secret:
        return False
    secret = bytes.fromhex(keys.unseal(bytes(staff.totp_secret), context=totp_context(staff.number)))
    now = _step(clock)
    for step in (now, now - 1):
        if step > staff.totp_last_step and hmac.compare_digest(_code(secret, step).encode(), code.encode()):
            staff.totp_last_step = step
            return True
    return False


def _count(staff: Staff, *, ok: bool, clock: Clock) -> None:
    if ok:
        staff.failures, staff.locked_until = 0, None
    else:
        staff.failures += 1
        if staff.failures >= LOCK_AFTER:
            staff.failures, staff.locked_until = 0, clock.now() + LOCK_FOR
    staff.save(update_fields=["failures", "locked_until", "totp_last_step"])
