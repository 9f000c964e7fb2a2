"""住民記録の入口。今日することが件数で見える。"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tsugaru.gyomu.juki.domain import arrival, holds, release, support
from tsugaru.gyomu.juki.models import 交付, 届出
from tsugaru.gyomu.juki.screens.subject import GYOMU
from tsugaru.kernel.clock import JAPAN
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card


def home(request: StaffRequest) -> HttpResponse:
    """札の列。Alt と番号で開く。"""
    authz.require(request.seat.staff.section, GYOMU, "照会")
    rights = authz.rights_of(request.seat.staff.section)
    cards = [_waiting(request), _due(request)]
    if (GYOMU, "異動入力", "基本") in rights:
        cards.insert(
            0,
            Card(
                name="転入など新しい人の異動",
                url=reverse("juki:moves_new"),
                summary="国内転入・国外転入・職権記載",
                key=1,
            ),
        )
    if (GYOMU, "照会", "支援措置") in rights:
        cards.append(_support(request))
    cards.append(_holds(request))
    numbered = [
        Card(name=c.name, url=c.url, key=n, summary=c.summary, lines=c.lines, none=c.none, flag=c.flag)
        for n, c in enumerate(cards, start=1)
    ]
    return render(request, "juki/home.html", {"cards": numbered, "issued": _issued_today(request)})


def _waiting(request: StaffRequest) -> Card:
    mine = request.seat.staff.number
    found = 届出.objects.filter(状態__in=("1", "2"))
    count, others = found.count(), found.exclude(入力者=mine).count()
    return Card(
        name="審査・決裁を待つ届出", url=reverse("juki:cases"), summary=f"{count}件", none=not count,
        lines=f"自分が決裁できるもの {others}件", flag="待ち" if others else "",
    )  # fmt: skip


def _due(request: StaffRequest) -> Card:
    count = len(arrival.予定日の来た人(request.clock.today()))
    return Card(
        name="転出予定日の到来",
        url=reverse("juki:due"),
        summary=f"{count}人",
        none=not count,
        flag="未処理" if count else "",
    )


def _support(request: StaffRequest) -> Card:
    near, past = (
        len(support.期間の終わりが近い(clock=request.clock)),
        len(support.期間の過ぎた(clock=request.clock)),
    )
    asked = len(release.求めの一覧())
    return Card(
        name="支援措置", url=reverse("juki:support"), summary=f"期間終了が近い {near}件・過ぎた {past}件",
        lines=f"解除の求め {asked}件", flag="確認" if near + past + asked else "",
    )  # fmt: skip


def _holds(request: StaffRequest) -> Card:
    count = len(holds.終了日を過ぎた抑止(clock=request.clock))
    return Card(
        name="終了日を過ぎた抑止",
        url=reverse("juki:holds"),
        summary=f"{count}件",
        none=not count,
        lines="過ぎても、解除するまで効きます",
    )


def _issued_today(request: StaffRequest) -> int:
    today = request.clock.now().astimezone(JAPAN).date()
    return 交付.objects.filter(交付日時__date=today).values("文書").distinct().count()
