"""義務者用の通知を一通だけ作る・作り直す（所在地を直した後、一括では作れなかった会社）。"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import notifying
from tsugaru.gyomu.kojin.domain.notice_materials import 義務者を読む
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.notice_person import MADE, MakeForm, made_rows, make
from tsugaru.gyomu.kojin.screens.notices import found
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest


def page(request: StaffRequest, run: int, employer: str) -> HttpResponse:
    """作った通知と、作ること。"""
    for field in ("税額", "住所"):
        authz.require(request.seat.staff.section, GYOMU, "発行", field)
    one, plan = found(run)
    items = [item for item in plan.様式の(notifying.義務者) if item.相手 == employer]
    if not items:
        raise Http404
    initial = {"日": request.clock.today(), "通知": str(items[0].位置)}
    form = MakeForm(items, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = make(request, plan, items[0], form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            messages.success(request, f"通知 {row.通知番号} を作りました。")
            return redirect("kojin:notice_employer_make", one.pk, employer)
    firm = 義務者を読む([employer]).get(employer)
    context = {
        "heading": f"義務者用の通知　{firm.名称 if firm else ''}（{employer}）",
        "note": f"{shown.year_name(plan.課税年度)}　実行{one.pk}",
        "form": form,
        "rows": made_rows(one.pk, employer),
        "columns": MADE,
        "back_url": reverse("kojin:notice_employer", args=[one.pk, employer]),
    }
    return render(request, "kojin/notice_employer.html", context, status=422 if form.errors else 200)
