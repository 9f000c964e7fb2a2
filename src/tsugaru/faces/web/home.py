"""入口の頁と、どの業務にも属さない頁。"""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from tsugaru.faces.web import refusals
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest


def home(request: StaffRequest) -> HttpResponse:
    """ログインした直後の頁。探す欄に焦点がある。"""
    return render(request, "web/home.html")


def health(request: StaffRequest) -> HttpResponse:
    """生きているか（監視のため。個人の情報を含まない）。"""
    return JsonResponse({"status": "ok"})


def access_log(request: StaffRequest) -> HttpResponse:
    """ある人を、誰が・いつ・何のために見たか。"""
    authz.require(request.seat.staff.section, "audit", "照会", "閲覧記録")
    subject = request.GET.get("subject", "").strip()[:15]
    entries = audit.history_of(subject) if subject else []
    return render(request, "web/access_log.html", {"subject_number": subject, "entries": entries})


def not_found(request: StaffRequest, exception: Exception) -> HttpResponse:
    """404。"""
    return refusals.page(request, 404, refusals.NOT_FOUND)


def failed(request: StaffRequest) -> HttpResponse:
    """500。"""
    return refusals.page(request, 500, refusals.FAILED)
