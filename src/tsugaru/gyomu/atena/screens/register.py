"""住登外の個人・法人の登録、変更、廃止、再開。"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tsugaru.gyomu.atena.domain import candidates, corporations, four, glyph_intake, outsiders
from tsugaru.gyomu.atena.domain.candidates import 手掛かり
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.models import 住登外, 宛名, 法人
from tsugaru.gyomu.atena.screens import token
from tsugaru.gyomu.atena.screens.entry import 手続を読む, 画面, 進める
from tsugaru.gyomu.atena.screens.forms import 個人の欄, 個人の登録, 廃止の欄, 法人の欄, 法人の登録
from tsugaru.gyomu.atena.screens.rows import 人の行
from tsugaru.gyomu.atena.screens.subject import 手元, 許す, 開く
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.screens.request import StaffRequest


@require_http_methods(["GET", "POST"])
def new_person(request: StaffRequest) -> HttpResponse:
    """住登外の個人を登録する。"""
    return _登録(request, 個人の登録(request.POST or None, initial=_今日(request)), "住登外の個人の登録")


@require_http_methods(["GET", "POST"])
def new_corporation(request: StaffRequest) -> HttpResponse:
    """法人・団体を登録する。"""
    return _登録(request, 法人の登録(request.POST or None, initial=_今日(request)), "法人・団体の登録")


def _登録(request: StaffRequest, form: 個人の登録 | 法人の登録, title: str) -> HttpResponse:
    許す(request, "異動入力")
    許す(request, "異動入力", "住所")
    alike: Sequence[宛名] = []
    if request.method == "POST" and form.is_valid():
        alike = candidates.探す(_手掛かり(form))
        if alike and not form.cleaned_data["見比べた"]:
            form.add_error(
                "見比べた",
                f"AT-0903 似た宛名が{len(alike)}件あります。同じ人なら登録せずにその宛名を開き、別人なら印を付けてください。",
            )
        else:
            try:
                with transaction.atomic():
                    token.券を使う(request)
                    number = _書く(request, form)
                return redirect(f"{reverse('atena:person', args=[number])}?done=registered")
            except 業務エラー as error:
                form.誤りを載せる(error)
    context = {
        "form": form,
        "page": 画面(題=title, 主="登録", 戻り先=reverse("atena:home")),
        "token": token.新しい券(request),
        "people": 人の行(request, alike),
    }
    return render(request, "atena/new.html", context, status=422 if form.errors else 200)


def _書く(request: StaffRequest, form: 個人の登録 | 法人の登録) -> str:
    known = form.cleaned_data["宛名番号"] or None
    how = 手続を読む(request, form)
    if isinstance(form, 個人の登録):
        person, notes = glyph_intake.そろえる(form.事項())
        number = outsiders.登録する(person, form.住所(), 手続=how, 宛名番号=known)
    else:
        firm, notes = glyph_intake.そろえる(form.事項())
        number = corporations.登録する(firm, form.住所(), 手続=how, 宛名番号=known)
    _読み替えを知らせる(request, number, notes)
    return number


def _読み替えを知らせる(request: StaffRequest, number: str, notes: list[str]) -> None:
    glyph_intake.残す(number, notes)
    for note in notes:
        messages.warning(
            request,
            f"AT-A101 {note}読み替えました（文字情報基盤の字形）。書類の字形と同じかを確かめてください。",
        )


def _手掛かり(form: 個人の登録 | 法人の登録) -> 手掛かり:
    given = form.cleaned_data
    if isinstance(form, 法人の登録):
        return 手掛かり(
            氏名=[given["商号"]], かな=[given["フリガナ"]], 法人番号=given["法人番号"], 法人である=True
        )
    born = given["生年月日"].確かな日 if given["生年月日"] else None
    return 手掛かり(氏名=[given["氏名"]], かな=[given["フリガナ"]], 生年月日=born)


def _今日(request: StaffRequest) -> dict[str, object]:
    return {"異動日": request.clock.today(), "性別": "0"}


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: str) -> HttpResponse:
    """変更。今の内容が入った同じ欄を直す。"""
    許す(request, "異動入力")
    person = 開く(request, number, act="宛名の変更画面")
    row = person.行
    if row is None or row.廃止:
        raise Http404
    kind = 法人の欄 if isinstance(row, 法人) else 個人の欄
    form = kind(request.POST or None, initial=_今の値(request, person, row))
    page = 画面(
        題="内容の変更",
        主="登録",
        戻り先=reverse("atena:person", args=[number]),
        版=row.履歴番号,
        型紙="atena/edit.html",
    )

    def act() -> str:
        place = form.住所()
        shown = _見えている住所(person)
        if place is not None:
            許す(request, "異動入力", "住所")
        new = None if place == shown else place
        how = 手続を読む(request, form)
        if isinstance(form, 法人の欄):
            firm, notes = glyph_intake.そろえる(form.事項())
            corporations.変更する(number, firm, new, 手続=how)
        else:
            someone, notes = glyph_intake.そろえる(form.事項())
            outsiders.変更する(number, someone, new, 手続=how)
        _読み替えを知らせる(request, number, notes)
        return f"{reverse('atena:person', args=[number])}?done=changed"

    return 進める(request, person, form, page, act, hidden_place=_見えている住所(person) is None)


def _今の値(request: StaffRequest, person: 手元, row: 住登外 | 法人) -> dict[str, object]:
    values: dict[str, object] = {"異動日": request.clock.today()}
    if isinstance(row, 法人):
        values |= {name: getattr(row, name) for name in corporations.法人の事項.__dataclass_fields__}
    else:
        current = outsiders.個人の事項(row)
        values |= {name: getattr(current, name) for name in outsiders.個人.__dataclass_fields__}
    place = _見えている住所(person)
    return values | (個人の欄.初めの値(place) if place else {})


def _見えている住所(person: 手元) -> Address | None:
    """伏せられた住所は欄に入れない（空のままなら変わらない）。"""
    found = (person.places or {}).get(person.住所番号 or 0)
    return None if found is None or found.masked else four.見える部分(found.address)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, number: str) -> HttpResponse:
    """廃止。"""
    許す(request, "異動入力")
    person = 開く(request, number, act="宛名の廃止画面")
    row = person.行
    if row is None or row.廃止:
        raise Http404
    form = 廃止の欄(request.POST or None, initial=_今日(request))
    page = 画面(
        題="廃止",
        主="廃止",
        戻り先=reverse("atena:person", args=[number]),
        版=row.履歴番号,
        danger=True,
    )

    def act() -> str:
        close_it = corporations.廃止する if isinstance(row, 法人) else outsiders.廃止する
        close_it(number, 事由=form.cleaned_data["事由"], 手続=手続を読む(request, form))
        return f"{reverse('atena:person', args=[number])}?done=closed"

    return 進める(request, person, form, page, act)


@require_POST
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    """廃止した宛名を同じ番号で再び使う。"""
    許す(request, "異動入力")
    person = 開く(request, number, act="宛名の再開")
    row = person.行
    if row is None:
        raise Http404
    token.確かめる(request, number, row.履歴番号)
    again = corporations.再開する if isinstance(row, 法人) else outsiders.再開する
    again(number, 手続=手続(
        異動日=request.clock.today(), 入力者=request.seat.staff.number, clock=request.clock
    ))  # fmt: skip
    return redirect(f"{reverse('atena:person', args=[number])}?done=reopened")
