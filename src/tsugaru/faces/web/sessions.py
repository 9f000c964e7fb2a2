"""ログイン・用務・もう一度の本人確認・席を立つ。"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from tsugaru.faces.web import demo_accounts
from tsugaru.faces.web.middleware import terminal
from tsugaru.platform.identity import login as identification
from tsugaru.platform.identity import seats

PURPOSES = ["窓口", "電話照会", "文書照会", "職権調査", "審査・決裁", "点検", "その他"]


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """席に着く。"""
    clock = request.clock  # type: ignore[attr-defined]
    error, status = "", 200
    if request.method == "POST":
        try:
            staff = identification.authenticate(
                number=request.POST.get("number", "")[:10],
                password=request.POST.get("password", "")[:128],
                code=request.POST.get("code", "").strip()[:6],
                clock=clock,
            )
        except identification.LoginRefused as refused:
            error, status = str(refused), 200
        else:
            seat = seats.take(
                staff, terminal=terminal(request), purpose=_purpose(request), purpose_note="", clock=clock
            )
            request.session.cycle_key()
            request.session["seat"] = seat.pk
            return redirect("home")
    context = {
        "error": error,
        "number": request.POST.get("number", ""),
        "purposes": PURPOSES,
        "accounts": demo_accounts.current(clock) if settings.DEMO else [],
    }
    return render(request, "screens/login.html", context, status=status)


def _purpose(request: HttpRequest) -> str:
    chosen = request.POST.get("purpose", "")
    return chosen if chosen in PURPOSES else PURPOSES[0]


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """席を立つ。"""
    seats.leave(request.seat, reason="本人", clock=request.clock)  # type: ignore[attr-defined]
    request.session.flush()
    return redirect("login")


@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """用務を替える。"""
    seats.change_purpose(
        request.seat,  # type: ignore[attr-defined]
        purpose=_purpose(request),
        note=request.POST.get("purpose_note", "")[:60],
    )
    return redirect(_safe_next(request))


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest) -> HttpResponse:
    """もう一度本人を確かめる（個人番号・支援措置・決裁の前）。"""
    seat = request.seat  # type: ignore[attr-defined]
    if seat is None:
        return redirect("login")
    error = ""
    if request.method == "POST":
        try:
            identification.confirm(
                seat.staff,
                password=request.POST.get("password", "")[:128],
                code=request.POST.get("code", "").strip()[:6],
                clock=request.clock,  # type: ignore[attr-defined]
            )
        except identification.LoginRefused as refused:
            error = str(refused)
        else:
            seats.step_up(seat, clock=request.clock)  # type: ignore[attr-defined]
            request.session.cycle_key()
            return redirect(_safe_next(request))
    accounts = demo_accounts.current(request.clock) if settings.DEMO else []  # type: ignore[attr-defined]
    context = {"error": error, "next": _safe_next(request), "accounts": accounts}
    return render(request, "web/step.html", context)


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"
