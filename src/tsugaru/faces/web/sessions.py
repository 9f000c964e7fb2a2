"""ログイン・用務・もう一度の本人確認・席を立つ。"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from tsugaru.faces.web import demo_accounts
from tsugaru.faces.web.forms import PURPOSES, LoginForm, StepForm
from tsugaru.faces.web.middleware import terminal
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity import login as identification
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.request import StaffRequest


@require_http_methods(["GET", "POST"])
def login(request: StaffRequest) -> HttpResponse:
    """席に着く。"""
    clock = request.clock
    form = LoginForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            staff = identification.authenticate(
                number=given["number"], password=given["password"], code=given["code"], clock=clock
            )
        except identification.LoginRefused as refused:
            form.add_error(None, str(refused))
        else:
            seat = seats.take(
                staff, terminal=terminal(request), purpose=given["purpose"], purpose_note="", clock=clock
            )
            request.session.cycle_key()
            request.session["seat"] = seat.pk
            return redirect("home")
    return render(request, "screens/login.html", {"form": form, "demo_accounts": _accounts(request)})


def _accounts(request: StaffRequest) -> list[dict[str, object]]:
    """デモのときだけ、見本の職員と今の符号。"""
    return demo_accounts.current(request.clock) if settings.DEMO else []


def session(request: StaffRequest) -> HttpResponse:
    """席がまだあるか（画面の見張り）。"""
    return HttpResponse(status=204, headers={"X-CSRFToken": get_token(request)})


@require_POST
def logout(request: StaffRequest) -> HttpResponse:
    """席を立つ。"""
    seats.leave(request.seat, reason="本人", clock=request.clock)
    request.session.flush()
    return redirect("login")


@require_POST
def purpose(request: StaffRequest) -> HttpResponse:
    """用務を替える。"""
    chosen = request.POST.get("purpose", "")
    if chosen not in PURPOSES:
        raise 業務エラー("ID-0002", f"用務「{chosen[:20]}」は選べません。", "一覧から選んでください。")
    seats.change_purpose(
        request.seat,
        purpose=chosen,
        note=request.POST.get("purpose_note", "")[:60],
    )
    return redirect(_safe_next(request))


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest) -> HttpResponse:
    """もう一度本人を確かめる（個人番号・支援措置・決裁の前）。"""
    seat = request.current_seat
    if seat is None:
        return redirect("login")
    form = StepForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        try:
            identification.confirm(seat.staff, **form.cleaned_data, clock=request.clock)
        except identification.LoginRefused as refused:
            form.add_error(None, str(refused))
        else:
            seats.step_up(seat, clock=request.clock)
            request.session.cycle_key()
            return redirect(_safe_next(request))
    context = {"form": form, "next": _safe_next(request), "demo_accounts": _accounts(request)}
    return render(request, "web/step.html", context)


def _safe_next(request: StaffRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"
