"""一人の通知: 作ったもの・まだのもの。刷り上がりを見る、作る、宛先を直した後に作り直す。前の一通は残る。"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import notice_single, notifying
from tsugaru.gyomu.kojin.domain.notice_single import 頼み
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.notices import found
from tsugaru.gyomu.kojin.screens.paper import EMBEDDED
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents.models import Document
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row
from tsugaru.platform.screens.templatetags.screens import number as 数字

MADE = [
    Column("通知番号"), Column("様式"), Column("税額", "yen"), Column("作成", "date"), Column("作成者"), Column("束"), Column("今"),
    Column("作り直した理由"),
]  # fmt: skip
OVERFLOW = "途切れを承知"


class MakeForm(ScreenForm):
    """一通を作る・作り直す。"""

    通知 = forms.ChoiceField(label="通知", widget=forms.Select({"data-width": "l"}))
    日 = WarekiField(label="通知年月日")
    文書番号 = forms.CharField(label="文書番号", max_length=30, required=False)
    理由 = forms.CharField(
        label="作り直す理由", max_length=200, required=False, widget=forms.TextInput({"data-width": "l"})
    )
    途切れを承知 = forms.BooleanField(label="枠に入りきらない項目の途切れを承知で作る", required=False)

    def __init__(self, items: Sequence[一通], *args: object, **options: object) -> None:
        """選べるのは、この人のこの実行の通知だけ。"""
        super().__init__(*args, **options)
        self.fields["通知"].choices = [(str(one.位置), _name(one)) for one in items]  # type: ignore[attr-defined]

    def clean_文書番号(self) -> str:
        """刷れる文字（KJ-4111）。"""
        return self._text("文書番号", 30)

    def clean_理由(self) -> str:
        """台帳に入る文字（KJ-4111）。"""
        return self._text("理由", 200)

    def _text(self, name: str, most: int) -> str:
        return moji.検査する文字列(self.cleaned_data[name], 項目=name, 最大文字数=most, code="KJ-4111")


def _name(one: 一通) -> str:
    firm = f"　指定番号 {one.まとまり}" if one.まとまり else ""
    return f"{one.様式}　{数字(one.税額)}円{firm}"


def person(request: StaffRequest, run: int, number: str) -> HttpResponse:
    """一人の通知を見る。作る。"""
    one, plan = found(run)
    operation = "発行" if request.method == "POST" else "照会"
    who = load(request, number, plan.課税年度, operation=operation, act="通知の画面")
    items = _items(plan, number)
    _open(request, who, items)
    initial = {"日": request.clock.today(), "通知": str(items[0].位置)}
    form = MakeForm(items, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = make(request, plan, _chosen(items, form), form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            messages.success(request, f"通知 {row.通知番号} を作りました。")
            return redirect("kojin:notice_person", one.pk, number)
    context = shell(
        request,
        who,
        heading=f"通知　{shown.year_name(plan.課税年度)}",
        note=f"実行{one.pk}",
        form=form,
        rows=made_rows(one.pk, number),
        columns=MADE,
        single=len(items) == 1,
        may_make=who.may("発行"),
        preview_url=reverse("kojin:notice_preview", args=[one.pk, number]),
        back_url=reverse("kojin:notice_run", args=[one.pk]),
    )
    return render(request, "kojin/notice_person.html", context, status=422 if form.errors else 200)


@require_POST
def preview(request: StaffRequest, run: int, number: str) -> HttpResponse:
    """刷り上がりを見る（確認用と刷り、通知の控えには載らない）。"""
    one, plan = found(run)
    who = load(request, number, plan.課税年度, operation="発行", act="通知の確認用の作成")
    items = _items(plan, number)
    form = MakeForm(items, request.POST)
    form.is_valid()
    try:
        with transaction.atomic():
            made = notice_single.確認用を作る(
                plan, _chosen(items, form), form.cleaned_data.get("日") or request.clock.today(),
                団体=request.municipality, seat=request.seat, clock=request.clock,
            )  # fmt: skip
    except 業務エラー as error:
        messages.error(request, str(error))
        return redirect("kojin:notice_person", one.pk, who.number)
    return redirect("kojin:notice_seen", one.pk, number, made)


def seen(request: StaffRequest, run: int, number: str, document: UUID) -> HttpResponse:
    """確認用の一通。"""
    _, plan = found(run)
    who = load(request, number, plan.課税年度, operation="発行", act="通知の確認用の画面")
    kept = Document.objects.filter(
        pk=document, gyomu=GYOMU, subjects=[number], issue_number=notice_single.確認用
    )
    if not kept.exists():
        raise Http404
    context = shell(
        request,
        who,
        title=f"通知の確認用　{shown.year_name(plan.課税年度)}",
        document=document,
        note="刷り上がりを見るためのもので、送れません。",
        mine=kept.filter(seat=request.seat.pk).exists(),
        back=reverse("kojin:notice_person", args=[run, number]),
    )
    return render(request, "kojin/paper.html", context)


def paper(request: StaffRequest, document: UUID) -> HttpResponse:
    """作った一通の PDF。要約と載っている人が控えと合うときだけ渡る。"""
    for field in ("税額", "住所"):
        authz.require(request.seat.staff.section, GYOMU, "照会", field)
    row = 課税通知.objects.filter(文書=document).first()
    if row is None:
        raise Http404
    content = notice_single.渡す(row, seat=request.seat, clock=request.clock)
    headers = {
        "Content-Disposition": f'inline; filename="{row.通知番号}.pdf"',
        "Content-Security-Policy": EMBEDDED,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _items(plan: 通知の計画, number: str) -> list[一通]:
    """この人の通知（義務者用を除く）。無ければ 404。"""
    found = [one for one in plan.通知 if one.相手 == number and one.様式 != notifying.義務者]
    if not found:
        raise Http404
    return found


def _open(request: StaffRequest, who: Person, items: Sequence[一通]) -> None:
    """支援措置により伏せる人なら、打つ前に本人確認か引継ぎへ。"""
    if who.may("発行") and any(notice_single.伏せを外す(one) for one in items):
        disclosure.reveal_addresses(
            request.seat, gyomu=GYOMU, subjects=[who.number], kinds=["住所"], unmask=True
        )


def _chosen(items: Sequence[一通], form: MakeForm) -> 一通:
    wanted = form.cleaned_data.get("通知")
    return next((one for one in items if str(one.位置) == wanted), items[0])


def make(request: StaffRequest, plan: 通知の計画, one: 一通, form: MakeForm) -> 課税通知:
    """打たれたとおりに一通を作る。"""
    values = form.cleaned_data
    wanted = 頼み(
        日=values["日"], 文書番号=values["文書番号"], 理由=values["理由"], 途切れを承知=values[OVERFLOW]
    )
    return notice_single.一通を作る(
        plan, one, wanted, 団体=request.municipality, seat=request.seat, clock=request.clock
    )


def made_rows(run: int, number: str) -> list[Row]:
    """作った通知（新しいものから）。今の一通でないものは薄く。"""
    made = list(課税通知.objects.filter(実行=run, 相手=number).order_by("様式", "-回"))
    newest: dict[str, int] = {}
    for row in made:
        newest.setdefault(row.様式, row.回)
    return [
        Row(
            [
                row.通知番号, row.様式, row.税額, row.作成日時.date(), row.作成者, f"第{row.束}束" if row.束 else "一通",
                "今の一通" if row.回 == newest[row.様式] else "前の一通", row.理由 or None,
            ],
            url=reverse("kojin:notice_paper", args=[row.文書]),
            ended=row.回 != newest[row.様式],
        )
        for row in made
    ]  # fmt: skip
