"""入口の頁と、どの業務にも属さない頁。"""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

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
    """500。データベースにつながらないときは 503。この頁を作るのにデータベースは使わない。"""
    down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    error = refusals.DOWN if down else refusals.FAILED
    context = {
        "error": {
            "code": error.code, "title": "いま使えません" if down else refusals.TITLES[500], "what": error.message,
            "remedy": error.remedy, "request_id": getattr(request, "request_id", ""),
        }
    }  # fmt: skip
    body = render_to_string("screens/error.html", context)
    return HttpResponse(body, status=503 if down else 500, headers={"Retry-After": "5"} if down else None)
