"""届出の一覧（審査・決裁を待つ列）と、一件の審査・決裁・差戻し・取下げ。"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.juki.domain import cases
from tsugaru.gyomu.juki.domain.kinds import 一覧
from tsugaru.gyomu.juki.models import 住民, 届出, 届出対象
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.person import CASE_COLUMNS, case_rows, kind_name
from tsugaru.gyomu.juki.screens.preview import preview
from tsugaru.gyomu.juki.screens.subject import GYOMU, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item, Step, StepState

PER_PAGE = 30
OPEN = ("1", "2", "4")
VIEWS = {"open": ("進んでいるもの", OPEN), "done": ("本登録", ("3",)), "dropped": ("取下げ", ("5",))}


class ActForm(ScreenForm):
    """一件にすること。版は、画面を開いたときのもの。"""

    do = forms.ChoiceField(choices=[(n, n) for n in ("review", "decide", "return", "drop")])
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(label="理由", max_length=200, required=False)


def queue(request: StaffRequest) -> HttpResponse:
    """審査・決裁を待つ届出。"""
    authz.require(request.seat.staff.section, GYOMU, "照会")
    view = request.GET.get("view", "open")
    if view not in VIEWS:
        raise Http404
    found = 届出.objects.filter(状態__in=VIEWS[view][1]).order_by("-入力日時", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    audit.record(act="届出の一覧", gyomu=GYOMU, detail={"view": view, "件数": len(page.object_list)})
    context = {
        "views": [(key, name, key == view) for key, (name, _) in VIEWS.items()],
        "rows": case_rows(page.object_list),
        "columns": CASE_COLUMNS,
        "page": page,
    }
    return render(request, "juki/cases.html", context)


def case(request: StaffRequest, pk: int) -> HttpResponse:
    """一件。前と後を見て、次へ進める。"""
    row = 届出.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    form = ActForm(request.POST or None)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            answer = _act(request, row, form.cleaned_data)
        except 業務エラー as refused:
            error = str(refused)
        else:
            return answer
    return _page(request, row, error)


def _page(request: StaffRequest, row: 届出, error: str) -> HttpResponse:
    numbers = list(届出対象.objects.filter(届出=row).order_by("pk").values_list("宛名番号", flat=True))
    known = 住民.objects.filter(pk__in=numbers).order_by("pk").first()
    person = load(request, _first(numbers, known), act="届出の照会") if known else None
    if person is None:
        authz.require(request.seat.staff.section, GYOMU, "照会")
        audit.record(act="届出の照会", subjects=numbers, gyomu=GYOMU)
    rights = authz.rights_of(request.seat.staff.section)
    context: dict[str, Any] = {
        "case": row,
        "kind": kind_name(row.種類),
        "steps": _steps(row),
        "items": _items(row),
        "error": error,
        "open": row.状態 in ("1", "2"),
        "mine": row.入力者 == request.seat.staff.number,
        "may_decide": (GYOMU, "決裁", 一覧[row.種類].決裁 if row.種類 in 一覧 else "基本") in rights,
        "may_enter": (GYOMU, "異動入力", "基本") in rights,
        "fresh": seats.is_fresh(request.seat, clock=request.clock),
        "step_url": _step_url(row),
        "people": 住民.objects.filter(pk__in=numbers) if row.状態 == "3" else [],
    }
    if row.状態 in OPEN:
        context |= _preview(request, row)
    return render(
        request,
        "juki/case.html",
        shell(request, person, **context) if person else context,
        status=409 if error else 200,
    )


def _first(numbers: list[str], known: 住民) -> str:
    """手元に出す人: 対象の最初の人。まだ歴の無い人なら、歴のある最初の人。"""
    return numbers[0] if 住民.objects.filter(pk=numbers[0]).exists() else known.宛名番号


def _preview(request: StaffRequest, row: 届出) -> dict[str, Any]:
    try:
        return {"found": preview(request, row)}
    except 業務エラー as stopped:
        return {"stopped": str(stopped)}


def _act(request: StaffRequest, row: 届出, given: dict[str, Any]) -> HttpResponse:
    section, number, version = request.seat.staff.section, request.seat.staff.number, given["version"]
    if given["do"] == "drop":
        authz.require(section, GYOMU, "異動入力")
        cases.取下げる(row.pk, 版=version, 理由=_reason(given))
        return _done(request, row, "取り下げました。")
    field = 一覧[row.種類].決裁
    authz.require(section, GYOMU, "決裁", field)
    if given["do"] == "return":
        cases.差戻す(row.pk, 版=version, 職員=number, 理由=_reason(given), clock=request.clock)
        return _done(request, row, "差し戻しました。")
    if given["do"] == "review":
        cases.審査する(row.pk, 版=version, 職員=number, clock=request.clock)
        return _done(request, row, "審査しました。")
    if not seats.is_fresh(request.seat, clock=request.clock):
        return redirect(_step_url(row))
    result = cases.決裁して本登録する(row.pk, 版=version, 職員=number, clock=request.clock)
    for alert in result.警告:
        messages.warning(request, f"{alert.番号} {alert.文}{alert.対処}")
    return _done(request, row, f"本登録しました（{len(result.行)}件の履歴）。")


def _reason(given: dict[str, Any]) -> str:
    text = str(given["reason"]).strip()
    if not text:
        raise 業務エラー(
            "JK-0807", "理由がありません。", "差戻し・取下げの理由を入れてください。", 項目="reason"
        )
    return text


def _done(request: StaffRequest, row: 届出, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("juki:case", row.pk)


def _step_url(row: 届出) -> str:
    return f"{reverse('step')}?{urlencode({'next': reverse('juki:case', args=[row.pk])})}"


def _steps(row: 届出) -> list[Step]:
    """仮登録 → 審査 → 決裁・本登録。"""
    stopped = row.状態 in ("4", "5")
    review: StepState = "stopped" if stopped else "done" if row.審査者 or row.状態 == "3" else "current"
    decide: StepState = "done" if row.状態 == "3" else "current" if row.状態 == "2" else "todo"
    return [
        Step("仮登録", "done", f"{row.入力者}　{shown.moment(row.入力日時)}"),
        Step(
            "差戻し" if row.状態 == "4" else "取下げ" if row.状態 == "5" else "審査",
            review,
            f"{row.審査者}　{shown.moment(row.審査日時)}".strip("　"),
        ),
        Step("決裁・本登録", decide, f"{row.決裁者}　{shown.moment(row.本登録日時)}".strip("　")),
    ]


def _items(row: 届出) -> list[Item]:
    return [
        Item("受付番号", row.受付番号),
        Item("異動の種類", kind_name(row.種類), note=一覧[row.種類].根拠 if row.種類 in 一覧 else ""),
        Item("異動日", shown.day(row.異動日)),
        Item("届出日", shown.day(row.届出日), note=row.届出の別),
        Item("届出人", row.届出人, "name", row.届出人資格),
        Item("備考", row.備考),
    ]
