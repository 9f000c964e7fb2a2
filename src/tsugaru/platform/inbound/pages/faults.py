"""誤りを一つずつ片付ける。値を直すか、行を除く。どちらも理由が要り、片付ければ次の誤りへ移る。"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound import resolving
from tsugaru.platform.inbound.models import Fault, File, FileState
from tsugaru.platform.inbound.pages.delivery import waiting_faults
from tsugaru.platform.inbound.pages.forms import FaultForm
from tsugaru.platform.inbound.pages.mounted import InboundPages
from tsugaru.platform.inbound.parsing import row_of
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item


def page(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """一つの誤り。"""
    pages.require(request, pages.make)
    fault = pages.fault(number)
    correctable = _correctable(pages, fault)
    form = FaultForm(request.POST or None, correctable=correctable)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _settle(pages, request, fault, form)
        except 業務エラー as error:
            form.add_error("value" if error.code == "IB-0005" else None, str(error))
        else:
            return redirect(_next(pages, request, fault))
    context = {
        "pages": pages,
        "fault": fault,
        "form": form,
        "items": [*_said(fault), *_row(pages, fault)],
        "correctable": correctable,
        "open": fault.blocking
        and fault.file.state == FileState.ACCEPTED
        and not hasattr(fault, "resolution"),
        "left": waiting_faults(fault.file.delivery).count(),
        "back_url": pages.url("inbound_file", fault.file_id),
    }
    return render(request, "inbound/fault.html", context, status=422 if form.errors else 200)


def _correctable(pages: InboundPages, fault: Fault) -> bool:
    """値を直せるか。列の数が違う行と、ほかの団体の行は、除くことしかできない。"""
    columns = {column.name for column in pages.layout(fault.file.delivery).columns}
    return fault.column in columns and fault.code != "IB-0111"


def _settle(pages: InboundPages, request: StaffRequest, fault: Fault, form: FaultForm) -> None:
    reason, staff = form.cleaned_data["reason"], request.seat.staff.number
    if request.POST.get("do") == "exclude" or "value" not in form.cleaned_data:
        resolving.exclude(fault.pk, reason=reason, staff=staff, clock=request.clock)
        return
    value = form.cleaned_data["value"]
    layout = pages.layout(fault.file.delivery)
    resolving.correct(fault.pk, layout, value=value, reason=reason, staff=staff, clock=request.clock)


def _next(pages: InboundPages, request: StaffRequest, fault: Fault) -> str:
    delivery = fault.file.delivery
    following = waiting_faults(delivery).order_by("file__part", "row", "pk").first()
    if following is not None:
        messages.success(request, f"{fault.row}行を片付けました。次の誤りです。")
        return pages.url("inbound_fault", following.pk)
    messages.success(request, "全ての誤りを片付けました。")
    return pages.url("inbound_delivery", delivery.pk)


def _said(fault: Fault) -> list[Item]:
    return [
        Item("ファイル", fault.file.name),
        Item("行と項目", f"{fault.row}行　{fault.column}"),
        Item("何が", f"{fault.code} {fault.reason}"),
        Item("どうする", fault.remedy),
    ]


def _row(pages: InboundPages, fault: Fault) -> list[Item]:
    """その行の、見せてよい列。見たことが監査に残る。"""
    names = pages.shown(fault.file.delivery)
    if not names or not fault.row:
        return []
    content = bytes(File.objects.values_list("content", flat=True).get(pk=fault.file_id))
    values = row_of(content, pages.layout(fault.file.delivery), fault.row)
    audit.record(
        act="受け取りの行の照会", gyomu=pages.gyomu, detail={"file": fault.file_id, "row": fault.row}
    )
    return [Item(name, values[name]) for name in names if name in values]
