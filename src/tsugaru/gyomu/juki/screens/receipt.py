"""受理通知の PDF。"""

from __future__ import annotations

from django.http import Http404, HttpResponse

from tsugaru.gyomu.juki.domain.receipts import 受理通知を作る
from tsugaru.gyomu.juki.models import 届出
from tsugaru.gyomu.juki.screens.issue import EMBEDDED
from tsugaru.gyomu.juki.screens.subject import GYOMU
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest


def receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """本登録した届出の受理通知。"""
    authz.require(request.seat.staff.section, GYOMU, "発行")
    case = 届出.objects.filter(pk=pk, 状態="3").first()
    if case is None:
        raise Http404
    pdf = 受理通知を作る(case, seat=request.seat, municipality=request.municipality)
    headers = {
        "Content-Disposition": f'inline; filename="{case.受付番号}.pdf"',
        "Content-Security-Policy": EMBEDDED,
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
