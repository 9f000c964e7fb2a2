"""届くはずのものの一覧と、登録。"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound import receiving
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.inbound.pages import shown
from tsugaru.platform.inbound.pages.forms import FilterForm, NewForm
from tsugaru.platform.inbound.pages.mounted import InboundPages
from tsugaru.platform.inbound.standing import Standing, State, standings
from tsugaru.platform.screens.request import StaffRequest

PAGE = 50


def page(pages: InboundPages, request: StaffRequest) -> HttpResponse:
    """期間と種類ごとの数と、一つずつの今。足りないものから並ぶ。"""
    pages.require(request, pages.see)
    everything = Delivery.objects.filter(kind__in=pages.kinds)
    periods = sorted(everything.order_by().values_list("period", flat=True).distinct(), reverse=True)
    form = FilterForm(pages, periods, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = _found(pages, wanted)
    left = [one for one in found if one.state is not State.POSTED] if wanted.get("only") else found
    here = Paginator(left, PAGE).get_page(request.GET.get("page"))
    context = {
        "pages": pages,
        "form": form,
        "page": here,
        "columns": shown.LIST,
        "rows": shown.rows(pages, here, request.clock.today()),
        "summary_columns": shown.SUMMARY,
        "summary_rows": shown.summary(found),
        "may_make": pages.may(request, pages.make),
        "urls": {name: pages.url(name) for name in ("home", "inbound_new", "inbound_list")},
    }
    return render(request, "inbound/list.html", context)


def _found(pages: InboundPages, wanted: dict[str, str]) -> list[Standing]:
    chosen = Delivery.objects.filter(kind__in=pages.kinds)
    chosen = chosen.filter(period=wanted["period"]) if wanted.get("period") else chosen
    chosen = chosen.filter(kind=wanted["kind"]) if wanted.get("kind") else chosen
    order = {state: n for n, state in enumerate((*State,))}
    found = standings(list(chosen.order_by("-period", "kind", "sender")))
    return sorted(found, key=lambda one: order[one.state])


def new(pages: InboundPages, request: StaffRequest) -> HttpResponse:
    """届くはずのものを登録する。"""
    pages.require(request, pages.make)
    form = NewForm(pages, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = receiving.expect(
                    **form.cleaned_data, staff=request.seat.staff.number, clock=request.clock
                )
        except 業務エラー as error:
            form.add_error(None, str(error))
        else:
            return redirect(pages.url("inbound_delivery", made.pk))
    context = {
        "title": "届くはずのものの登録",
        "note": pages.title,
        "form": form,
        "primary": "登録する",
        "back_url": pages.url("inbound_list"),
        "quiet": "数は、差出人が知らせたときだけ入れます。入れた数と届いた数が合わなければ、反映できません。",
    }
    return render(request, "inbound/form.html", context, status=422 if form.errors else 200)
