"""見本の職員。`tsugaru demo` で始めたときだけ、ログイン画面が名と今の符号を掲げる。"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Account:
    """掲げる一行。"""

    number: str
    name: str
    section: str
    password: str
    code: str


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


def current(clock: Clock) -> list[Account]:
    """見本の職員と今の符号。"""
    return [
        Account(
            number=s.number, name=s.name, section=s.section, password=PASSWORD,
            code=identification.current_code(_secret(s.number), clock=clock),
        )
        for s in Staff.objects.filter(number__startswith=PREFIX, is_active=True).order_by("number")
    ]  # fmt: skip
