"""証明の請求: 所得証明書・課税（非課税）証明書。賦課のない人には、申告への道だけを見せる。"""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.kojin.domain import certifying, dossier
from tsugaru.gyomu.kojin.domain.certified import 写す人
from tsugaru.gyomu.kojin.domain.certifying import 請求
from tsugaru.gyomu.kojin.domain.dossier import 台帳
from tsugaru.gyomu.kojin.models import 証明交付
from tsugaru.gyomu.kojin.screens import person as person_page
from tsugaru.gyomu.kojin.screens import shown, token
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest

CERTIFICATE = "certificate"
KINDS = [("課税証明書", "課税（非課税）証明書"), ("所得証明書", "所得証明書")]
AGENT = "代理人"


class CertificateForm(ScreenForm):
    """一通の請求。"""

    種類 = forms.ChoiceField(
        label="証明の種類", choices=KINDS, initial="課税証明書", widget=forms.RadioSelect
    )
    請求者 = forms.ChoiceField(
        label="請求者", choices=[("本人", "本人"), (AGENT, AGENT)], initial="本人", widget=forms.RadioSelect
    )
    代理人氏名 = forms.CharField(label="代理人の氏名", max_length=100, required=False)
    使用目的 = forms.CharField(
        label="使用目的", max_length=60, required=False, widget=forms.TextInput({"list": "purposes"})
    )
    控除 = forms.BooleanField(label="所得控除の内訳を載せる", required=False, initial=True)
    該当 = forms.BooleanField(label="扶養・本人の該当を載せる", required=False, initial=True)
    公用 = forms.BooleanField(label="公用（手数料なし）", required=False)
    途切れを承知 = forms.BooleanField(label="枠に入りきらない項目の途切れを承知で作る", required=False)

    def clean_代理人氏名(self) -> str:
        """台帳に入る文字（KJ-4008）。"""
        return moji.検査する文字列(
            self.cleaned_data["代理人氏名"], 項目="代理人の氏名", 最大文字数=100, code="KJ-4008"
        )

    def clean(self) -> dict[str, object]:
        """代理人なら氏名が要る。"""
        values = super().clean() or self.cleaned_data
        if values.get("請求者") == AGENT and not values.get("代理人氏名"):
            self.add_error("代理人氏名", "KJ-4009 代理人の氏名がありません。委任状のとおりに入れてください。")
        return values

    def wanted(self) -> 請求:
        """打たれた請求。"""
        values = self.cleaned_data
        agent = values["代理人氏名"] if values["請求者"] == AGENT else ""
        return 請求(**{**values, "代理人氏名": agent})


def certificate(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """請求を受けて一通作る。"""
    person = load(request, number, year, operation="発行", act="税の証明の画面")
    book = dossier.開く(number, year)
    row = book.今
    if row is None:
        return _refused(request, person, book)
    disclosure.reveal_addresses(  # 支援措置の対象者なら、打つ前に本人確認か引継ぎへ
        request.seat, gyomu="kojin", subjects=[number], kinds=["住所"], unmask=bool(disclosure.sheltered([number]))
    )  # fmt: skip
    form = CertificateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = _issue(request, person, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:issued", made.文書)
    fees = [(name, certifying.手数料を読む(request.municipality, kind).額) for kind, name in KINDS]
    context = shell(
        request,
        person,
        *person_page.flags(book),
        form=form,
        fees=fees,
        heading=f"税の証明　{shown.year_name(year)}",
        row=row,
        years=[(y, shown.year_name(y), y == year) for y in book.年度たち],
        token=token.make(request, person, CERTIFICATE, str(row.番)),
    )
    return render(request, "kojin/certificate.html", context, status=422 if form.errors else 200)


def _refused(request: StaffRequest, person: Person, book: 台帳) -> HttpResponse:
    """証明できない訳と、申告への道。"""
    try:
        certifying.証明できる(person.number, person.year, clock=request.clock)
        text = ""
    except 業務エラー as error:
        text = str(error)
    years = [(y, shown.year_name(y), y == person.year) for y in book.年度たち]
    heading = f"税の証明　{shown.year_name(person.year)}"
    context = shell(request, person, *person_page.flags(book), refused=text, heading=heading, years=years)
    return render(request, "kojin/certificate.html", context, status=409)


def _issue(request: StaffRequest, person: Person, form: CertificateForm) -> 証明交付:
    seen = token.read(request, person, CERTIFICATE)
    one = person.one
    return certifying.証明する(
        写す人(宛名番号=one.number, 氏名=one.name, 生年月日表示=one.born, 住所番号=one.place),
        person.year,
        form.wanted(),
        基の番=int(seen.version),
        請求番号=seen.request,
        団体=request.municipality,
        seat=request.seat,
        clock=request.clock,
    )
