"""転出予定日の到来。一覧を見て、ボタンで消除する（ひとりでには起きない）。"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.juki.domain import arrival
from tsugaru.gyomu.juki.domain.register import 入力
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.subject import GYOMU, role
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest


def due(request: StaffRequest) -> HttpResponse:
    """予定日の来た人。選んだ人だけを消除する。"""
    authz.require(request.seat.staff.section, GYOMU, "照会")
    if request.method == "POST":
        authz.require(request.seat.staff.section, GYOMU, "決裁")
        who = 入力(
            入力者=request.seat.staff.number,
            入力場所=str(request.municipality.facts["交付場所"][0])[:20],
            入力端末=request.seat.terminal,
        )
        rows, alerts = arrival.到来させる(request.POST.getlist("who"), 入力=who, clock=request.clock)
        for alert in alerts:
            messages.warning(request, f"{alert.番号} {alert.文}{alert.対処}")
        messages.success(request, f"{len(rows)}件の履歴を書きました。")
        return redirect("juki:due")
    people = arrival.予定日の来た人(request.clock.today())
    audit.record(act="転出予定日の到来の一覧", subjects=[p.宛名番号 for p in people], gyomu=GYOMU)
    shown_people = [(p, role(p), shown.day(p.転出予定日)) for p in people]
    may = authz.allows(request.seat.staff.section, GYOMU, "決裁")
    return render(request, "juki/due.html", {"people": shown_people, "may": may})
