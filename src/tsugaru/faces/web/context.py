"""どの頁にも要るもの: 団体、職員、使える業務の目次。"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tsugaru.faces.web import menu
from tsugaru.faces.web.forms import PURPOSES
from tsugaru.platform.screens.request import StaffRequest

DEMO_BANNER = "これはデモです。人・住所・番号は全て作り物で、公印と手数料は見本です。"


def shell(request: StaffRequest) -> dict[str, Any]:
    """型紙に渡す文脈。"""
    municipality = getattr(request, "municipality", None)
    seat = getattr(request, "seat", None)
    return {
        "municipality": municipality,
        "seat": seat,
        "purposes": PURPOSES,
        "staff": {"所属": seat.staff.section, "氏名": seat.staff.name, "職員番号": seat.staff.number}
        if seat
        else None,
        # 使う頁でだけ引く（断りの頁は、巻き戻すと決めた後に描かれるので、問いを出せない）
        "menu": (lambda: menu.build(municipality.code, seat.staff)) if municipality and seat else [],
        "banner": DEMO_BANNER if settings.DEMO else "",
        "request_id": getattr(request, "request_id", ""),
    }
