"""入力の画面の一つの歩き方: 印を確かめる → domain を一度呼ぶ → 済んだら頁へ、誤れば打った物を残して同じフォームへ。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.screens import token
from tsugaru.gyomu.atena.screens.fields import 欄
from tsugaru.gyomu.atena.screens.subject import 外枠, 手元
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class 画面:
    """題・主ボタン・戻る先と、その時の版（印に入れる）。"""

    題: str
    主: str
    戻り先: str
    版: object = ""
    型紙: str = "atena/form.html"
    danger: bool = False


def 進める(
    request: StaffRequest, person: 手元, form: 欄, page: 画面, act: Callable[[], str], **context: Any
) -> HttpResponse:
    """GET と誤りは画面、済めば act の返す URL へ。"""
    number = person.head.宛名番号
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                token.確かめる(request, number, page.版)
                return redirect(act())
        except 業務エラー as error:
            form.誤りを載せる(error)
    mark = token.印(request, number, page.版)
    shown = 外枠(request, person, form=form, page=page, token=mark, **context)
    return render(request, page.型紙, shown, status=422 if form.errors else 200)


def 手続を読む(request: StaffRequest, form: 欄) -> 手続:
    """異動日の欄がなければ今日。"""
    return 手続(
        異動日=form.cleaned_data.get("異動日") or request.clock.today(),
        備考=form.cleaned_data.get("備考") or "",
        入力者=request.seat.staff.number,
        clock=request.clock,
    )
