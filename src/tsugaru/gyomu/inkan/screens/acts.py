"""登録の後の手続。今の状態からできない手続は、画面も無い（404）。"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from tsugaru.gyomu.inkan.domain import applications, cards, changes, machine
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定めを読む
from tsugaru.gyomu.inkan.domain.codes import 事由, 抹消事由
from tsugaru.gyomu.inkan.domain.register import 入力
from tsugaru.gyomu.inkan.screens import shown, token
from tsugaru.gyomu.inkan.screens.act_forms import FORMS, ActForm
from tsugaru.gyomu.inkan.screens.subject import Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

SLUGS: dict[事由, str] = {
    事由.回答による登録: "answer",
    事由.照会の取下げ: "withdraw",
    事由.登録証の引替: "exchange",
    事由.登録証の亡失: "lost",
    事由.登録証の再交付: "reissue",
    事由.一時停止: "suspend",
    事由.停止の解除: "resume",
    事由.廃止: "close",
    事由.職権抹消: "remove",
    事由.職権回復: "restore",
    事由.修正: "correct",
}
ACTS = {slug: one for one, slug in SLUGS.items()}
NOTES = {
    事由.回答による登録: "回答書の署名と印影が、申請の印影と同じことを確かめてください。登録証をこの場で渡します。",
    事由.登録証の引替: "古い登録証を返してもらい、新しい登録証を渡します。手数料はかかりません。",
    事由.登録証の亡失: "登録証はすぐに効かなくなります。再交付か廃止まで、証明書は出せません。",
    事由.廃止: "登録証を返してもらってください。廃止した登録は戻せません（登録し直します）。",
    事由.職権抹消: "本人へ抹消の通知が要ります。転出・死亡などの異動では、自動で抹消されます。",
    事由.職権回復: "転出の取消しなど、抹消のもとになった異動がなくなったときに限ります。",
    事由.修正: "印影は直せません。印影を替えるときは、廃止して登録し直します。",
}
DANGEROUS = (事由.廃止, 事由.職権抹消, 事由.登録証の亡失, 事由.照会の取下げ)


def act(request: StaffRequest, number: str, slug: str) -> HttpResponse:
    """一つの手続の画面。"""
    wanted = ACTS.get(slug)
    if wanted is None:
        raise Http404
    person = load(request, number, operation="異動入力", act=f"印鑑登録（{wanted.表示}）の画面")
    if not machine.できる(person.row, wanted):
        raise Http404
    form = FORMS[wanted](request.POST or None, initial=_initial(person, wanted))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _run(request, person, wanted, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("inkan:person", number)
    context = shell(
        request,
        person,
        form=form,
        name=wanted.表示,
        note=NOTES.get(wanted, ""),
        fee=条例の定めを読む(request.municipality.facts).再交付手数料
        if wanted is 事由.登録証の再交付
        else None,
        danger=wanted in DANGEROUS,
        imprint=shown.imprint(bytes(person.row.印影.画像)) if person.row else None,
        token=token.make(request, person, slug),
    )
    return render(request, "inkan/act.html", context, status=422 if form.errors else 200)


def _initial(person: Person, wanted: 事由) -> dict[str, object]:
    row = person.row
    if wanted is 事由.修正 and row is not None:
        return {n: getattr(row, n) for n in ("印鑑文字", "カタカナ表記", "確認書類", "備考")}
    return {}


def _run(request: StaffRequest, person: Person, wanted: 事由, form: ActForm) -> None:
    version = token.read(request, person, SLUGS[wanted]).version
    who = 入力(request.seat.staff.number, request.seat.terminal)
    common: dict[str, Any] = {"基の履歴番号": version, "入力": who, "clock": request.clock}
    values = form.cleaned_data
    if "わけ" in values:
        values["わけ"] = 抹消事由(values["わけ"])
    if wanted in (事由.回答による登録, 事由.登録証の再交付, 事由.職権回復):
        common["定め"] = 条例の定めを読む(request.municipality.facts)
    run = RUNS.get(wanted)
    if run is None:
        changes.切り替える(person.number, wanted, **values, **common)
    else:
        run(person.number, **values, **common)


RUNS: dict[事由, Callable[..., object]] = {
    事由.回答による登録: applications.回答を受ける,
    事由.登録証の引替: cards.引き替える,
    事由.登録証の亡失: cards.亡失を受ける,
    事由.登録証の再交付: cards.再交付する,
    事由.廃止: changes.廃止する,
    事由.職権抹消: changes.抹消する,
    事由.職権回復: changes.回復する,
    事由.修正: changes.修正する,
}
