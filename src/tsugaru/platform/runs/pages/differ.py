"""任意の二つの実行の差。原因を分けるには計算し直すことがあるので、働き手がして、できた差は残る。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import execution
from tsugaru.platform.runs.models import Cause, Run
from tsugaru.platform.runs.pages import shown
from tsugaru.platform.runs.pages.bucket import members
from tsugaru.platform.runs.pages.forms import DiffForm
from tsugaru.platform.runs.pages.mounted import OPEN, RunPages
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row

BUCKETS = [
    Column("原因"), Column("誰が入るか"), Column("人数", "number"), Column("前の合計", "yen"),
    Column("後の合計", "yen"), Column("差", "yen"),
]  # fmt: skip


def choose(pages: RunPages, request: StaffRequest) -> HttpResponse:
    """二つを選ぶ。同じ二つをもう比べていれば、それを開く。"""
    pages.require(request, pages.see)
    initial = {name: request.GET.get(name, "") for name in ("before", "after")}
    form = DiffForm(pages, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect(pages.url("run_diff_page", _job(request, form).pk))
    context = {"pages": pages, "form": form, "back_url": pages.url("run_list")}
    return render(request, "runs/diff_choose.html", context, status=422 if form.errors else 200)


def _job(request: StaffRequest, form: DiffForm) -> jobs.Job:
    before, after = int(form.cleaned_data["before"]), int(form.cleaned_data["after"])
    about = f"diff/{before}/{after}"
    last = jobs.latest(about)
    if last is not None and last.state in (*OPEN, jobs.State.DONE):
        return last
    return jobs.enqueue(
        execution.DIFFER,
        {"before": before, "after": after},
        maker=request.seat.staff.number,
        about=about,
        clock=request.clock,
    )


def page(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """差を見る。"""
    pages.require(request, pages.see)
    job, before, after = _found(pages, number)
    context = {
        "pages": pages,
        "job": job,
        "items": [Item("前", _said(pages, before)), Item("後", _said(pages, after))],
        "bucket_columns": BUCKETS,
        "bucket_rows": [_row(pages, job, one) for one in job.result.get("buckets", ())],
        "failed": job if job.state == jobs.State.FAILED else None,
        "back_url": pages.url("run_diff"),
        **_moving(pages, job),
        **_total(pages, job),
    }
    return render(request, "runs/diff.html", context)


def _found(pages: RunPages, number: int) -> tuple[jobs.Job, Run, Run]:
    job = jobs.Job.objects.filter(pk=number, kind=execution.DIFFER).first()
    if job is None:
        raise Http404
    return job, pages.found(job.arguments["before"]), pages.found(job.arguments["after"])


def _said(pages: RunPages, run: Run) -> str:
    return f"実行{run.pk}　{pages.name_of(run)}　{run.period}（{run.get_state_display()}）"


def _row(pages: RunPages, job: jobs.Job, one: dict[str, Any]) -> Row:
    cause = Cause(one["cause"])
    cells = [
        cause.label, shown.CAUSES[cause], one["people"], one["before"], one["after"],
        one["after"] - one["before"],
    ]  # fmt: skip
    return Row(cells, url=pages.url("run_diff_people", job.pk, cause.value))


def _total(pages: RunPages, job: jobs.Job) -> dict[str, Any]:
    total = next((one for one in job.result.get("buckets", ()) if one["cause"] == Cause.TOTAL), None)
    if total is None:
        return {}
    return {
        "bars": shown.bars(total["detail"]),
        "people_columns": shown.PEOPLE,
        "people_rows": shown.people(pages, total["detail"]["top"], seen={"diff": job.pk}),
    }


def _moving(pages: RunPages, job: jobs.Job) -> dict[str, Any]:
    return {
        "busy": job.state in OPEN,
        "what": "差の計算",
        "queued": job.state == jobs.State.QUEUED,
        "ahead": jobs.ahead(job) if job.state in OPEN else 0,
        "seen": None,
        "progress_url": pages.url("run_diff_progress", job.pk),
        "here_url": pages.url("run_diff_page", job.pk),
    }


def progress(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """進みだけ。"""
    pages.require(request, pages.see)
    job, _, _ = _found(pages, number)
    context = _moving(pages, job)
    if not context["busy"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "runs/_progress.html", context)


def people(pages: RunPages, request: StaffRequest, number: int, cause: str) -> HttpResponse:
    """一つの原因の全員。"""
    pages.require(request, pages.see)
    job, before, after = _found(pages, number)
    one = next((b for b in job.result.get("buckets", ()) if b["cause"] == cause), None)
    if one is None:
        raise Http404
    context = {
        "title": f"{Cause(cause).label}の人",
        "note": f"実行{before.pk} と 実行{after.pk} の差",
        "back_url": pages.url("run_diff_page", job.pk),
        **members(pages, request, one["members"], {"diff": job.pk, "cause": cause}),
    }
    return render(request, "runs/people.html", context)
