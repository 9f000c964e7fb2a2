"""住登外・宛名の入口: 探す、登録する、確認待ちと返戻。"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tsugaru.gyomu.atena.domain import links, listing
from tsugaru.gyomu.atena.screens.rows import 人の行
from tsugaru.gyomu.atena.screens.subject import GYOMU, 許す
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest

最大文字数 = 100


@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """一つの欄で、宛名番号・法人番号・名から住登外と法人を探す。住民も見たければ印を付ける。"""
    許す(request, "検索")
    text = request.GET.get("name", "").strip()[:最大文字数]
    wide = request.GET.get("wide") == "1"
    found = listing.探す(text, 住民も=wide)
    if text:
        audit.record(act="宛名の検索", subjects=[one.pk for one in found], gyomu=GYOMU)
    if len(found) == 1 and text.isdigit():
        return redirect("atena:person", number=found[0].pk)
    rights = authz.rights_of(request.seat.staff.section)
    context = {
        "text": text,
        "wide": wide,
        "people": 人の行(request, found),
        "pending": len(links.確認待ち()),
        "may_enter": (GYOMU, "異動入力", "基本") in rights and (GYOMU, "異動入力", "住所") in rights,
    }
    return render(request, "atena/home.html", context)
