"""自分のパスワードを替える。今のパスワードと今の符号で自分を確かめてから。"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tsugaru.faces.web.forms import StepForm
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity import admin, seats
from tsugaru.platform.identity import login as identification
from tsugaru.platform.screens.request import StaffRequest


def _new(label: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


class PasswordForm(StepForm):
    """今の確かめと、新しいパスワードを二度。"""

    new = _new("新しいパスワード（15文字以上）")
    again = _new("もう一度")
    field_order = ["password", "code", "new", "again"]


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest) -> HttpResponse:
    """替えれば初めの頁に戻る。違ったときも返事は 200（4xx は巻き戻され、失敗の数が残らなくなる）。"""
    form = PasswordForm(request.POST or None)
    if form.is_valid() and _matched(form) and _change(request, form):
        request.session.cycle_key()
        return redirect("home")
    return render(request, "web/staff_password.html", {"form": form})


def _matched(form: PasswordForm) -> bool:
    if form.cleaned_data["new"] == form.cleaned_data["again"]:
        return True
    form.add_error("again", "ID-0105 新しいパスワードの二つが違います。同じものを打ってください。")
    return False


def _change(request: StaffRequest, form: PasswordForm) -> bool:
    staff, given, place = request.seat.staff, form.cleaned_data, request.municipality
    try:
        identification.confirm(staff, password=given["password"], code=given["code"], clock=request.clock)
        words = [place.name, place.name[:-1], place.host, place.code]
        admin.change_password(staff, new=given["new"], place_words=words)
    except identification.LoginRefused as refused:
        form.add_error(None, str(refused))
        return False
    except 業務エラー as error:
        form.add_error("new", str(error))
        return False
    seats.step_up(request.seat, clock=request.clock)
    return True
