"""一つの束の頁: 分布・大きな変化・署名。全員は頁を分けて見る。"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs import blobs, gate
from tsugaru.platform.runs.difference import largest
from tsugaru.platform.runs.models import Bucket, Cause, Run
from tsugaru.platform.runs.pages import shown
from tsugaru.platform.runs.pages.forms import SignForm
from tsugaru.platform.runs.pages.mounted import Powers, RunPages, job_of, powers
from tsugaru.platform.runs.pages.run import ordered, signature, unsigned
from tsugaru.platform.screens.mounting import step_url
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item

PAGE = 50
NOT_FRESH = (
    "ID-0009 署名には5分以内の本人確認が要ります。下の釦から本人を確かめてください（所見は残ります）。"
)


def page(pages: RunPages, request: StaffRequest, number: int, cause: str) -> HttpResponse:
    """束を見て、署名する。"""
    pages.require(request, pages.see)
    run = pages.found(number)
    bucket = _found(run, cause)
    may = powers(pages, request, run, job_of(run))
    open_ = may.sign and signature(bucket) is None
    form = SignForm(request.POST or None, initial={"note": request.GET.get("note", "")[:200]})
    if request.method == "POST":
        pages.require(request, pages.decide)
        if form.is_valid() and _sign(request, run, bucket, form, may):
            following = unsigned(ordered(run))
            messages.success(request, f"{Cause(bucket.cause).label}の束に署名しました。")
            target = ("run_bucket", run.pk, following.cause) if following else ("run", run.pk)
            return redirect(pages.url(*target))
    context = {
        **_shown(pages, run, bucket),
        "form": form,
        "may": may,
        "open": open_,
        "outside": shown.outside(bucket.detail),
        "step_url": step_url(_with_note(pages, bucket, form)),
    }
    return render(request, "runs/bucket.html", context, status=422 if form.errors else 200)


def _sign(request: StaffRequest, run: Run, bucket: Bucket, form: SignForm, may: Powers) -> bool:
    if not may.fresh:
        form.add_error(None, NOT_FRESH)
        return False
    try:
        with transaction.atomic():
            gate.sign(
                run.pk, bucket.cause, signer=request.seat.staff.number, clock=request.clock, note=form.cleaned_data["note"]
            )  # fmt: skip
    except 業務エラー as error:
        form.add_error("note" if error.code == "RN-0008" else None, str(error))
        return False
    return True


def _with_note(pages: RunPages, bucket: Bucket, form: SignForm) -> str:
    url = pages.url("run_bucket", bucket.run_id, bucket.cause)
    note = form["note"].value()
    return f"{url}?{urlencode({'note': note})}" if note else url


def _found(run: Run, cause: str) -> Bucket:
    bucket = run.buckets.select_related("signature").filter(cause=cause).first()
    if bucket is None:
        raise Http404
    return bucket


def _shown(pages: RunPages, run: Run, bucket: Bucket) -> dict[str, Any]:
    signed = signature(bucket)
    return {
        "pages": pages,
        "run": run,
        "name": pages.name_of(run),
        "cause": Cause(bucket.cause).label,
        "who": shown.CAUSES[Cause(bucket.cause)],
        "items": [
            Item("人数", bucket.people, "number"),
            Item("前の合計", bucket.before, "yen"),
            Item("後の合計", bucket.after, "yen"),
            Item("差", bucket.after - bucket.before, "yen"),
        ],
        "signed": signed,
        "signed_at": shown.moment(signed.signed_at) if signed else "",
        "aggregate_columns": shown.AGGREGATES,
        "aggregate_rows": shown.aggregates(bucket.detail),
        "bars": shown.bars(bucket.detail),
        "people_columns": shown.PEOPLE,
        "people_rows": shown.people(
            pages, bucket.detail.get("top", ()), seen={"run": run.pk, "cause": bucket.cause}
        ),
        "people_url": pages.url("run_people", run.pk, bucket.cause),
        "back_url": pages.url("run", run.pk),
    }


def people(pages: RunPages, request: StaffRequest, number: int, cause: str) -> HttpResponse:
    """束の全員（変化の大きい順）。"""
    pages.require(request, pages.see)
    run = pages.found(number)
    bucket = _found(run, cause)
    context = {
        "title": f"{Cause(bucket.cause).label}の束の人",
        "note": f"{pages.name_of(run)}　{run.period}（実行{run.pk}）",
        "back_url": pages.url("run_bucket", run.pk, bucket.cause),
        **members(pages, request, bucket.members_id, {"run": run.pk, "cause": bucket.cause}),
    }
    return render(request, "runs/people.html", context)


def members(pages: RunPages, request: StaffRequest, members_id: str, seen: dict[str, Any]) -> dict[str, Any]:
    """人ごとの差を、頁に分けて。"""
    frame = largest(blobs.frame_of(members_id))
    found = Paginator(range(frame.height), PAGE).get_page(request.GET.get("page"))
    rows = frame.slice(found.start_index() - 1 if frame.height else 0, PAGE).to_dicts()
    return {
        "page": found,
        "columns": shown.PEOPLE,
        "rows": shown.people(pages, rows, seen={**seen, "page": found.number}),
    }
