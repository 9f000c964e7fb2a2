"""ファイルを入れる・ファイルと誤りを見る・誤りの一覧を渡す・取り下げる。"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound import receiving, resolving
from tsugaru.platform.inbound.models import Delivery, File, FileState, Posting
from tsugaru.platform.inbound.pages import shown
from tsugaru.platform.inbound.pages.forms import ReasonForm, UploadForm
from tsugaru.platform.inbound.pages.mounted import InboundPages, said
from tsugaru.platform.inbound.standing import absent_parts
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item

PAGE = 50


def upload(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """一つのファイルを入れる。断ったファイルも元のまま残り、訳を見せる。"""
    pages.require(request, pages.make)
    one = pages.delivery(number)
    missing, parts = absent_parts(one)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"part": missing[0] if missing else None, "parts": parts},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                file = _receive(pages, request, one, form)
        except (業務エラー, DatabaseError) as error:
            form.add_error(None, said(error))
        else:
            return redirect(_after(pages, request, file))
    context = {
        "title": "ファイルを入れる",
        "note": shown.delivery_name(one),
        "form": form,
        "primary": "受け取る",
        "multipart": True,
        "back_url": pages.url("inbound_delivery", number),
        "quiet": "12MBまで。中身は一字も変えずに残ります。様式・期間・件数が合わなければ断り、訳を示します。",
    }
    return render(request, "inbound/form.html", context, status=422 if form.errors else 200)


def _receive(pages: InboundPages, request: StaffRequest, one: Delivery, form: UploadForm) -> File:
    uploaded = form.cleaned_data["file"]
    return receiving.receive(
        one.pk,
        pages.layout(one),
        name=uploaded.name,
        content=uploaded.read(),
        part=form.cleaned_data["part"],
        parts=form.cleaned_data["parts"],
        staff=request.seat.staff.number,
        clock=request.clock,
    )


def _after(pages: InboundPages, request: StaffRequest, file: File) -> str:
    if file.state == FileState.REFUSED:
        messages.error(request, f"{file.name} を断りました。訳を差出人に伝えてください。")
        return pages.url("inbound_file", file.pk)
    messages.success(request, f"{file.name} を受け取りました（{file.rows:,}件）。")
    return pages.url("inbound_delivery", file.delivery_id)


def page(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """ファイルと、その誤り（行の順）。"""
    pages.require(request, pages.see)
    file = pages.file(number)
    posted = Posting.objects.filter(delivery=file.delivery_id).exists()
    open_ = file.state == FileState.ACCEPTED and not posted and pages.may(request, pages.make)
    faults = file.faults.select_related("resolution").order_by("row", "pk")
    here = Paginator(faults, PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": pages,
        "file": file,
        "badge": shown.badge(file.get_state_display(), shown.FILES[file.state]),
        "items": _items(file),
        "page": here,
        "columns": shown.FAULTS,
        "rows": shown.fault_rows(pages, here, open_=open_),
        "urls": {
            "back": pages.url("inbound_delivery", file.delivery_id),
            "errors": pages.url("inbound_errors", number),
            "withdraw": pages.url("inbound_withdraw", number) if open_ else "",
        },
    }
    return render(request, "inbound/file.html", context)


def _items(file: File) -> list[Item]:
    found = [
        Item("届け物", shown.delivery_name(file.delivery)),
        Item("何番目", f"{file.parts}つのうち{file.part}"),
        Item("件数", file.rows, "number"),
        Item("合計額", file.total, "yen"),
        Item("大きさ", f"{file.size:,}バイト"),
        Item("様式と符号", f"{file.layout}　{file.encoding}"),
        Item("要約", file.sha256[:16]),
        Item("受領", f"{file.received_by}　{shown.moment(file.received_at)}"),
    ]
    return [*found, Item("取下げの理由", file.reason)] if file.reason else found


def errors(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """誤りの一覧（CSV）。元の値は載らないので、差出人にそのまま渡せる。"""
    pages.require(request, pages.see)
    file = pages.file(number)
    content = resolving.error_csv(file)
    audit.record(act="誤りの一覧の書き出し", gyomu=pages.gyomu, detail={"file": number})
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="errors-{number}.csv"'
    return response


def withdraw(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """取り下げる（差替えが届いたとき）。"""
    pages.require(request, pages.make)
    file = pages.file(number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                receiving.withdraw(number, reason=form.cleaned_data["reason"])
        except DatabaseError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, f"{file.name} を取り下げました。")
            return redirect(pages.url("inbound_delivery", file.delivery_id))
    context = {
        "title": "ファイルの取下げ",
        "note": f"{file.name}　{shown.delivery_name(file.delivery)}",
        "form": form,
        "primary": "取り下げる",
        "danger": True,
        "back_url": pages.url("inbound_file", number),
        "quiet": "取り下げたファイルは戻せません。片付けた誤りも使えなくなります。元の中身は記録として残ります。",
    }
    return render(request, "inbound/form.html", context, status=422 if form.errors else 200)
