"""転出などで消除された人に業務が残るとき、同じ番号で住登外にする。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tsugaru.gyomu.atena.domain import outsiders
from tsugaru.gyomu.atena.models import 宛名区分
from tsugaru.gyomu.atena.screens.entry import 手続を読む, 画面, 進める
from tsugaru.gyomu.atena.screens.forms import 個人の欄
from tsugaru.gyomu.atena.screens.subject import 許す, 開く
from tsugaru.platform.screens.request import StaffRequest


@require_http_methods(["GET", "POST"])
def become(request: StaffRequest, number: str) -> HttpResponse:
    """除票者だけが開ける。氏名などは見出しから入れておき、住所（転出先）を入れる。"""
    許す(request, "異動入力")
    許す(request, "異動入力", "住所")
    person = 開く(request, number, act="住登外にする画面")
    head = person.head
    if head.区分 != 宛名区分.除票者:
        raise Http404
    initial = {
        "氏名": head.氏名,
        "フリガナ": head.フリガナ,
        "性別": head.性別,
        "生年月日": outsiders.生年月日(head),
        "異動日": request.clock.today(),
    }
    form = 個人の欄(request.POST or None, initial=initial)
    page = 画面(
        題="住登外にする（業務が残る人）",
        主="登録",
        戻り先=reverse("atena:person", args=[number]),
        版=head.版,
    )

    def act() -> str:
        how = 手続を読む(request, form)
        outsiders.住登外になる(number, form.事項(), 住所=form.住所(), 手続=how)
        return f"{reverse('atena:person', args=[number])}?done=registered"

    return 進める(request, person, form, page, act)
