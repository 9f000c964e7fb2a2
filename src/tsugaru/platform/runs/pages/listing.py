"""実行の一覧と、準備。"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import execution
from tsugaru.platform.runs.models import Kind, Run, State
from tsugaru.platform.runs.pages import shown
from tsugaru.platform.runs.pages.forms import NewForm
from tsugaru.platform.runs.pages.mounted import OPEN, RunPages
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

PAGE = 50
COLUMNS = [
    Column("実行"), Column("計算"), Column("種類"), Column("期間"), Column("状態"), Column("人数", "number"),
    Column("作成者"), Column("作成日時", "date"), Column("確定日時", "date"),
]  # fmt: skip


def page(pages: RunPages, request: StaffRequest) -> HttpResponse:
    """新しい順の一覧。"""
    pages.require(request, pages.see)
    found = Paginator(Run.objects.filter(gyomu=pages.gyomu).order_by("-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    working = _working(list(found))
    context = {
        "pages": pages,
        "page": found,
        "columns": COLUMNS,
        "rows": [_row(pages, run, working) for run in found],
        "may_make": pages.may(request, pages.make),
        "urls": {name: pages.url(name) for name in ("home", "run_new", "run_diff")},
    }
    return render(request, "runs/list.html", context)


def _working(found: Sequence[Run]) -> dict[str, str]:
    """実行についての、最後の仕事のありさま。"""
    names = [execution.about(run.pk) for run in found]
    return dict(jobs.Job.objects.filter(about__in=names).order_by("pk").values_list("about", "state"))


def _row(pages: RunPages, run: Run, working: dict[str, str]) -> Row:
    cells = [
        str(run.pk), pages.name_of(run), Kind(run.kind).label, run.period, _state(run, working), run.people or None,
        run.maker, shown.moment(run.made_at), shown.moment(run.confirmed_at),
    ]  # fmt: skip
    ended = run.state in (State.SUPERSEDED, State.DISCARDED)
    return Row(cells, url=pages.url("run", run.pk), ended=ended)


def _state(run: Run, working: dict[str, str]) -> str:
    """準備・署名済のまま動いているもの、失敗したものは、そう言う。"""
    job = working.get(execution.about(run.pk))
    if job in OPEN:
        return shown.badge("確定しています" if run.state == State.SIGNED else "計算しています", "info")
    if job == jobs.State.FAILED and run.state in (State.DRAFT, State.COMPUTED, State.SIGNED):
        return shown.badge(f"{State(run.state).label}（失敗）", "danger")
    return shown.state_badge(run)


def new(pages: RunPages, request: StaffRequest) -> HttpResponse:
    """準備する。登録すれば、そのまま計算の順番に並ぶ。"""
    pages.require(request, pages.make)
    form = NewForm(pages, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run = _create(pages, request, form)
        except 業務エラー as error:
            form.add_error(None, str(error))
        else:
            return redirect(pages.url("run", run.pk))
    context = {"pages": pages, "form": form, "back_url": pages.url("run_list")}
    return render(request, "runs/new.html", context, status=422 if form.errors else 200)


def _create(pages: RunPages, request: StaffRequest, form: NewForm) -> Run:
    values = form.cleaned_data
    return execution.create(
        pages.definition(values["definition"]),
        kind=Kind(values["kind"]),
        period=values["period"],
        maker=request.seat.staff.number,
        clock=request.clock,
        supersedes=form.superseded(),
        reason=values["reason"],
    )
