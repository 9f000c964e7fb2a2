"""登録の申請: 打って印影を読み取る画面と、実寸で見比べて登録する画面。"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.inkan.domain import intake, machine
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定めを読む
from tsugaru.gyomu.inkan.domain.codes import 事由, 登録方法
from tsugaru.gyomu.inkan.domain.inquiry import 照会書を作る
from tsugaru.gyomu.inkan.domain.lettering import 文字を照らす
from tsugaru.gyomu.inkan.domain.register import 入力
from tsugaru.gyomu.inkan.domain.similar import 世帯の似た印影
from tsugaru.gyomu.inkan.models import 受付
from tsugaru.gyomu.inkan.screens import shown, token
from tsugaru.gyomu.inkan.screens.apply_form import ApplyForm, ConfirmForm
from tsugaru.gyomu.inkan.screens.subject import Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item

APPLY, CONFIRM = "apply", "confirm"
FIELDS = {"登録方法": "方法", "本人の申請": "申請者", "範囲": "印影"}


def apply(request: StaffRequest, number: str) -> HttpResponse:
    """申請を打ち、印影を読み取る。登録できる状態でなければ画面も無い。"""
    person = load(request, number, operation="異動入力", act="印鑑登録申請の画面")
    if not machine.できる(person.row, 事由.即日登録):
        raise Http404
    form = ApplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                draft = _take(request, person, form)
        except 業務エラー as error:
            name = FIELDS.get(error.項目 or "", error.項目)
            form.add_error(name if name in form.fields else None, str(error))
        else:
            return redirect("inkan:confirm", number, draft.番号)
    context = shell(request, person, form=form, token=token.make(request, person, APPLY))
    return render(request, "inkan/apply.html", context, status=422 if form.errors else 200)


def _take(request: StaffRequest, person: Person, form: ApplyForm) -> 受付:
    seen = token.read(request, person, APPLY)
    return intake.受け付ける(
        person.number,
        form.wanted(),
        form.reading(),
        番号=seen.request,
        基の履歴番号=seen.version,
        定め=条例の定めを読む(request.municipality.facts),
        seat=request.seat,
        clock=request.clock,
    )


def confirm(request: StaffRequest, number: str, draft: UUID) -> HttpResponse:
    """印影を実寸と三倍で見せ、職員が実物と見比べて登録する。"""
    person = load(request, number, operation="異動入力", act="印鑑登録確認の画面")
    kept = intake.預かった受付(draft, number, request.seat)
    if kept is None or not machine.できる(person.row, 事由.即日登録):
        raise Http404
    similar = 世帯の似た印影(number, bytes(kept.画像))
    form = ConfirmForm(request.POST or None, similar=bool(similar))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                document = _register(request, person, kept, form)
        except 業務エラー as error:
            form.add_error(None, str(error))
        else:
            return redirect("inkan:letter", document) if document else redirect("inkan:person", number)
    context = shell(
        request,
        person,
        form=form,
        items=_items(person, kept),
        imprint=shown.imprint(bytes(kept.画像)),
        measured=_measured(kept),
        warnings=kept.読取["警告"],
        similar=[(one, shown.data_uri(one.図)) for one in similar],
        primary="照会書を発行する" if _by_letter(kept) else "登録する",
        token=token.make(request, person, CONFIRM),
    )
    return render(request, "inkan/confirm.html", context, status=422 if form.errors else 200)


def _by_letter(kept: 受付) -> bool:
    return bool(kept.内容["方法"] == 登録方法.照会書.value)


def _register(request: StaffRequest, person: Person, kept: 受付, form: ConfirmForm) -> UUID | None:
    """登録する。照会書なら、できた文書の番号。"""
    seen = token.read(request, person, CONFIRM)
    row = intake.登録する(
        kept,
        別の印と確かめた=bool(form.cleaned_data.get("別の印")),
        照会文書=seen.request,
        定め=条例の定めを読む(request.municipality.facts),
        入力=入力(request.seat.staff.number, request.seat.terminal),
        clock=request.clock,
    )
    if row.照会文書 is None:
        return None
    return 照会書を作る(row, 団体=request.municipality, seat=request.seat, clock=request.clock)


def _measured(kept: 受付) -> str:
    read = kept.読取
    basis = f"{read['読取解像度']} dpi・{read['寸法の根拠']}から測定"
    return f"横 {shown.millimetres(read['横'])} × 縦 {shown.millimetres(read['縦'])}（{basis}）"


def _items(person: Person, kept: 受付) -> list[Item]:
    one = intake.申請に戻す(kept.内容)
    lettering = 文字を照らす(one.印鑑文字, person.resident, one.カタカナ表記)
    found = [
        Item("登録方法", one.方法.表示),
        Item("申請者", f"{'本人' if one.本人の申請 else '代理人'}　{one.代理人氏名}".strip()),
        Item("意思の確認", one.意思.表示),
        Item("確認した書類", one.確認書類),
        Item("保証人の登録証", one.保証人番号) if one.保証人番号 else None,
        Item("印鑑の文字", one.印鑑文字, "name", f"（{lettering.name}）"),
        Item("カタカナ表記", one.カタカナ表記) if one.カタカナ表記 else None,
        Item("渡す登録証番号", one.登録証番号),
        Item("備考", one.備考) if one.備考 else None,
    ]
    return [item for item in found if item is not None]
