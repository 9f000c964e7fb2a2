"""異動（F6）。目次から選び、欄を打ち、前と後を見て、仮登録する。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tsugaru.gyomu.juki.domain import cases, locks
from tsugaru.gyomu.juki.domain.codes import 分類
from tsugaru.gyomu.juki.domain.kinds import 一覧, 対象, 異動の種類, 種類を引く
from tsugaru.gyomu.juki.domain.register import 入力
from tsugaru.gyomu.juki.models import 届出
from tsugaru.gyomu.juki.screens import kinship_field, move_token
from tsugaru.gyomu.juki.screens.move_forms import Forms, build
from tsugaru.gyomu.juki.screens.preview import Preview, preview
from tsugaru.gyomu.juki.screens.subject import GYOMU, Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest

NOBODY = "-"
GROUPS = ((分類.記載, "記載する"), (分類.消除, "消除する"), (分類.修正, "修正する"))


@dataclass(frozen=True, slots=True)
class Choice:
    """目次の一行。"""

    kind: 異動の種類
    url: str
    key: int | None


class _Undo(Exception):
    """下見のために書いた物を戻す。"""


def menu(request: StaffRequest, number: str = NOBODY) -> HttpResponse:
    """異動の目次。手元に人がいれば、その人にできる異動だけ。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力")
    person = None if number == NOBODY else load(request, number, act="異動の目次")
    if person is not None:
        locks.離れる(number, 席=request.seat)  # 入力をやめて戻ってきた人は、錠を放す
    kinds = [k for k in 一覧.values() if _fits(k, person)]
    groups = [(name, [_choice(k, number, kinds) for k in kinds if k.分類 is group]) for group, name in GROUPS]
    context: dict[str, Any] = {"groups": [(n, c) for n, c in groups if c]}
    return render(request, "juki/moves.html", shell(request, person, **context) if person else context)


def _fits(kind: 異動の種類, person: Person | None) -> bool:
    if person is None:
        return kind.対象 is 対象.新しい人 and kind.符号 != "birth"
    if person.row.住民状態 == "1":
        return True
    return kind.除票も or (kind.対象 is 対象.新しい人 and kind.符号 != "birth")


def _choice(kind: 異動の種類, number: str, kinds: list[異動の種類]) -> Choice:
    order = kinds.index(kind) + 1
    return Choice(kind, reverse("juki:move", args=[number, kind.符号]), order if order < 10 else None)


def move(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """異動の入力。保存すれば仮登録になり、別の人が決裁する。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力")
    kind = _kind(code)
    person = None if number == NOBODY else load(request, number, act="異動の入力")
    refusal = _hold(request, person)
    forms = build(request, kind, person)
    if request.method == "POST" and request.POST.get("do") == "save" and not refusal:
        saved = _save(request, number, kind, forms)
        if saved is not None:
            return redirect("juki:case", saved.pk)
    return _page(request, number, kind, person, forms, refusal)


def _kind(code: str) -> 異動の種類:
    if code not in 一覧:
        raise Http404
    return 種類を引く(code)


def _hold(request: StaffRequest, person: Person | None) -> str:
    """編集中の錠。ほかの人が持っていれば、その名を言う。"""
    if person is None:
        return ""
    try:
        locks.始める(person.row.宛名番号, 席=request.seat, clock=request.clock)
    except 業務エラー as error:
        return str(error)
    return ""


def _page(
    request: StaffRequest, number: str, kind: 異動の種類, person: Person | None, forms: Forms, refusal: str
) -> HttpResponse:
    wrong = forms.errors() if request.POST.get("do") == "save" else []
    context = {
        "kind": kind,
        "forms": forms,
        "wrong": wrong,
        "refusal": refusal,
        "token": request.POST.get("token") or move_token.make(request, kind.符号, number, _seen(person)),
        "kinship": kinship_field.choices(),
        "back_url": reverse("juki:moves", args=[number]),
        "preview_url": reverse("juki:move_preview", args=[number, kind.符号]),
        "new_people": kind.対象 is 対象.新しい人,
        "many": kind.対象 is 対象.世帯員,
    }
    status = 409 if refusal and request.method == "POST" else 422 if wrong else 200
    return render(
        request, "juki/move.html", shell(request, person, **context) if person else context, status=status
    )


def _seen(person: Person | None) -> dict[str, int]:
    """画面を開いたときの履歴番号。"""
    if person is None:
        return {}
    return {row.宛名番号: row.履歴番号 for row in (person.row, *person.members)}


def _save(request: StaffRequest, number: str, kind: 異動の種類, forms: Forms) -> 届出 | None:
    """仮登録。断られたら、誤りを欄に付けて None（打った物は残る）。"""
    if not forms.is_valid():
        return None
    try:
        token = move_token.read(request, request.POST.get("token", ""), kind.符号, number)
        saved = _file(request, kind, forms, token)
    except 業務エラー as error:
        forms.refuse(error)
        return None
    move_token.spend(request, token)
    if number != NOBODY:
        locks.離れる(number, 席=request.seat)
    return saved


def _file(request: StaffRequest, kind: 異動の種類, forms: Forms, token: move_token.Token) -> 届出:
    return cases.仮登録する(
        種類=kind.符号,
        共通=forms.common.values,
        人々=forms.targets(token.seen),
        事項=forms.header.facts(),
        入力=入力(
            入力者=request.seat.staff.number,
            入力場所=str(request.municipality.facts["交付場所"][0])[:20],
            入力端末=request.seat.terminal,
        ),
        clock=request.clock,
    )


@require_POST
def move_preview(request: StaffRequest, number: str, code: str) -> HttpResponse:
    """打ちながらの下見。仮に登録して前後を作り、全てを戻す。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力")
    kind = _kind(code)
    person = None if number == NOBODY else load(request, number, act="異動の下見")
    forms = build(request, kind, person)
    context: dict[str, Any] = {}
    if forms.is_valid():
        try:
            token = move_token.read(request, request.POST.get("token", ""), kind.符号, number)
            context["found"] = _try(request, kind, forms, token)
        except 業務エラー as error:
            context["error"] = str(error)
    else:
        context["missing"] = len(forms.errors())
    return render(request, "juki/_preview.html", context)


def _try(request: StaffRequest, kind: 異動の種類, forms: Forms, token: move_token.Token) -> Preview | None:
    found = None
    try:
        with transaction.atomic():
            found = preview(request, _file(request, kind, forms, token))
            raise _Undo
    except _Undo:
        return found
