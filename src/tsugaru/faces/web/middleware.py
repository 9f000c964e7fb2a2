"""要求の通り道。外側から順に: 見出し → 時間 → 団体 → 席 → 一つの行為（トランザクション）。"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from tsugaru.council import timings
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import opening, seats
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.tenancy import bind, directory

Handler = Callable[[StaffRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'self'; frame-src 'self'"
)
VERBS = ("GET", "HEAD", "POST")
OPEN_VIEWS = frozenset({"login", "step", "health"})


def headers(get_response: Handler) -> Handler:
    """内容の制限と、個人の情報を端末に残さない指示。GET・HEAD・POST のほかの動詞は、どの URL にも無い。"""

    def middleware(request: StaffRequest) -> HttpResponse:
        response = get_response(request) if request.method in VERBS else HttpResponseNotAllowed(VERBS)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def timing(get_response: Handler) -> Handler:
    """応答時間を協議会へ（SLA）。業務・画面・時間・結果だけで、誰を見たかは送らない。"""

    def middleware(request: StaffRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        municipality = getattr(request, "municipality", None)
        if municipality is not None:
            timings.collect(
                municipality=municipality.code,
                screen=_screen(request),
                method=request.method or "",
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000),
                at=SystemClock().now(),
            )
        return response

    return middleware


def _screen(request: StaffRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name or "" if match else ""


def municipality(get_response: Handler) -> Handler:
    """ホスト名から団体を決めて結ぶ。団体のないホスト名は、団体を選ぶ頁だけを見せる。"""

    def middleware(request: StaffRequest) -> HttpResponse:
        try:
            found = directory.by_host(request.get_host())
        except DisallowedHost:
            return HttpResponseBadRequest(
                "このホスト名では開けません。", content_type="text/plain; charset=utf-8"
            )
        if found is None:
            return _chooser(request)
        request.municipality = found
        request.request_id = str(uuid.uuid4())
        opening.request_number.set(request.request_id)
        with bind(found.code):
            return get_response(request)

    return middleware


def _chooser(request: StaffRequest) -> HttpResponse:
    port = request.get_host().partition(":")[2]
    places = [
        {"name": m.name, "url": f"{request.scheme}://{m.host}.localhost{':' + port if port else ''}/"}
        for m in directory.installed().values()
    ]
    status = 200 if request.path == "/" else 404
    return render(request, "screens/chooser.html", {"municipalities": places}, status=status)


def seat(get_response: Handler) -> Handler:
    """席のない人はログインへ。席と権限は毎回データベースで確かめる（解かれた職員は次の要求から入れない）。"""

    def middleware(request: StaffRequest) -> HttpResponse:
        request.clock = SystemClock()
        current = _current(request)
        request.current_seat = current
        request.seat = current  # type: ignore[assignment]  # 席の要らない頁だけが None を見る
        if current is None and not _is_open(request):
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": reverse("login")})
            return redirect("login")
        opened = request.session.opened
        if current is None or opened is None or opened.seat is not current:
            return get_response(request)
        with authz.known(current.staff.section, opened.rights):
            return get_response(request)

    return middleware


def _current(request: StaffRequest) -> Seat | None:
    """セッションの席。画面が自分で進みを見に来た要求は、人の操作ではない（開いたままの頁が席を延ばし続けない）。"""
    session = request.session
    number = session.get("seat")
    found = seats.current(
        number,
        terminal=terminal(request),
        clock=request.clock,
        touch="X-Tsugaru-Poll" not in request.headers,
        read=session.opened.seat if session.opened else None,
    )
    if found is not None and session.session_key:
        opening.remember(session.session_key, found.pk)
    return found


def terminal(request: StaffRequest) -> str:
    """端末の名。前に置く認証機器が知らせるか、なければ接続元の番地。"""
    return str(request.META.get("REMOTE_ADDR", ""))[:60]


def _is_open(request: StaffRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in OPEN_VIEWS
    except Resolver404:
        return False


class act:
    """一つの要求 = 一つのトランザクション。拒んだ行為は巻き戻した後で、別のトランザクションに残す。"""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: StaffRequest) -> HttpResponse:
        request.refusal = None
        with audit.actor(_actor(request)):
            with transaction.atomic():
                if request.session.opened is None:  # 席の札のない要求の番号は、まだ知らせていない
                    with connection.cursor() as cursor:
                        cursor.execute(
                            "SELECT set_config('tsugaru.request', %s, false)", [request.request_id]
                        )
                response = self.get_response(request)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
            if response.status_code in (403, 404, 409, 429) or request.refusal:
                with transaction.atomic():
                    audit.record(
                        act=_screen(request) or "不明の入口",
                        outcome="拒否",
                        detail={"status": response.status_code, "reason": request.refusal or ""},
                    )
        return response

    def process_exception(self, request: StaffRequest, exception: Exception) -> HttpResponse | None:
        from tsugaru.faces.web import refusals

        return refusals.answer(request, exception)


def _actor(request: StaffRequest) -> audit.Actor:
    current = request.current_seat
    return audit.Actor(
        number=current.staff.number if current else "",
        section=current.staff.section if current else "",
        terminal=terminal(request),
        request=request.request_id,
        purpose=current.purpose if current else "",
        purpose_note=current.purpose_note if current else "",
    )
