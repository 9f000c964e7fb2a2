"""一つの届け物の頁と、知らされた数の訂正。"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.platform.inbound import receiving
from tsugaru.platform.inbound.models import Delivery, Fault, FileState, Posting
from tsugaru.platform.inbound.pages import shown
from tsugaru.platform.inbound.pages.forms import AnnounceForm
from tsugaru.platform.inbound.pages.mounted import InboundPages, about, said
from tsugaru.platform.inbound.standing import Standing, State, absent_parts, standing
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.screens.request import StaffRequest

OPEN = (jobs.State.QUEUED, jobs.State.RUNNING)


def page(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """届け物の今と、次にすること。"""
    pages.require(request, pages.see)
    one = pages.delivery(number)
    found, job = standing(one), jobs.latest(about(number))
    posted = Posting.objects.filter(delivery=one).first()
    files = list(one.files.defer("content").order_by("part", "pk"))
    context = {
        "pages": pages,
        "delivery": one,
        "found": found,
        "badge": shown.state_badge(found),
        "items": shown.items(found),
        "posted": posted,
        "posted_at": shown.moment(posted.posted_at) if posted else "",
        "columns": shown.FILE_COLUMNS,
        "rows": shown.file_rows(pages, files, _left(one)),
        "failed": job if job is not None and job.state == jobs.State.FAILED and posted is None else None,
        "urls": _urls(pages, request, one, found, job),
        **moving(pages, one, job),
    }
    return render(request, "inbound/delivery.html", context)


def waiting_faults(one: Delivery) -> Any:
    """片付いていない、止める誤り（受理したファイルの）。"""
    return Fault.objects.filter(
        file__delivery=one, file__state=FileState.ACCEPTED, blocking=True, resolution=None
    )


def _left(one: Delivery) -> dict[int, int]:
    return dict(waiting_faults(one).values_list("file").annotate(Count("pk")).order_by())


def _urls(
    pages: InboundPages, request: StaffRequest, one: Delivery, found: Standing, job: jobs.Job | None
) -> dict[str, str]:
    """してよいことの釦。primary は、状態から決まる次の一つ。"""
    urls = {"list": pages.url("inbound_list")}
    if found.state is State.POSTED or (job is not None and job.state in OPEN):
        return urls
    if pages.may(request, pages.make):
        urls["counts"] = pages.url("inbound_counts", one.pk)
        if absent_parts(one)[0]:
            urls["upload"] = pages.url("inbound_upload", one.pk)
        if found.left:
            urls["fault"] = pages.url(
                "inbound_fault", waiting_faults(one).order_by("file__part", "row", "pk")[0].pk
            )
    if found.state is State.RESOLVED and pages.may(request, pages.decide):
        urls["post"] = pages.url("inbound_post", one.pk)
    return urls


def moving(pages: InboundPages, one: Delivery, job: jobs.Job | None) -> dict[str, Any]:
    """反映の仕事が動いている間だけ見せるもの。"""
    if job is None or job.state not in OPEN:
        return {"busy": False}
    end = jobs.expected_end(job)
    return {
        "busy": True,
        "job": job,
        "ahead": jobs.ahead(job),
        "end": shown.moment(end) if end else "",
        "progress_url": pages.url("inbound_progress", one.pk),
        "here_url": pages.url("inbound_delivery", one.pk),
    }


def counts(pages: InboundPages, request: StaffRequest, number: int) -> HttpResponse:
    """差出人の知らせが変わった。"""
    pages.require(request, pages.make)
    one = pages.delivery(number)
    form = AnnounceForm(
        request.POST or None, initial={"parts": one.parts, "rows": one.rows, "total": one.total}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                receiving.announce(number, **form.cleaned_data)
        except DatabaseError as error:
            form.add_error(None, said(error))
        else:
            return redirect(pages.url("inbound_delivery", number))
    context = {
        "title": "知らされた数の訂正",
        "note": shown.delivery_name(one),
        "form": form,
        "primary": "訂正する",
        "back_url": pages.url("inbound_delivery", number),
        "quiet": "前の数は監査に残ります。届いた数に合わせるためではなく、差出人に確かめた数を入れてください。",
    }
    return render(request, "inbound/form.html", context, status=422 if form.errors else 200)
