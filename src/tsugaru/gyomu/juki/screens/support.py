"""支援措置の画面。受付は一段で仮の保護までかかり、決定・延長・解除は本人確認の後に行う。"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki.domain import release, support
from tsugaru.gyomu.juki.models import 支援措置
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.options import offer
from tsugaru.gyomu.juki.screens.subject import GYOMU, Person, load, role, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row

FIELD = "支援措置"
COLUMNS = [
    Column("受付番号"),
    Column("申出者", "name"),
    Column("種別"),
    Column("状態"),
    Column("期間の終わり", "date"),
    Column("人数", "number"),
]


class IntakeForm(ScreenForm):
    """申出の受付。"""

    kind = forms.ChoiceField(label="種別", choices=[(k, k) for k in support.種別の一覧])
    filed_on = WarekiField(label="申出日")
    together = forms.MultipleChoiceField(
        label="併せて支援を求める者", required=False, widget=forms.CheckboxSelectMultiple
    )
    opponent = forms.CharField(
        label="相手方の氏名", max_length=100, required=False, widget=forms.TextInput({"data-name": True})
    )
    opponent_born = forms.CharField(label="相手方の生年月日", max_length=20, required=False)
    opponent_note = forms.CharField(label="相手方について", max_length=300, required=False)
    consulted = forms.CharField(
        label="相談先",
        max_length=60,
        required=False,
        help_text="警察・配偶者暴力相談支援センター・児童相談所など",
    )
    origin = forms.CharField(
        label="当初受付の市区町村", max_length=40, required=False, help_text="転送された申出のとき"
    )
    note = forms.CharField(label="備考", max_length=300, required=False)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        """併せて求める者は、世帯の人から選ぶ。"""
        super().__init__(*args, **kwargs)
        others = [m for m in person.members if m.宛名番号 != person.row.宛名番号]
        offer(self, "together", [(m.宛名番号, f"{m.氏名}（{role(m)}）") for m in others])


class ActForm(ScreenForm):
    """決定・延長・解除の求め。"""

    day = WarekiField(label="連絡日・申出日", required=False)
    text = forms.CharField(label="意見・理由", max_length=200, required=False)


def queue(request: StaffRequest) -> HttpResponse:
    """期間の終わりが近いもの・過ぎたもの・解除の求め・全て。"""
    _require(request)
    near, past = support.期間の終わりが近い(clock=request.clock), support.期間の過ぎた(clock=request.clock)
    others = 支援措置.objects.filter(状態__in=support.効いている状態).order_by("期間終", "pk")
    heads = atena.見出しを読む(row.申出者 for row in others)
    audit.record(act="支援措置の一覧", gyomu=GYOMU, subjects=sorted(heads))
    context = {
        "columns": COLUMNS,
        "near": _rows(near, heads),
        "past": _rows(past, heads),
        "all": _rows(others, heads),
        "asked": release.求めの一覧(),
    }
    return render(request, "juki/support.html", context)


def _rows(found: Any, heads: Any) -> list[Row]:
    return [
        Row(
            [
                r.受付番号,
                heads[r.申出者].氏名 if r.申出者 in heads else r.申出者,
                r.種別,
                r.状態,
                shown.day(r.期間終),
                1 + len(r.併せて),
            ],
            url=reverse("juki:support_case", args=[r.pk]),
            alert=r.状態 == "仮",
        )
        for r in found
    ]


def intake(request: StaffRequest, number: str) -> HttpResponse:
    """受付。登録したときから、申出者と併せて求める者の全員の住所が伏せられる。"""
    _require(request, "異動入力")
    person = load(request, number, act="支援措置の受付の画面")
    form = IntakeForm(
        person,
        request.POST or None,
        initial={
            "filed_on": request.clock.today(),
            "together": [m.宛名番号 for m in person.members if m.宛名番号 != number],
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = support.受付する(
                _content(number, form.cleaned_data), 職員=request.seat.staff.number, clock=request.clock
            )
        except 業務エラー as error:
            form.add_error({"種別": "kind", "申出日": "filed_on"}.get(error.項目 or ""), str(error))
        else:
            messages.success(request, "受け付けました。仮の保護がかかりました。")
            return redirect("juki:support_case", row.pk)
    return render(
        request,
        "juki/support_intake.html",
        shell(request, person, form=form),
        status=422 if form.errors else 200,
    )


def _content(number: str, given: dict[str, Any]) -> support.申出:
    return support.申出(
        申出者=number,
        種別=given["kind"],
        申出日=given["filed_on"],
        併せて=tuple(given["together"]),
        相手方氏名=given["opponent"],
        相手方生年=given["opponent_born"],
        相手方備考=given["opponent_note"],
        当初受付=given["origin"],
        相談先=given["consulted"],
        備考=given["note"],
    )


def case(request: StaffRequest, pk: int) -> HttpResponse:
    """一件の決定・延長・解除。"""
    _require(request)
    row = 支援措置.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    form = ActForm(request.POST or None, initial={"day": request.clock.today()})
    error = ""
    if request.method == "POST" and form.is_valid():
        if not seats.is_fresh(request.seat, clock=request.clock):
            return redirect(
                f"{reverse('step')}?{urlencode({'next': reverse('juki:support_case', args=[pk])})}"
            )
        try:
            messages.success(request, _act(request, row, form.cleaned_data))
            return redirect("juki:support_case", pk)
        except 業務エラー as refused:
            error = str(refused)
    person = load(request, row.申出者, act="支援措置の照会")
    asked = row.解除の求め_set.order_by("-pk").first()
    context = {
        "case": row,
        "items": _items(row),
        "form": form,
        "error": error,
        "asked": asked if row.状態 in support.効いている状態 else None,
        "active": row.状態 in support.効いている状態,
        "mine": row.受付者 == request.seat.staff.number,
        "fresh": seats.is_fresh(request.seat, clock=request.clock),
        "step_url": f"{reverse('step')}?{urlencode({'next': reverse('juki:support_case', args=[pk])})}",
    }
    return render(
        request,
        "juki/support_case.html",
        shell(request, person, **context),
        status=422 if error or form.errors else 200,
    )


def _act(request: StaffRequest, row: 支援措置, given: dict[str, Any]) -> str:
    staff, clock, doing = request.seat.staff.number, request.clock, request.POST.get("do")
    day = given["day"] or clock.today()
    if doing == "decide":
        _require(request, "決裁")
        support.決定する(row.pk, 連絡日=day, 意見=given["text"], 職員=staff, clock=clock)
        return "決定しました。"
    if doing == "extend":
        _require(request, "異動入力")
        support.延長する(row.pk, 申出日=day, 職員=staff, clock=clock)
        return "延長しました。"
    if doing in ("ask", "reject"):
        _require(request, "異動入力")
        release.解除を求める(
            row.pk, 理由=given["text"], 結果="終了" if doing == "ask" else "却下", 職員=staff, clock=clock
        )
        return "解除を求めました。別の職員が認めるまで保護は続きます。"
    if doing == "approve":
        _require(request, "決裁")
        wanted = request.POST.get("asked", "")
        release.解除を認める(int(wanted) if wanted.isdigit() else 0, 職員=staff, clock=clock)
        return "解除しました。"
    raise 業務エラー("JK-0809", "することが選ばれていません。", "ボタンを選んでください。")


def _items(row: 支援措置) -> list[Item]:
    heads = atena.見出しを読む(row.併せて)
    together = "、".join(heads[n].氏名 if n in heads else n for n in row.併せて)
    return [
        Item("受付番号", row.受付番号, note=row.状態),
        Item("種別", row.種別),
        Item("申出日", shown.day(row.申出日)),
        Item(
            "期間",
            f"{shown.day(row.期間始)} から {shown.day(row.期間終)} まで",
            note="過ぎても解除するまで続きます",
        ),
        Item("併せて支援を求める者", together, "name"),
        Item("相手方", row.相手方氏名, "name", row.相手方生年),
        Item("相手方について", row.相手方備考),
        Item("相談先", row.相談先),
        Item("意見", row.意見),
        Item("受付", f"{row.受付者}　{shown.moment(row.受付日時)}", note=row.当初受付),
        Item("決定", f"{row.決裁者}　{shown.moment(row.決定日時)}".strip("　")),
        Item("備考", row.備考),
    ]


def _require(request: StaffRequest, operation: str = "照会") -> None:
    authz.require(request.seat.staff.section, GYOMU, operation, FIELD)
