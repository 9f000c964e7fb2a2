"""義務者の登録・訂正・終了。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import employers, overview
from tsugaru.gyomu.kojin.domain.employers import 義務者の事項
from tsugaru.gyomu.kojin.models import 特徴義務者
from tsugaru.gyomu.kojin.screens import employer_token
from tsugaru.gyomu.kojin.screens.employers import WAYS
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest


def _short(**attributes: str) -> forms.TextInput:
    return forms.TextInput({"data-width": "s", "inputmode": "numeric", **attributes})


class EmployerForm(ScreenForm):
    """一つの時の全て。終了日を入れれば、義務者でなくなる。"""

    指定番号 = forms.CharField(label="指定番号", max_length=12, widget=_short())
    名称 = forms.CharField(label="氏名または名称", max_length=60, widget=forms.TextInput({"data-width": "l"}))
    宛名番号 = forms.CharField(
        label="宛名番号",
        max_length=15,
        widget=_short(),
        help_text="通知と納入書の送り先。宛名に登録のある番号",
    )
    法人番号 = forms.CharField(
        label="法人番号", max_length=13, required=False, widget=_short(), help_text="個人の事業主は空にします"
    )
    担当 = forms.CharField(
        label="担当の部署・氏名", max_length=60, required=False, widget=forms.TextInput({"data-width": "l"})
    )
    納入方法 = forms.ChoiceField(label="納入", choices=list(WAYS.items()), widget=forms.RadioSelect)
    終了日 = WarekiField(label="終了日", required=False, help_text="義務者でなくなった日")
    理由 = forms.CharField(
        label="変える理由", max_length=200, required=False, widget=forms.TextInput({"data-width": "l"})
    )

    def __init__(self, *args: Any, fixed: str, **options: Any) -> None:
        """fixed があれば、その指定番号の訂正である。"""
        super().__init__(*args, **options)
        if fixed:
            del self.fields["指定番号"]
            self.fields["理由"].required = True
        else:
            del self.fields["終了日"], self.fields["理由"]

    def wanted(self) -> 義務者の事項:
        """打たれた事項。"""
        names = ("宛名番号", "名称", "法人番号", "担当", "納入方法", "終了日")
        values = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        return 義務者の事項(**values)


def new(request: StaffRequest) -> HttpResponse:
    """登録する。"""
    return _edit(request, "", None)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    """訂正・終了。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力", "税額")
    rows = employers.歴(code)
    if not rows:
        raise Http404
    return _edit(request, code, rows[0])


def _edit(request: StaffRequest, code: str, row: 特徴義務者 | None) -> HttpResponse:
    authz.require(request.seat.staff.section, GYOMU, "異動入力", "税額")
    audit.record(act="特別徴収義務者の登録の画面", gyomu=GYOMU, detail={"employer": code})
    initial = (
        {f: getattr(row, f) for f in EmployerForm.base_fields if f != "理由"} if row else {"納入方法": "毎月"}
    )
    form = EmployerForm(request.POST or None, initial=initial, fixed=code)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, code, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:employer", saved.指定番号, _year(request))
    back = reverse("kojin:employer", args=[code, _year(request)]) if row else reverse("kojin:employers")
    context = {
        "form": form,
        "row": row,
        "heading": "特別徴収義務者の訂正" if row else "特別徴収義務者の登録",
        "primary": "訂正する" if row else "登録する",
        "back": back,
        "token": employer_token.make(request, code, row.履歴番号 if row else 0),
    }
    return render(request, "kojin/employer_edit.html", context, status=422 if form.errors else 200)


def _save(request: StaffRequest, code: str, form: EmployerForm) -> 特徴義務者:
    seen = employer_token.read(request, code)
    return employers.記録する(
        code or form.cleaned_data["指定番号"], form.wanted(), 基の履歴番号=seen,
        理由=form.cleaned_data.get("理由", ""), 職員=request.seat.staff.number, clock=request.clock,
    )  # fmt: skip


def _year(request: StaffRequest) -> int:
    years = overview.年度たち()
    return years[0] if years else request.clock.today().year
