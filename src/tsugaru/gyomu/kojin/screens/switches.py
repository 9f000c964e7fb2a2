"""特別徴収の異動の画面: 打ちながら、反映したときの期と月ごとの額を見る。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import employers, switches, switching
from tsugaru.gyomu.kojin.domain.instalments import 年金の月, 期別, 給与の月
from tsugaru.gyomu.kojin.domain.switches import 届, 状況
from tsugaru.gyomu.kojin.domain.switching import 試算
from tsugaru.gyomu.kojin.models import 特徴異動
from tsugaru.gyomu.kojin.screens import person as person_page
from tsugaru.gyomu.kojin.screens import shown, token
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.gyomu.kojin.screens.switch_form import CancelForm, SwitchForm
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Difference, Row
from tsugaru.platform.screens.templatetags.screens import badge

SWITCH, CANCEL = "switch", "switch_cancel"
COLUMNS = [
    Column("番", "number"), Column("事由"), Column("異動日", "date"), Column("徴収済の月"), Column("残りの方法"),
    Column("義務者", "name"), Column("受付日", "date"), Column("ありさま"),
]  # fmt: skip

ORDER = {
    "普徴": [str(n) for n in range(1, 10)], "給与": [str(n) for n in 給与の月], "年金": [str(n) for n in 年金の月],
}  # fmt: skip


def switch(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """異動を打つ。"""
    person = load(request, number, year, operation="異動入力", act="特別徴収の異動の画面")
    found = switches.開く(number, year)
    form = SwitchForm(
        request.POST or None, initial=SwitchForm.first(request.clock.today(), found), found=found
    )
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, person, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:switch", number, year)
    return _page(request, person, found, form, status=422 if form.errors else 200)


def _page(
    request: StaffRequest, person: Person, found: 状況, form: SwitchForm, *, status: int
) -> HttpResponse:
    names = employers.名を読む(
        [one for row in found.異動 for one in (row.指定番号, row.新指定番号)] + [found.義務者]
    )
    context = shell(
        request,
        person,
        heading=f"特別徴収の異動　{shown.year_name(person.year)}",
        found=found,
        payer=names.get(found.義務者, "") if found.義務者 else "",
        form=form,
        instalments=shown.instalment_table(found.行, person_page.months(request)) if found.行 else [],
        rows=[_row(one, found, names) for one in reversed(found.異動)],
        columns=COLUMNS,
        cancellable=found.取り消せる,
        token=token.make(request, person, SWITCH, found.版),
    )
    return render(request, "kojin/switch.html", context, status=status)


def _record(request: StaffRequest, person: Person, form: SwitchForm) -> None:
    seen = token.read(request, person, SWITCH)
    switching.記録する(
        person.number, person.year, form.wanted(), 基の版=seen.version, 職員=request.seat.staff.number,
        clock=request.clock,
    )  # fmt: skip


def _row(one: 特徴異動, found: 状況, names: dict[str, str]) -> Row:
    undone = one.番 in found.取り消した番
    before, after = names.get(one.指定番号, one.指定番号), names.get(one.新指定番号, one.新指定番号)
    state = badge("取消済", "ended") if undone else _state(one, found)
    month = f"{one.徴収済の月}月" if one.徴収済の月 else "―"
    payer = "→".join(filter(None, [before, after]))
    kind = f"{one.事由}（第{one.取消番}番の取消）" if one.取消番 else one.事由
    return Row([one.番, kind, one.異動日, month, one.残りの方法, payer, one.受付日, state], ended=undone)


def _state(one: 特徴異動, found: 状況) -> str:
    if found.反映済か(one):
        return badge("反映済", "success")
    waits = one.番 in {w.番 for w in found.待つ}
    return badge("次の月例更正で反映", "warning") if waits else badge("反映しない", "ended")


@require_POST
def preview(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """打っている途中の試算（断片）。開いた画面の印を持つ要求にだけ答えるので、見たことはその画面の記録にある。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力", "税額")
    token.check(request, number, year, SWITCH)
    found = switches.開く(number, year)
    form = SwitchForm(request.POST, found=found)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            context |= _tried(request, number, year, found, form.wanted())
        except 業務エラー as error:
            context["fault"] = str(error)
    return render(request, "kojin/switch_preview.html", context)


def _tried(request: StaffRequest, number: str, year: int, found: 状況, typed: 届) -> dict[str, Any]:
    """法令の許す方法だけを選ばせ、その方法で計算する。"""
    today = request.clock.today()
    legal = switching.選べる(number, year, typed, 今日=today)
    chosen = typed if typed.残りの方法 in legal else replace(typed, 残りの方法=legal[0])
    made = switching.試す(number, year, chosen, 今日=today)
    data = request.POST.copy()
    data["残りの方法"] = chosen.残りの方法
    form = SwitchForm(data, found=found, legal=legal)
    moved = (
        f"この事由と月では、{switches.方法の言葉[chosen.残りの方法]}ことになります。"
        if chosen != typed
        else ""
    )
    return {
        "made": made, "rows": differences(made, person_page.months(request)), "payer": _payer(made), "form": form,
        "moved": moved, "replaced": request.POST.get("見せた方法") != form.ways,
    }  # fmt: skip


def _payer(made: 試算) -> str:
    return employers.名を読む([made.新しい義務者]).get(made.新しい義務者, "") if made.新しい義務者 else ""


def differences(made: 試算, months: Sequence[int]) -> list[Difference]:
    """期と月ごとの前と後（どちらかに額のあるもの）。給与は、義務者によらず月ごとに合わせる。"""
    before, after = _flat(made.前), _flat(made.後)
    return [
        Difference(
            f"{shown.WAYS[way]} {shown.term(at, months) if way == '普徴' else f'{at}月'}",
            before.get((way, at)),
            after.get((way, at)),
            "yen",
        )
        for way, ats in ORDER.items()
        for at in ats
        if (way, at) in before or (way, at) in after
    ]


def _flat(parts: 期別) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for key, amounts in parts.items():
        for at, amount in amounts.items():
            name = (key.partition(":")[0], at)
            found[name] = found.get(name, 0) + amount
    return found


def cancel(request: StaffRequest, number: str, year: int, no: int) -> HttpResponse:
    """取り消す。取り消せるもの（最も新しい一つ）だけが開く。"""
    person = load(request, number, year, operation="異動入力", act="特別徴収の異動の取消の画面")
    found = switches.開く(number, year)
    one = found.取り消せる
    if one is None or one.番 != no:
        raise Http404
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            seen = token.read(request, person, CANCEL)
            switching.取り消す(
                number, year, no, 理由=form.cleaned_data["理由"], 基の版=seen.version,
                職員=request.seat.staff.number, clock=request.clock,
            )  # fmt: skip
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:switch", number, year)
    context = shell(
        request,
        person,
        heading=f"第{no}番の異動（{one.事由}）の取消",
        form=form,
        one=one,
        when=和暦表示(one.異動日),
        reflected=found.反映済か(one),
        back=person.url("switch"),
        token=token.make(request, person, CANCEL, found.版),
    )
    return render(request, "kojin/switch_cancel.html", context, status=422 if form.errors else 200)
