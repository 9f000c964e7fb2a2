"""担当の通知: 支援措置により伏せる人の通知は、一括では作らず、担当が自分の席で本人確認をして作り、別の束で受け取る。"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import notice_single, notice_status
from tsugaru.gyomu.kojin.domain.notice_making import まだの通知
from tsugaru.gyomu.kojin.domain.notice_single import 頼み
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.notices import OrderForm, found
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

PEOPLE = [Column("宛名番号"), Column("氏名", "name"), Column("様式"), Column("税額", "yen"), Column("通知")]
AT_ONCE = 20
"""一度の送信で作る数。"""


def page(request: StaffRequest, run: int) -> HttpResponse:
    """一覧と、まとめて作ること。"""
    for operation, field in (("発行", "税額"), ("照会", "支援措置")):
        authz.require(request.seat.staff.section, GYOMU, operation, field)
    one, plan = found(run)
    items = notice_status.担当の通知(plan)
    people = sorted({item.相手 for item in items})
    if people:
        disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=people, kinds=["住所"], unmask=True)
    left = まだの通知(plan, items)
    form = OrderForm(request.POST or None, initial={"日": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        _make(request, plan, left[:AT_ONCE], form)
        return redirect("kojin:notice_guarded", one.pk)
    audit.record(act="担当の通知の画面", gyomu=GYOMU, subjects=people, detail={"run": one.pk})
    context = {
        "heading": f"担当の通知（支援措置）　{shown.year_name(plan.課税年度)}",
        "note": f"実行{one.pk}",
        "form": form,
        "rows": _rows(one.pk, items, left),
        "columns": PEOPLE,
        "left": len(left),
        "at_once": AT_ONCE,
        "may_take": all(authz.allows(request.seat.staff.section, GYOMU, "一括", f) for f in ("税額", "住所"))
        and len(left) < len(items),
        "bundle_url": reverse("kojin:notice_guarded_bundle", args=[one.pk]),
        "back_url": reverse("kojin:notice_run", args=[one.pk]),
    }
    return render(request, "kojin/notice_guarded.html", context, status=422 if form.errors else 200)


def _make(request: StaffRequest, plan: 通知の計画, items: list[一通], form: OrderForm) -> None:
    """一人ずつ作る。作れなかった人は、訳を言って次へ進む。"""
    wanted = 頼み(日=form.cleaned_data["日"], 文書番号=form.cleaned_data["文書番号"])
    made = 0
    for one in items:
        try:
            with transaction.atomic():
                notice_single.一通を作る(
                    plan, one, wanted, 団体=request.municipality, seat=request.seat, clock=request.clock
                )
        except 業務エラー as error:
            messages.error(request, f"宛名番号{one.相手}: {error}")
        else:
            made += 1
    messages.success(request, f"{made}通を作りました。")


def _rows(run: int, items: list[一通], left: list[一通]) -> list[Row]:
    names = atena.見出しを読む({one.相手 for one in items})
    waiting = {one.鍵 for one in left}
    return [
        Row(
            [
                one.相手, names[one.相手].氏名 if one.相手 in names else "", one.様式, one.税額,
                "まだ" if one.鍵 in waiting else "作った",
            ],
            url=reverse("kojin:notice_person", args=[run, one.相手]),
        )
        for one in items
    ]  # fmt: skip
