"""職員の登録・解除・確かめの付け直し。どれも監査に残り、次の要求から効く。

付け直し（パスワードと符号の種の取り替え）は、本人でない別の職員がその場で自分を確かめて立ち会う（二人で行う）。

まだ無いもの: 職員による共通の職員番号の取込み（人事の仕組みからの連携）、所属替えの画面。
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.identity import login, passwords, seats
from tsugaru.platform.identity.models import Seat, Staff

SECRET_BYTES = 20
ISSUER = "Tsugaru"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """一度だけ見せる物。データベースには封じた種と要約だけが残る。"""

    staff: Staff
    secret: bytes

    @property
    def base32(self) -> str:
        """手で打つときの種。"""
        return base64.b32encode(self.secret).decode()

    def uri(self, place: str) -> str:
        """認証アプリが読む otpauth の綴り。place は団体の入口の名。"""
        label = quote(f"{ISSUER}:{self.staff.number}@{place}", safe=":@")
        query = urlencode({"secret": self.base32, "issuer": ISSUER})
        return f"otpauth://totp/{label}?{query}"


def found(number: str) -> Staff:
    """職員番号から。無ければ ID-0201。"""
    staff = Staff.objects.filter(number=number).first()
    if staff is None:
        raise 業務エラー(
            "ID-0201", f"職員番号「{number[:10]}」の職員はいません。", "番号を確かめてください。"
        )
    return staff


def add(
    *,
    number: str,
    name: str,
    section: str,
    title: str = "",
    valid_from: date,
    password: str,
    place_words: Iterable[str] = (),
) -> Enrolment:
    """登録する。共用の番号は作れない。返り値の種は一度しか見せない。"""
    if not (number.isascii() and number.isalnum() and len(number) <= 10):
        raise 業務エラー(
            "ID-0202", f"職員番号「{number[:12]}」は使えません。", "半角の英数字10文字までにしてください。"
        )
    if not name.strip() or not section.strip():
        raise 業務エラー(
            "ID-0203", "氏名か所属が空です。", "本人の氏名と所属を入れてください（共用の番号は作れません）。"
        )
    with transaction.atomic():
        if Staff.objects.filter(number=number).exists():
            raise 業務エラー("ID-0204", f"職員番号「{number}」は既にあります。", "ほかの番号にしてください。")
        staff = Staff(number=number, name=name, section=section, title=title, valid_from=valid_from)
        enrolment = _enrol(staff, password, place_words)
        staff.save(force_insert=True)
        audit.record(act="職員の登録", detail={"staff": number, "section": section})
    return enrolment


def disable(number: str, *, reason: str, clock: Clock) -> Staff:
    """解く。席があればその場で終わる。既に解かれていれば ID-0205。"""
    with transaction.atomic():
        staff = Staff.objects.select_for_update().filter(number=number).first()
        if staff is None or not staff.is_active:
            raise 業務エラー(
                "ID-0205", f"職員番号「{number[:10]}」の有効な職員はいません。", "一覧を開き直してください。"
            )
        staff.is_active, staff.valid_until = False, staff.valid_until or clock.today()
        staff.save(update_fields=["is_active", "valid_until"])
        _leave_all(staff, "職員の解除", clock)
        audit.record(act="職員の解除", detail={"staff": number, "reason": reason[:100]})
    return staff


def reset(
    number: str,
    *,
    password: str,
    witness: str,
    witness_password: str,
    witness_code: str,
    place_words: Iterable[str] = (),
    clock: Clock,
) -> Enrolment:
    """パスワードと符号の種を付け直す。立会人が本人なら ID-0206、確かめられなければ login.LoginRefused。"""
    if witness == number:
        raise 業務エラー("ID-0206", "本人は立会人になれません。", "ほかの職員が立ち会ってください。")
    staff = found(number)
    second = login.authenticate(number=witness, password=witness_password, code=witness_code, clock=clock)
    with transaction.atomic():
        enrolment = _enrol(staff, password, place_words)
        staff.failures, staff.locked_until = 0, None
        staff.save(update_fields=["password", "totp_secret", "totp_last_step", "failures", "locked_until"])
        _leave_all(staff, "付け直し", clock)
        audit.record(act="職員の確かめの付け直し", detail={"staff": number, "witness": second.number})
    return enrolment


def change_password(staff: Staff, *, new: str, place_words: Iterable[str] = ()) -> None:
    """本人が替える（呼ぶ前に本人を確かめておく）。今と同じなら ID-0104。"""
    if check_password(new, staff.password):
        raise 業務エラー("ID-0104", "今と同じパスワードです。", "違うものにしてください。")
    passwords.check(new, context=[*place_words, *_own_words(staff)])
    staff.password = make_password(new)
    with transaction.atomic():
        staff.save(update_fields=["password"])
        audit.record(act="パスワードの変更", detail={"staff": staff.number})


def _enrol(staff: Staff, password: str, place_words: Iterable[str]) -> Enrolment:
    passwords.check(password, context=[*place_words, *_own_words(staff)])
    secret = secrets.token_bytes(SECRET_BYTES)
    staff.password, staff.totp_last_step = make_password(password), -1
    login.set_totp(staff, secret)
    return Enrolment(staff, secret)


def _own_words(staff: Staff) -> list[str]:
    return [staff.number, staff.name, *staff.name.split(), staff.section]


def _leave_all(staff: Staff, reason: str, clock: Clock) -> None:
    for seat in Seat.objects.filter(staff=staff, ended_at__isnull=True):
        seats.leave(seat, reason=reason, clock=clock)
