"""反映。載せた後は、足すことも取り下げることもできない。"""

from __future__ import annotations

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound.models import Action, Delivery, Fault, FileState
from tsugaru.platform.inbound.pages import shown
from tsugaru.platform.inbound.pages.delivery import OPEN, moving
from tsugaru.platform.inbound.pages.mounted import InboundPages, about, said
from tsugaru.platform.inbound.standing import State, standing
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item


def page(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """数を確かめて反映する。揃っていなければ断る。"""
    pages.require(request, pages.decide)
    one = pages.delivery(number)
    Delivery.objects.select_for_update().get(pk=number)
    found, job = standing(one), jobs.latest(about(number))
    if found.state is not State.RESOLVED or (job is not None and job.state in OPEN):
        raise 業務エラー(
            "IB-0035",
            f"{shown.delivery_name(one)} は{found.state.value}なので、いま反映できません（{'、'.join(found.missing)}）。",
            "届け物の頁を開き直して、足りないものを確かめてください。",
        )
    form = ScreenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            with transaction.atomic():
                made = pages.post(one, request.seat.staff.number, request.clock)
        except (業務エラー, DatabaseError) as error:
            form.add_error(None, said(error))
        else:
            if not isinstance(made, jobs.Job):
                messages.success(request, "反映しました。")
            return redirect(pages.url("inbound_delivery", number))
    excluded = _excluded(one)
    context = {
        "title": "反映",
        "note": shown.delivery_name(one),
        "form": form,
        "items": [
            Item("届いた件数", found.rows, "number"),
            Item("除いた件数", excluded, "number"),
            Item("載せる件数", found.rows - excluded, "number"),
            Item("届いた合計額", found.total, "yen"),
        ],
        "primary": "反映する",
        "back_url": pages.url("inbound_delivery", number),
        "quiet": "反映した後は、ファイルを足すことも取り下げることもできません。",
    }
    return render(request, "inbound/form.html", context, status=422 if form.errors else 200)


def _excluded(one: Delivery) -> int:
    dropped = Fault.objects.filter(
        file__delivery=one, file__state=FileState.ACCEPTED, resolution__action=Action.EXCLUDED
    )
    return dropped.values("file", "row").distinct().count()


def progress(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """反映の進みだけ。終わっていれば、頁ごと開き直させる。"""
    pages.require(request, pages.see)
    one = pages.delivery(number)
    context = moving(pages, one, jobs.latest(about(number)))
    if not context["busy"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "inbound/_progress.html", context)
