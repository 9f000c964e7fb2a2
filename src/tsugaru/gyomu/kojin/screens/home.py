"""個人住民税の入口: その年度がどこまで来ているか。"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest

GYOMU = "kojin"


def home(request: StaffRequest) -> HttpResponse:
    """入口。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    return render(request, "kojin/home.html", {"year": request.clock.today().year})
