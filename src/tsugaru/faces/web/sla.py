"""応答時間の頁（SLA）。情報システムの担当が、自分の団体の月ごとの値を見て、CSV で受け取る。"""

from __future__ import annotations

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tsugaru.faces.web import sla_figures, staff_rights
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

COLUMNS = [Column("業務"), Column("画面"), *(Column(name, "number") for name in sla_figures.HEADER[2:])]


@require_GET
def page(request: StaffRequest) -> HttpResponse:
    """月を選んで見る。"""
    authz.require(request.seat.staff.section, "shell", "照会")
    today = request.clock.today()
    month = sla_figures.month_of(request.GET.get("month", ""), today)
    found = sla_figures.figures(request.municipality.code, month)
    rows = [
        Row([staff_rights.name_of(f.gyomu), *cells[1:]], alert=f.share < 9_900)
        for f, cells in zip(found, sla_figures.as_rows(found), strict=True)
    ]
    context = {"month": month, "months": sla_figures.months(today), "columns": COLUMNS, "rows": rows}
    return render(request, "web/sla.html", context)


@require_GET
def download(request: StaffRequest) -> HttpResponse:
    """同じ表の CSV（表計算で開けるよう BOM つき UTF-8）。"""
    authz.require(request.seat.staff.section, "shell", "照会")
    month = sla_figures.month_of(request.GET.get("month", ""), request.clock.today())
    name = f"sla-{request.municipality.code}-{month:%Y-%m}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(sla_figures.HEADER)
    writer.writerows(sla_figures.as_rows(sla_figures.figures(request.municipality.code, month)))
    return response
