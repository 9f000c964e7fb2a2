"""抑止とメモ（F3）。一人の画面と、終了日を過ぎた抑止の一覧。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.juki.domain import holds, notes
from tsugaru.gyomu.juki.models import メモ, 抑止
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.subject import GYOMU, Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

MINUTES = 30


class HoldForm(ScreenForm):
    """抑止の登録。"""

    scope = forms.ChoiceField(
        label="対象",
        choices=[("person", "本人"), ("household", "世帯")],
        widget=forms.RadioSelect,
        initial="person",
    )
    process = forms.ChoiceField(label="止める処理", choices=[(p, p) for p in holds.対象処理])
    level = forms.ChoiceField(label="水準", choices=[("エラー", "止める"), ("アラート", "知らせる")])
    reason = forms.CharField(label="理由", max_length=100)
    starts = WarekiField(label="開始日")
    ends = WarekiField(label="終了日", required=False, help_text="過ぎても、解除するまで効きます")


class NoteForm(ScreenForm):
    """メモ。"""

    text = forms.CharField(label="本文", max_length=500, widget=forms.Textarea({"rows": 3}))


def page(request: StaffRequest, number: str) -> HttpResponse:
    """抑止とメモ。"""
    person = load(request, number, act="抑止・メモの画面")
    doing = request.POST.get("do", "")
    hold = HoldForm(request.POST if doing == "hold" else None, initial={"starts": request.clock.today()})
    note = NoteForm(request.POST if doing == "note" else None)
    error = ""
    if request.method == "POST":
        authz.require(request.seat.staff.section, GYOMU, "異動入力")
        try:
            if _do(request, person, doing, hold, note):
                return redirect("juki:notes", number)
        except 業務エラー as refused:
            error = str(refused)
    context: dict[str, Any] = {
        "hold": hold,
        "note": note,
        "error": error,
        "holds": holds.効いている抑止([number], clock=request.clock),
        "notes": notes.一覧(number),
        "may": person.may("異動入力"),
        "may_support": person.may("異動入力", "支援措置"),
    }
    return render(
        request,
        "juki/notes.html",
        shell(request, person, **context),
        status=422 if error or hold.errors or note.errors else 200,
    )


def _do(request: StaffRequest, person: Person, doing: str, hold: HoldForm, note: NoteForm) -> bool:
    staff, clock, number = request.seat.staff.number, request.clock, person.row.宛名番号
    if doing == "hold" and hold.is_valid():
        holds.登録する(_content(person, hold.cleaned_data), 職員=staff, clock=clock)
        messages.success(request, "抑止を登録しました。")
        return True
    if doing == "note" and note.is_valid():
        notes.書く(number, note.cleaned_data["text"], 職員=staff, clock=clock)
        return True
    if doing in ("release", "pause"):
        row = _own(person, request.POST.get("hold", ""))
        if doing == "pause":
            holds.一時解除する(row.pk, 分=MINUTES, clock=clock)
            messages.warning(request, f"{MINUTES}分のあいだ抑止を外しました。")
        else:
            holds.解除する(row.pk, 職員=staff, clock=clock)
            messages.success(request, "抑止を解除しました。")
        return True
    if doing == "erase":
        wanted = request.POST.get("note", "")
        if メモ.objects.filter(pk=wanted if wanted.isdigit() else 0, 宛名番号=number).exists():
            notes.消す(int(wanted), 職員=staff, clock=clock)
            return True
        raise 業務エラー("JK-0808", "この人のメモではありません。", "開き直してください。")
    return False


def _content(person: Person, given: dict[str, Any]) -> holds.抑止の内容:
    own = given["scope"] == "person"
    return holds.抑止の内容(
        対象処理=given["process"],
        水準=given["level"],
        理由=given["reason"],
        開始日=given["starts"],
        終了日=given["ends"],
        宛名番号=person.row.宛名番号 if own else "",
        世帯番号="" if own else person.row.世帯番号,
    )


def _own(person: Person, text: str) -> 抑止:
    """この人（かその世帯）の抑止だけ。別の人の画面からは触れない。"""
    row = 抑止.objects.filter(pk=int(text) if text.isascii() and text.isdigit() else 0).first()
    if row is None or (row.宛名番号 or row.世帯番号) not in (person.row.宛名番号, person.row.世帯番号):
        raise 業務エラー("JK-0808", "この人の抑止ではありません。", "開き直してください。")
    return row


def overdue(request: StaffRequest) -> HttpResponse:
    """終了日を過ぎても効いている抑止。"""
    authz.require(request.seat.staff.section, GYOMU, "照会")
    rows = [
        Row(
            [r.宛名番号 or f"世帯 {r.世帯番号}", r.対象処理, r.水準, r.理由, shown.day(r.終了日), r.登録者],
            url=reverse("juki:notes", args=[r.宛名番号]) if r.宛名番号 else "",
        )
        for r in holds.終了日を過ぎた抑止(clock=request.clock)
    ]
    columns = [
        Column("対象"),
        Column("処理"),
        Column("水準"),
        Column("理由"),
        Column("終了日", "date"),
        Column("登録者"),
    ]
    return render(
        request,
        "juki/list.html",
        {
            "title": "終了日を過ぎた抑止",
            "rows": rows,
            "columns": columns,
            "empty": "終了日を過ぎた抑止はありません",
        },
    )
