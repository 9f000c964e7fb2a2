"""宛名に付くもの: 送付先・関係人・連絡先。"""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tsugaru.gyomu.atena.domain import agents, mailing
from tsugaru.gyomu.atena.domain.offices import 業務の名
from tsugaru.gyomu.atena.models import 送付先, 関係人
from tsugaru.gyomu.atena.screens.entry import 手続を読む, 画面, 進める
from tsugaru.gyomu.atena.screens.forms import やめる欄, 送付先の欄, 関係人の欄, 電話の欄
from tsugaru.gyomu.atena.screens.subject import GYOMU, 許す, 開く
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest

行 = TypeVar("行", 送付先, 関係人)


def _版(model: type[行], number: str) -> int:
    """その人の行の数。ほかの人が先に入れるか、同じフォームを二度送れば合わなくなる。"""
    return model.objects.filter(宛名番号=number).count()


def _頁(number: str, done: str = "") -> str:
    return reverse("atena:person", args=[number]) + (f"?done={done}" if done else "")


@require_http_methods(["GET", "POST"])
def set_mailing(request: StaffRequest, number: str) -> HttpResponse:
    """送付先を設ける・替える。"""
    許す(request, "異動入力", "住所")
    person = 開く(request, number, act="送付先の入力画面")
    today = request.clock.today()
    form = 送付先の欄(request.POST or None, initial={"始期": today, "異動日": today})
    page = 画面(題="送付先", 主="登録", 戻り先=_頁(number), 版=_版(送付先, number))

    def act() -> str:
        given = form.cleaned_data
        what = mailing.送付の定め(
            業務=given["業務"],
            始期=given["始期"],
            終期=given["終期"],
            宛名人=given["宛名人"],
            理由=given["理由"],
        )
        place = form.住所()
        assert place is not None
        mailing.定める(number, what, place, 手続=手続を読む(request, form))
        return _頁(number, "mailing")

    return 進める(request, person, form, page, act)


@require_http_methods(["GET", "POST"])
def end_mailing(request: StaffRequest, number: str, office: str) -> HttpResponse:
    """送付先をやめて住所へ戻す。"""
    許す(request, "異動入力", "住所")
    office = "" if office == "all" else office
    if office not in 業務の名:
        raise Http404
    person = 開く(request, number, act="送付先の取止め画面")
    today = request.clock.today()
    form = やめる欄(request.POST or None, initial={"やめる日": today, "異動日": today})
    page = 画面(
        題=f"送付先をやめる（{業務の名[office]}）",
        主="やめる",
        戻り先=_頁(number),
        版=_版(送付先, number),
        danger=True,
    )

    def act() -> str:
        day = form.cleaned_data["やめる日"]
        mailing.やめる(number, office, やめる日=day, 手続=手続を読む(request, form))
        return _頁(number, "mailing")

    return 進める(request, person, form, page, act)


@require_http_methods(["GET", "POST"])
def set_agent(request: StaffRequest, number: str) -> HttpResponse:
    """関係人を立てる。"""
    許す(request, "異動入力")
    person = 開く(request, number, act="関係人の入力画面")
    today = request.clock.today()
    form = 関係人の欄(request.POST or None, initial={"始期": today, "異動日": today})
    page = 画面(題="関係人", 主="登録", 戻り先=_頁(number), 版=_版(関係人, number))

    def act() -> str:
        given = form.cleaned_data
        names = ("種別", "相手番号", "業務", "始期", "終期", "届出日")
        agents.定める(
            number,
            agents.関係(**{name: given[name] for name in names}),
            手続=手続を読む(request, form),
        )
        return _頁(number, "agent")

    return 進める(request, person, form, page, act)


@require_http_methods(["GET", "POST"])
def end_agent(request: StaffRequest, number: str, pk: int) -> HttpResponse:
    """関係を終える。"""
    許す(request, "異動入力")
    if not 関係人.objects.filter(pk=pk, 宛名番号=number).exists():
        raise Http404
    person = 開く(request, number, act="関係人の取止め画面")
    today = request.clock.today()
    form = やめる欄(request.POST or None, initial={"やめる日": today, "異動日": today})
    page = 画面(題="関係人をやめる", 主="やめる", 戻り先=_頁(number), 版=_版(関係人, number), danger=True)

    def act() -> str:
        agents.やめる(number, pk, やめる日=form.cleaned_data["やめる日"], 手続=手続を読む(request, form))
        return _頁(number, "agent")

    return 進める(request, person, form, page, act)


@require_http_methods(["GET", "POST"])
def add_contact(request: StaffRequest, number: str) -> HttpResponse:
    """連絡先を足す。"""
    許す(request, "異動入力")
    許す(request, "照会", "連絡先")
    person = 開く(request, number, act="連絡先の入力画面")
    form = 電話の欄(request.POST or None)
    known = disclosure.reveal_contacts(request.seat, gyomu=GYOMU, subject=number)
    page = 画面(題="連絡先", 主="登録", 戻り先=_頁(number), 版=len(known))

    def act() -> str:
        disclosure.put_contact(number, form.cleaned_data["種別"], form.cleaned_data["電話番号"])
        audit.record(act="連絡先の登録", subjects=[number], gyomu=GYOMU)
        return _頁(number, "contact")

    return 進める(request, person, form, page, act)
