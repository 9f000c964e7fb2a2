"""作った文書（証明・理由書）を画面の中に出し、作った席にだけ渡す。"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import dossier, explaining, reasons
from tsugaru.gyomu.kojin.models import 証明交付
from tsugaru.gyomu.kojin.notices.reasons.notice import FORM as REASONS
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.subject import load, shell
from tsugaru.platform.authz import api as authz
from tsugaru.platform.documents import store
from tsugaru.platform.documents.models import Document
from tsugaru.platform.screens.request import StaffRequest

# 画面の中に出すので、この応答だけは自分の画面からの埋込みを許す
EMBEDDED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
NO_PHONE = "―"


def issued(request: StaffRequest, document: UUID) -> HttpResponse:
    """交付した証明。作った席でなければ、PDF は出ない。"""
    row = 証明交付.objects.filter(pk=document).first()
    if row is None:
        authz.require(request.seat.staff.section, GYOMU, "発行", "税額")
        raise Http404
    person = load(request, row.宛名番号, row.課税年度, operation="発行", act="税の証明の交付の画面")
    fee = f"手数料 {row.手数料:,}円{'（公用）' if row.公用 else ''}"
    context = shell(
        request,
        person,
        title=row.種類,
        document=document,
        note=f"{row.発行番号}　{fee}　請求者 {row.請求者}　{row.代理人氏名}".strip(),
        mine=Document.objects.filter(pk=document, seat=request.seat.pk).exists(),
        back=person.url("person"),
    )
    return render(request, "kojin/paper.html", context)


@require_POST
def make_reasons(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """この税額の理由（PDF）を作る。計算し直して台帳と違えば作らない（KJ-3001）。"""
    person = load(request, number, year, act="税額の理由の作成")
    book = dossier.開く(number, year)
    if book.今 is None:
        raise Http404
    today, request_id = request.clock.today(), uuid4()
    data = reasons.理由を作る(
        explaining.説明する(book.今),
        氏名=person.one.name,
        通知書番号=book.今の通知番号,
        資料=[one.資料 for one in book.資料],
        個別=frozenset(book.効いている個別),
        日=today,
        担当=f"{request.municipality.name}　{request.seat.staff.section}",
        電話番号=_phone(request),
    )
    store.make(
        REASONS, data, request_id=request_id, gyomu=GYOMU, subjects=[number], issued_on=today,
        issue_number=f"理由 {year} {book.今.番}", seat=request.seat, clock=request.clock,
    )  # fmt: skip
    return redirect("kojin:reasons_paper", number, year, request_id)


def _phone(request: StaffRequest) -> str:
    """所属の電話番号。団体のデータに無ければ「―」。"""
    contacts = request.municipality.facts.get("問合せ先", {})
    found = contacts.get(request.seat.staff.section, {}) if isinstance(contacts, dict) else {}
    return str(found.get("電話番号", NO_PHONE)) if isinstance(found, dict) else NO_PHONE


def reasons_paper(request: StaffRequest, number: str, year: int, document: UUID) -> HttpResponse:
    """作った理由書。"""
    person = load(request, number, year, act="税額の理由の画面")
    found = Document.objects.filter(pk=document, gyomu=GYOMU, form=REASONS.form_id, subjects=[number]).first()
    if found is None:
        raise Http404
    context = shell(
        request,
        person,
        title=f"{REASONS.title}　{shown.year_name(year)}",
        document=document,
        note=f"作成 {shown.moment(found.made_at)}",
        mine=found.seat == request.seat.pk,
        back=person.url("trace_root"),
    )
    return render(request, "kojin/paper.html", context)


def pdf(request: StaffRequest, document: UUID) -> HttpResponse:
    """PDF。請求番号と要約が合い、作った席のときだけ渡る。"""
    operation = "発行" if 証明交付.objects.filter(pk=document).exists() else "照会"
    authz.require(request.seat.staff.section, GYOMU, operation, "税額")
    if not Document.objects.filter(pk=document, seat=request.seat.pk, gyomu=GYOMU).exists():
        raise Http404
    content = store.hand(document, seat=request.seat, clock=request.clock)
    headers = {
        "Content-Disposition": f'inline; filename="{document}.pdf"',
        "Content-Security-Policy": EMBEDDED,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
