"""個別の事項の画面: 生活扶助・減免額・家屋敷・みなし課税・資料の値の否認。根拠と理由がなければ記録しない。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.kojin.domain import dossier, particulars, units
from tsugaru.gyomu.kojin.domain.columns import みなし課税, 個別の事実
from tsugaru.gyomu.kojin.domain.declared_items import 段たち
from tsugaru.gyomu.kojin.domain.dossier import 台帳
from tsugaru.gyomu.kojin.domain.particulars import 定め
from tsugaru.gyomu.kojin.models import 個別事項
from tsugaru.gyomu.kojin.screens import person as person_page
from tsugaru.gyomu.kojin.screens import shown, token
from tsugaru.gyomu.kojin.screens.fact_fields import WholeField
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

PARTICULAR = "particular"
COLUMNS = [
    Column("番", "number"), Column("事項"), Column("値"), Column("根拠"), Column("理由"), Column("入力者"), Column("入力"),
]  # fmt: skip
CHOICES: list[tuple[str, Any]] = [
    ("職員が定める事項", [(名, 名) for 名 in (*個別の事実, みなし課税)]),
    *((f"資料の値に替える: {one.題}", [(名, 名) for 名 in one.名たち]) for one in 段たち),
]


class ParticularForm(ScreenForm):
    """一つの事項。値を空にすると、今の定めを外す。"""

    事実名 = forms.ChoiceField(label="事項", choices=CHOICES)
    値 = WholeField("値", help_text="円・人の数。該当は 1、非該当は 0。空にすると今の定めを外します")
    根拠 = forms.CharField(
        label="根拠", max_length=60, widget=forms.TextInput({"list": "bases", "data-width": "l"})
    )
    理由 = forms.CharField(label="理由", max_length=200, widget=forms.TextInput({"data-width": "l"}))

    def clean(self) -> dict[str, object]:
        """該当の事項は 1 か 0。"""
        values = super().clean() or self.cleaned_data
        name, value = values.get("事実名"), values.get("値")
        yes = name is not None and (units.該当の名(str(name)) or name == みなし課税)
        if yes and value not in (None, 0, 1):
            self.add_error("値", f"KJ-3132 「{name}」は 1（該当）か 0（非該当）で入れてください。")
        return values

    def wanted(self) -> 定め:
        """打たれた事項。"""
        return 定め(**self.cleaned_data)


def particular(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """一つ定める。"""
    person = load(request, number, year, operation="異動入力", act="個別の事項の画面")
    book = dossier.開く(number, year)
    form = ParticularForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, person, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:particular", number, year)
    context = shell(
        request,
        person,
        *person_page.flags(book),
        form=form,
        heading=f"個別の事項　{shown.year_name(year)}",
        bases=sorted(set(particulars.根拠の例.values())),
        rows=_rows(book),
        columns=COLUMNS,
        token=token.make(request, person, PARTICULAR, book.版),
    )
    return render(request, "kojin/particular.html", context, status=422 if form.errors else 200)


def _record(request: StaffRequest, person: Person, form: ParticularForm) -> None:
    seen = token.read(request, person, PARTICULAR)
    particulars.定める(
        person.number, person.year, form.wanted(), 基の版=seen.version, 職員=request.seat.staff.number,
        clock=request.clock,
    )  # fmt: skip


def _rows(book: 台帳) -> list[Row]:
    """新しい順。効いていない行は薄く。"""
    now = {row.pk for row in book.効いている個別.values()}
    return [_row(row, ended=row.pk not in now) for row in reversed(book.個別)]


def _row(row: 個別事項, *, ended: bool) -> Row:
    text = "（外した）" if row.値 is None else _value(row)
    cells = [row.番, row.事実名, text, row.根拠, row.理由, row.入力者, shown.moment(row.処理日時)]
    return Row(cells, ended=ended)


def _value(row: 個別事項) -> str:
    return ("該当" if row.値 else "非該当") if row.事実名 == みなし課税 else units.文字(row.事実名, row.値)
