"""どの業務も使う頁を、業務が自分の URL に据える。頁は業務の語も人も知らず、業務が渡した物だけを見せる。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.request import StaffRequest

Right: TypeAlias = tuple[str, str]
"""（操作, 項目区分）。業務の権限表の語である。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounted:
    """据えた業務。see は見る、make は作る・届けを扱う、decide は署名・確定する権限。"""

    gyomu: str
    see: Right
    make: Right
    decide: Right

    def url(self, name: str, *args: object) -> str:
        """この業務に据えた頁の URL。"""
        return reverse(f"{self.gyomu}:{name}", args=args)

    def require(self, request: StaffRequest, right: Right) -> None:
        """許されていなければ 403。"""
        authz.require(request.seat.staff.section, self.gyomu, *right)

    def may(self, request: StaffRequest, right: Right) -> bool:
        """許されているか。"""
        return authz.allows(request.seat.staff.section, self.gyomu, *right)


def mount(
    pages: Mounted, route: str, work: Callable[..., HttpResponse], name: str, *verbs: str
) -> URLPattern:
    """work(pages, request, …) を URL にする。verbs のほかの動詞は 405。"""

    def view(request: StaffRequest, **values: Any) -> HttpResponse:
        return work(pages, request, **values)

    return path(route, require_http_methods([*verbs])(view), name=name)


def step_url(target: str) -> str:
    """もう一度の本人確認を済ませて、target へ戻る URL。"""
    return f"{reverse('step')}?{urlencode({'next': target})}"


def fresh(request: StaffRequest) -> bool:
    """5分以内に本人を確かめたか。"""
    return seats.is_fresh(request.seat, clock=request.clock)
