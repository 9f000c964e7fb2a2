"""見本の職員。`tsugaru demo` で始めたときだけ、ログイン画面が名と今の符号を掲げる。"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from tsugaru.kernel.clock import Clock
from tsugaru.platform.identity import login as identification
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import keys
from tsugaru.platform.tenancy.directory import Municipality

PASSWORD = "tsugaru-demo-2026"  # noqa: S105 見本の職員だけのもの。デモ以外では作られない
PREFIX = "demo"
NAMES = ("見本　はな", "見本　さくら", "見本　りん", "見本　たろう", "見本　つとむ", "見本　みのる")


def create(municipality: Municipality) -> int:
    """所属ごとに見本の職員を二人ずつ（決裁は別の人でなければならない）。既にいれば作らない。"""
    hashed = make_password(PASSWORD)
    made = 0
    for index, section in enumerate(municipality.facts["所属"]):
        for turn in (1, 2):
            number = f"{PREFIX}{index + 1}{turn}"
            if Staff.objects.filter(number=number).exists():
                continue
            staff = Staff(
                number=number,
                name=f"{NAMES[index % len(NAMES)]}{'（係長）' if turn == 2 else ''}",
                section=section,
                title="係長" if turn == 2 else "主事",
                valid_from=date(2015, 4, 1),
                password=hashed,
            )
            identification.set_totp(staff, _secret(number))
            staff.save()
            made += 1
    return made


def _secret(number: str) -> bytes:
    return keys.lookup("demo-totp", number)[:20]


def current(clock: Clock) -> list[dict[str, object]]:
    """見本の職員と今の確認番号（screens/_demo_accounts.html に渡す形）。"""
    found = Staff.objects.filter(number__startswith=PREFIX, is_active=True).order_by("number")
    return [_shown(staff, identification.current_code(_secret(staff.number), clock=clock)) for staff in found]


def _shown(staff: Staff, code: str) -> dict[str, object]:
    return {
        "職員番号": staff.number,
        "氏名": staff.name,
        "所属": staff.section,
        "password": PASSWORD,
        "code": code,
        "note": "決裁もできる" if staff.title == "係長" else "入力する人",
        "fill": {"number": staff.number, "password": PASSWORD, "code": code},
    }
