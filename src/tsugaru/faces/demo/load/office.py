"""税務の見本の職員: 入力する人と、決裁する人。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity.models import Staff


@dataclass(frozen=True, slots=True)
class Office:
    """職員番号。"""

    clerk: str
    chief: str


def office() -> Office:
    """個人住民税の権限をもつ所属の、見本の職員（所属ごとに、入力する人と決裁する人がいる）。"""
    people = Staff.objects.filter(number__startswith="demo", is_active=True).order_by("number")
    numbers = [s.number for s in people if authz.allows(s.section, "kojin", "決裁", "税額")]
    return Office(numbers[0], numbers[1])
