"""履歴（F4）。ある日の姿と、ある日に知っていた姿を、どの画面からでも見る。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from django.http import HttpResponse
from django.shortcuts import render

from tsugaru.gyomu.juki.domain import timeline
from tsugaru.gyomu.juki.domain.codes import 取消しの事由, 異動事由
from tsugaru.gyomu.juki.domain.state import 住民票, 状態
from tsugaru.gyomu.juki.models import 住民履歴
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.labels import HIDDEN, label, value_of
from tsugaru.gyomu.juki.screens.person import entry
from tsugaru.gyomu.juki.screens.subject import Person, load, shell
from tsugaru.kernel.clock import JAPAN
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Change, Entry, Item


class AsOfForm(ScreenForm):
    """いつの姿か。両方とも空なら今。"""

    on = WarekiField(label="この日の姿", required=False)
    known = WarekiField(label="この日までに知っていたこと", required=False)


def history(request: StaffRequest, number: str) -> HttpResponse:
    """歴の全てと、求めた日の姿。"""
    person = load(request, number, unmask=request.GET.get("open") == "1", act="履歴照会")
    rows = list(住民履歴.objects.filter(宛名番号=number).order_by("履歴番号"))
    form = AsOfForm(request.GET if {"on", "known"} & set(request.GET) else None)
    context = shell(request, person, form=form, entries=entries(person, rows), count=len(rows))
    if form.is_valid() and (form.cleaned_data["on"] or form.cleaned_data["known"]):
        context |= _as_of(request, person, rows, form)
    return render(request, "juki/history.html", context, status=422 if form.errors else 200)


def _as_of(
    request: StaffRequest, person: Person, rows: Sequence[住民履歴], form: AsOfForm
) -> dict[str, object]:
    day = form.cleaned_data["on"] or request.clock.today()
    known = form.cleaned_data["known"]
    until = datetime.combine(known, time.max, tzinfo=JAPAN) if known else None
    row = timeline.その日の行(rows, day, 知った時=until)
    title = f"{shown.day(day)}の姿" + (f"（{shown.day(known)}までに知っていたこと）" if known else "")
    return {"as_of_title": title, "as_of": None if row is None else _items(person, row)}


def _items(person: Person, row: 住民履歴) -> list[Item]:
    """その行の空でない項目の全て。"""
    state = 状態(row)
    found = [
        Item(label(name), value_of(person, state, name)) for name in state.違い(None) if name not in HIDDEN
    ]
    return [Item("住民状態", shown.state(row)), *found]


def entries(person: Person, rows: Sequence[住民履歴]) -> list[Entry]:
    """新しい順。前の行と違う項目を並べ、取り消された行には印を付ける。"""
    cancelled = {r.取消対象履歴 for r in rows if 異動事由(r.異動事由) in 取消しの事由}
    result: list[Entry] = []
    before: 住民票 | None = None
    for row in rows:
        state = 状態(row)
        changes = [
            Change(
                label(name), value_of(person, before, name) if before else "", value_of(person, state, name)
            )
            for name in (state.違い(before) if before else ())
            if name not in HIDDEN
        ]
        result.append(replace(entry(row, cancelled=row.履歴番号 in cancelled), changes=changes))
        before = state
    return result[::-1]
