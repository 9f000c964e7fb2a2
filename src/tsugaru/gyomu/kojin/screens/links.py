"""名寄せの一覧と、一枚ずつ決める画面。決めると、次の資料が開く。"""

from __future__ import annotations

from datetime import date

from django import forms
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import linking
from tsugaru.gyomu.kojin.domain.linking import 候補
from tsugaru.gyomu.kojin.models import 課税資料
from tsugaru.gyomu.kojin.models.source import 資料種類
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row, Withheld

SALT = "kojin.link"
PAGE = 50
COLUMNS = [
    Column("資料"), Column("氏名", "name"), Column("カナ"), Column("生年月日", "date"), Column("支払者", "name"),
    Column("候補", "number"), Column("合う項目"),
]  # fmt: skip
SOURCE = [
    Column("資料"), Column("氏名", "name"), Column("カナ"), Column("生年月日", "date"), Column("支払者", "name"),
    Column("受給者番号"), Column("額"),
]  # fmt: skip
REASONS = (
    "差出人に電話で確かめた",
    "住所の書き方の違い（同じ場所）",
    "前の住所で書かれている",
    "カナの書き誤り",
    "名の字の違い",
)
OTHER_TOWN = "この団体の人でない"
SEXES = {"1": "男", "2": "女"}


class DecideForm(ScreenForm):
    """宛名番号（空なら、この団体の人でない）と理由。"""

    宛名番号 = forms.CharField(
        label="宛名番号", required=False, max_length=15,
        widget=forms.TextInput(attrs={"data-width": "s", "inputmode": "numeric"}),
    )  # fmt: skip
    該当なし = forms.BooleanField(label=OTHER_TOWN, required=False)
    理由 = forms.CharField(
        label="理由", max_length=200, widget=forms.TextInput(attrs={"data-width": "l", "list": "reasons"})
    )

    def clean(self) -> dict[str, object]:
        """人か、該当なしの、どちらか一つ。"""
        cleaned = super().clean() or {}
        if bool(cleaned.get("宛名番号")) == bool(cleaned.get("該当なし")):
            message = (
                "KJ-3101 人を一人選ぶか、「この団体の人でない」に印を付けてください（両方はできません）。"
            )
            raise forms.ValidationError(message, code="KJ-3101")
        return cleaned


def listing(request: StaffRequest, year: int) -> HttpResponse:
    """まだ決まっていない資料。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    waiting = 課税資料.objects.filter(課税年度=year, 判断=None).order_by("pk").prefetch_related("候補")
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    audit.record(act="名寄せの一覧", gyomu=GYOMU, detail={"year": year, "count": page.paginator.count})
    rows = [
        Row(
            [
                資料種類(s.種類).label,
                s.氏名,
                s.カナ,
                s.生年月日,
                s.支払者,
                len(s.候補.all()),
                _best(s),
            ],
            url=reverse("kojin:link", args=[s.pk]),
        )
        for s in page.object_list
    ]
    context = {"year": year, "rows": rows, "columns": COLUMNS, "page": page}
    return render(request, "kojin/links.html", context)


def _best(資料: 課税資料) -> str:
    found = [候補(r.宛名番号, r.番号, r.氏名, r.カナ, r.今の名, r.住所).合う項目 for r in 資料.候補.all()]
    return "・".join(sorted(found, key=len)[-1]) if found else ""


def decide(request: StaffRequest, source: int) -> HttpResponse:
    """一枚を決める。"""
    section = request.seat.staff.section
    authz.require(section, GYOMU, "異動入力", "税額")
    資料 = 課税資料.objects.filter(pk=source).first()
    if 資料 is None:
        raise Http404
    before = linking.今の判断(資料.pk)
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            linking.決める(
                資料.pk, form.cleaned_data["宛名番号"], 理由=form.cleaned_data["理由"], 基の番=_seen(request, 資料),
                職員=request.seat.staff.number, clock=request.clock,
            )  # fmt: skip
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            following = linking.次の資料(資料.課税年度, 資料.pk)
            if following is None:
                return redirect("kojin:links", 資料.課税年度)
            return redirect("kojin:link", following.pk)
    people = linking.書き留めた候補(資料.pk)
    context = {
        "source": 資料,
        "columns": SOURCE,
        "rows": [Row(_written(資料))],
        "people": _people(request, people),
        "form": form,
        "before": before,
        "reasons": REASONS,
        "left": linking.決まっていない数(資料.課税年度),
        "token": signing.dumps([request.seat.pk, 資料.pk, before.番 if before else 0], salt=SALT),
    }
    return render(request, "kojin/link.html", context, status=422 if form.errors else 200)


def _seen(request: StaffRequest, 資料: 課税資料) -> int:
    """画面を開いたときの番。別の資料・別の席の画面なら KJ-3102。"""
    try:
        seat, source, number = signing.loads(request.POST.get("token", ""), salt=SALT)
    except signing.BadSignature:
        seat, source, number = None, None, 0
    if (seat, source) != (request.seat.pk, 資料.pk):
        raise 業務エラー(
            "KJ-3102",
            "別の資料の画面から送られたため、何も記録していません。",
            "資料を開き直して入れてください。",
        )
    return int(number)


def _written(資料: 課税資料) -> list[object]:
    """資料に書かれたこと（SOURCE の列）。"""
    money = "・".join(
        f"{名} {値:,}円" for 名, 値 in 資料.事実.items() if 名.endswith(("収入金額", "保険料の金額"))
    )
    payer = f"{資料.支払者}（{資料.支払者番号}）" if 資料.支払者番号 else 資料.支払者
    return [資料種類(資料.種類).label, 資料.氏名, 資料.カナ, 資料.生年月日, payer, 資料.受給者番号, money]


def _people(request: StaffRequest, people: list[候補]) -> list[dict[str, object]]:
    """候補の人と、門を通した今の住所。"""
    numbers = [p.宛名番号 for p in people]
    found = atena.見出しを読む(numbers)
    rights = authz.rights_of(request.seat.staff.section)
    places = (
        disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=numbers, kinds=["住所"])
        if numbers and (GYOMU, "照会", "住所") in rights
        else {}
    )
    now = {place.subject: place for _, place in sorted(places.items())}
    audit.record(act="名寄せの候補", subjects=numbers, gyomu=GYOMU)
    return [
        {
            "number": p.宛名番号,
            "name": found[p.宛名番号].氏名,
            "kana": found[p.宛名番号].フリガナ,
            "birth": _birth(found[p.宛名番号].生年月日),
            "sex": SEXES.get(found[p.宛名番号].性別, ""),
            "place": _place(now.get(p.宛名番号)),
            "same": ({"個人番号": True} if p.番号 else {}) | {"氏名": p.氏名, "カナ": p.カナ, "住所": p.住所},
        }
        for p in people
        if p.宛名番号 in found
    ]


def _birth(born: date | None) -> str:
    return 和暦表示(born) if born else ""


def _place(place: disclosure.Revealed | None) -> str | Withheld:
    if place is None:
        return ""
    return Withheld("支援措置") if place.masked else place.text()
