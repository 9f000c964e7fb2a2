"""業務の門。団体が使わない業務は、URL ごと無い（404）。

`/<業務>/` で始まる全ての URL に効くので、業務の側で書くことも、書き忘れることもない。
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse

from tsugaru.council import service
from tsugaru.faces.web import refusals
from tsugaru.platform.screens.request import StaffRequest

Handler = Callable[[StaffRequest], HttpResponse]


def gate(get_response: Handler) -> Handler:
    """使わない業務なら 404。有る無しは言わない。"""

    def middleware(request: StaffRequest) -> HttpResponse:
        request.used = service.used(request.municipality.code)
        if closed(request.path_info, request.municipality.code):
            return refusals.page(request, 404, refusals.NOT_FOUND)
        return get_response(request)

    return middleware


def closed(path: str, municipality: str) -> bool:
    """その道が、その団体の使わない業務のものか。"""
    gyomu = path.strip("/").split("/", maxsplit=1)[0]
    return gyomu in settings.GYOMU and gyomu not in service.used(municipality)
