"""印鑑登録証明書。登録証を読み取って F10。"""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.inkan.domain.address import 刷る住所
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定めを読む
from tsugaru.gyomu.inkan.domain.certificate import 証明する, 請求
from tsugaru.gyomu.inkan.models import 印鑑履歴, 状態, 証明交付
from tsugaru.gyomu.inkan.screens import shown, token
from tsugaru.gyomu.inkan.screens.act_forms import CardField, TextField
from tsugaru.gyomu.inkan.screens.subject import GYOMU, Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.documents import store
from tsugaru.platform.documents.models import Document
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest

ISSUE = "issue"
# 画面の中に出すので、この応答だけは自分の画面からの埋込みを許す
EMBEDDED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


class IssueForm(ScreenForm):
    """請求。初めの欄で登録証を読み取る。"""

    登録証番号 = CardField(
        first=True, label="登録証番号", help_text="持参した登録証を読み取るか、番号を打ちます"
    )
    請求者 = forms.ChoiceField(
        label="請求者",
        choices=[("本人", "本人"), ("代理人", "代理人")],
        initial="本人",
        widget=forms.RadioSelect,
    )
    代理人氏名 = TextField(label="代理人の氏名", max_length=100, required=False)
    公用 = forms.BooleanField(label="公用（手数料なし）", required=False)
    途切れを承知 = forms.BooleanField(label="枠に入りきらない項目の途切れを承知で作る", required=False)

    def clean(self) -> dict[str, object]:
        """代理人なら氏名が要る。"""
        values = super().clean() or self.cleaned_data
        if values.get("請求者") == "代理人" and not values.get("代理人氏名"):
            self.add_error("代理人氏名", "IN-0207 代理人の氏名がありません。請求書のとおりに入れてください。")
        return values

    def wanted(self) -> 請求:
        """打たれた請求。"""
        values = self.cleaned_data
        return 請求(
            登録証番号=values["登録証番号"],
            本人=values["請求者"] == "本人",
            代理人氏名=values["代理人氏名"] if values["請求者"] == "代理人" else "",
            公用=values["公用"],
            途切れを承知=values["途切れを承知"],
        )


def issue(request: StaffRequest, number: str) -> HttpResponse:
    """請求を受けて一通作る。登録が生きていなければ（たった今抹消されたときも）、原票の画面へ戻る。"""
    person = load(request, number, operation="発行", act="印鑑登録証明の画面")
    if person.row is None or person.row.状態 != 状態.登録:
        return redirect("inkan:person", number)
    刷る住所(person.resident, request.seat)  # 支援措置の対象者なら、打つ前に本人確認か引継ぎへ
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done = _issue(request, person, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("inkan:issued", done.文書)
    context = shell(
        request,
        person,
        form=form,
        fee=条例の定めを読む(request.municipality.facts).証明手数料,
        imprint=shown.imprint(bytes(person.row.印影.画像)),
        token=token.make(request, person, ISSUE),
    )
    return render(request, "inkan/issue.html", context, status=422 if form.errors else 200)


def _issue(request: StaffRequest, person: Person, form: IssueForm) -> 証明交付:
    seen = token.read(request, person, ISSUE)
    return 証明する(
        person.number,
        form.wanted(),
        基の履歴番号=seen.version,
        請求番号=seen.request,
        団体=request.municipality,
        seat=request.seat,
        clock=request.clock,
    )


def issued(request: StaffRequest, document: UUID) -> HttpResponse:
    """交付した証明を画面の中に出す。作った席でなければ、PDF は出ない。"""
    row = 証明交付.objects.filter(pk=document).first()
    if row is None:
        raise Http404
    person = load(request, row.宛名番号, operation="発行", act="印鑑登録証明の交付の画面")
    context = shell(
        request,
        person,
        title="印鑑登録証明書",
        document=document,
        note=f"{row.発行番号}　手数料 {row.手数料:,}円{'（公用）' if row.公用 else ''}　請求者 {row.請求者}",
        mine=_mine(request, document),
    )
    return render(request, "inkan/issued.html", context)


def letter(request: StaffRequest, document: UUID) -> HttpResponse:
    """発行した照会書を画面の中に出す。"""
    row = 印鑑履歴.objects.filter(照会文書=document).order_by("履歴番号").first()
    if row is None or row.回答期限 is None:
        raise Http404
    person = load(request, row.宛名番号, operation="異動入力", act="照会書の画面")
    context = shell(
        request,
        person,
        title="印鑑登録照会書兼回答書",
        document=document,
        note="封筒に入れ、転送しない扱いで郵送してください。",
        mine=_mine(request, document),
    )
    return render(request, "inkan/issued.html", context)


def _mine(request: StaffRequest, document: UUID) -> bool:
    return Document.objects.filter(pk=document, seat=request.seat.pk).exists()


def pdf(request: StaffRequest, document: UUID) -> HttpResponse:
    """PDF。請求番号と要約が合い、作った席のときだけ渡る。"""
    section = request.seat.staff.section
    operation = "異動入力" if 印鑑履歴.objects.filter(照会文書=document).exists() else "発行"
    authz.require(section, GYOMU, operation)
    if not Document.objects.filter(pk=document, seat=request.seat.pk, gyomu=GYOMU).exists():
        raise Http404
    content = store.hand(document, seat=request.seat, clock=request.clock)
    headers = {
        "Content-Disposition": f'inline; filename="{document}.pdf"',
        "Content-Security-Policy": EMBEDDED,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
