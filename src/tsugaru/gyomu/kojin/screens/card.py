"""総合照会の札: 最も新しい年度の年税額。税額の権限のない職員には札も出ない。"""

from __future__ import annotations

from django.urls import reverse

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import gist, roll
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card


def card(number: str, request: StaffRequest) -> Card | None:
    """一つの問いで、最も新しい年度の今の賦課。"""
    if not authz.allows(request.seat.staff.section, GYOMU, "照会", "税額"):
        return None
    row = (
        賦課.objects.filter(宛名番号=number)
        .order_by("-課税年度", "-番")
        .defer("事実", "期別", "出所")
        .first()
    )
    if row is None or roll.取消である(row):
        url = reverse("kojin:person", args=[number, request.clock.today().year])
        return Card(name="個人住民税", url=url, none=True, summary="賦課なし（未申告を含む）")
    free = gist.要点にする(row).非課税か
    return Card(
        name="個人住民税",
        url=reverse("kojin:person", args=[number, row.課税年度]),
        summary=f"{shown.year_name(row.課税年度)}　{'非課税' if free else f'{row.年税額:,}円'}",
        lines=f"第{row.番}番" if row.番 > 1 else "",
    )
