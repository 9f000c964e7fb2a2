"""証明（F9）。見つけた人から F9 → Enter → F10 の三打で一通。"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.juki.domain import holds
from tsugaru.gyomu.juki.domain.certificate_forms import 様式の一覧
from tsugaru.gyomu.juki.domain.issuing import 交付する, 手数料, 渡す
from tsugaru.gyomu.juki.models import 交付
from tsugaru.gyomu.juki.screens.issue_form import IssueForm
from tsugaru.gyomu.juki.screens.options import offered
from tsugaru.gyomu.juki.screens.subject import GYOMU, Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.request import StaffRequest

# 画面の中に出すので、この応答だけは自分の画面からの埋込みを許す
EMBEDDED = "frame-ancestors 'self'; base-uri 'none'"
STEP_UP_NEEDED = 業務エラー(
    "ID-0009", "この交付には、もう一度本人確認が要ります。", "確認番号を入れてください。"
)


def issue(request: StaffRequest, number: str) -> HttpResponse:
    """請求を受けて交付する。"""
    authz.require(request.seat.staff.section, GYOMU, "発行")
    person = load(request, number, act="証明の画面")
    form = IssueForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = _issue(request, person, form)
        except 業務エラー as error:
            form.add_error(_field_of(form, error), str(error))
        else:
            return redirect(f"{reverse('juki:issued', args=[document])}?for={number}")
    return render(
        request,
        "juki/issue.html",
        shell(request, person, form=form, fees=_fees(request, form), alerts=_alerts(request, person)),
        status=422 if form.errors else 200,
    )


def _issue(request: StaffRequest, person: Person, form: IssueForm) -> UUID:
    wanted = form.wanted()
    if number_of(person) not in {number for number, _ in wanted.人}:
        raise 業務エラー(
            "JK-0705", "手元の人が載っていません。", "別の人の画面から交付してください。", 項目="people"
        )
    if wanted.開示:
        authz.require(request.seat.staff.section, GYOMU, "照会", "支援措置")
    secret = (
        wanted.開示
        or wanted.選.個人番号
        or 様式の一覧[wanted.様式].番号が要る
        or "個人番号" in wanted.選.事項
    )
    if secret and not seats.is_fresh(request.seat, clock=request.clock):
        raise STEP_UP_NEEDED
    return 交付する(
        wanted,
        seat=request.seat,
        municipality=request.municipality,
        clock=request.clock,
        途切れを承知=bool(form.cleaned_data.get("accept")),
    ).文書


def number_of(person: Person) -> str:
    """手元の人の宛名番号。"""
    return person.row.宛名番号


def _field_of(form: IssueForm, error: 業務エラー) -> str | None:
    name = {"様式": "form", "人": "people"}.get(error.項目 or "", error.項目)
    return name if name in form.fields else None


def _fees(request: StaffRequest, form: IssueForm) -> list[str]:
    """選べる様式の手数料。"""
    usable = [様式の一覧[code] for code in offered(form, "form")]
    return [f"{f.名称} {手数料(request.municipality, f, 公用=False):,}円" for f in usable]


def _alerts(request: StaffRequest, person: Person) -> list[str]:
    found = holds.効いている抑止([number_of(person)], "発行", clock=request.clock)
    return [f"発行{'抑止' if hold.水準 == 'エラー' else '注意'}: {hold.理由}" for hold in found]


def issued(request: StaffRequest, document: UUID) -> HttpResponse:
    """交付した証明を画面の中に出す。"""
    authz.require(request.seat.staff.section, GYOMU, "発行")
    rows = sorted(交付.objects.filter(文書=document), key=lambda row: int(row.選択["順"]))
    if not rows:
        raise Http404
    listed = [row.宛名番号 for row in rows]
    wanted = request.GET.get("for", "")
    person = load(request, wanted if wanted in listed else listed[0], act="交付の画面")
    return render(
        request,
        "juki/issued.html",
        shell(request, person, rows=rows, first=rows[0], fee=sum(r.手数料 for r in rows)),
    )


def document(request: StaffRequest, document: UUID) -> HttpResponse:
    """PDF。請求番号とハッシュが合うときだけ渡る。"""
    authz.require(request.seat.staff.section, GYOMU, "発行")
    if not 交付.objects.filter(文書=document).exists():
        raise Http404
    pdf = 渡す(document, seat=request.seat, municipality=request.municipality)
    headers = {
        "Content-Disposition": f'inline; filename="{document}.pdf"',
        "Content-Security-Policy": EMBEDDED,
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
