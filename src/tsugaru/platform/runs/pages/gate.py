"""計算し直す・確定する・破棄する。確定は台帳の全員に書くので、働き手がする。"""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import execution, gate
from tsugaru.platform.runs.models import Cause, Run
from tsugaru.platform.runs.pages.forms import ConfirmForm, DiscardForm
from tsugaru.platform.runs.pages.mounted import RunPages, job_of, powers
from tsugaru.platform.screens.mounting import fresh
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item


def again(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """失敗した計算を、もう一度順番に並べる。"""
    pages.require(request, pages.make)
    run = _held(pages, number)
    if not powers(pages, request, run, job_of(run)).retry:
        raise _not_now(run)
    jobs.enqueue(
        execution.COMPUTE, {"run": run.pk}, maker=request.seat.staff.number, about=execution.about(run.pk), clock=request.clock
    )  # fmt: skip
    return redirect(pages.url("run", run.pk))


def confirm(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """確定する。作った人でない、確定の権限のある職員が、5分以内の本人確認をして行う。"""
    pages.require(request, pages.decide)
    run = _held(pages, number)
    if not powers(pages, request, run, job_of(run)).confirm:
        raise _not_now(run)
    if not fresh(request):
        raise 業務エラー(
            "ID-0009", "確定には5分以内の本人確認が要ります。", "もう一度本人を確かめてください。"
        )
    form = ConfirmForm(request.POST or None, initial={"book_period": run.period[:4]})
    if request.method == "POST" and form.is_valid():
        _enqueue(request, run, form)
        return redirect(pages.url("run", run.pk))
    context = {
        "pages": pages,
        "run": run,
        "name": pages.name_of(run),
        "form": form,
        "items": _items(run),
        "back_url": pages.url("run", run.pk),
    }
    return render(request, "runs/confirm.html", context, status=422 if form.errors else 200)


def _enqueue(request: StaffRequest, run: Run, form: ConfirmForm) -> None:
    approver = request.seat.staff.number
    jobs.enqueue(
        execution.CONFIRM,
        {
            "run": run.pk,
            "approver": approver,
            "book_period": form.cleaned_data["book_period"],
            "effective_on": form.cleaned_data["effective_on"].isoformat(),
        },
        maker=approver,
        about=execution.about(run.pk),
        clock=request.clock,
    )


def _items(run: Run) -> list[Item]:
    total = run.buckets.get(cause=Cause.TOTAL)
    found = [
        Item("人数", run.people, "number"),
        Item("総額", total.after, "yen"),
        Item("前の総額", total.before, "yen"),
        Item("動いた人", total.detail.get("moved"), "number"),
    ]
    if run.supersedes_id is not None:
        found.append(Item("打ち消す実行", f"実行{run.supersedes_id}（{run.reason}）"))
    return found


def discard(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """破棄する。確定した実行は破棄できない。"""
    pages.require(request, pages.make)
    run = _held(pages, number)
    if not powers(pages, request, run, job_of(run)).discard:
        raise _not_now(run)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            gate.discard(run.pk, reason=form.cleaned_data["reason"])
        return redirect(pages.url("run", run.pk))
    context = {
        "pages": pages,
        "run": run,
        "name": pages.name_of(run),
        "form": form,
        "back_url": pages.url("run", run.pk),
    }
    return render(request, "runs/discard.html", context, status=422 if form.errors else 200)


def _held(pages: RunPages, number: int) -> Run:
    """行を押さえて読む（二人が同時に同じ釦を押しても、一度だけになる）。"""
    run = pages.found(number)
    Run.objects.select_for_update().get(pk=run.pk)
    return pages.found(number)


def _not_now(run: Run) -> 業務エラー:
    return 業務エラー(
        "RN-0035",
        f"実行{run.pk}は{run.get_state_display()}で、いまこの操作はできません（作った人の署名・確定、動いている間の操作もできません）。",
        "実行の頁を開き直し、出ている釦から進めてください。",
    )
