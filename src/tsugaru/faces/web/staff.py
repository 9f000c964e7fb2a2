"""職員と権限の頁。情報システムの担当が、誰がいるか・何をしてよいかを見て、解き、権限表を読み直す。

見るには業務 shell の「照会」、変えるには「設定」と5分以内の本人確認が要る。変えれば次の要求から効き、監査に残る。

まだ無いもの: 画面からの登録と付け直し（`tsugaru staff` で行う）、権限の棚卸しの記録、権限表の二人での変更。
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tsugaru.faces.web import staff_rights
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity import admin, seats
from tsugaru.platform.identity.models import Seat, Staff
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row

COLUMNS = [
    Column("職員番号"), Column("氏名", "name"), Column("所属"), Column("職"),
    Column("発令日", "date"), Column("解除日", "date"), Column("ありさま"),
]  # fmt: skip


class DisableForm(ScreenForm):
    """解く訳。"""

    reason = forms.ChoiceField(
        label="訳",
        choices=[
            ("", "選んでください"),
            *((r, r) for r in ("異動", "退職", "休職", "番号の誤り", "不正の疑い")),
        ],
        widget=forms.Select(attrs={"autofocus": True}),
    )


@require_GET
def page(request: StaffRequest) -> HttpResponse:
    """職員の一覧。"""
    authz.require(request.seat.staff.section, "shell", "照会")
    may_change = authz.allows(request.seat.staff.section, "shell", "設定")
    seated = set(Seat.objects.filter(ended_at__isnull=True).values_list("staff_id", flat=True))
    people = list(Staff.objects.order_by("-is_active", "number"))
    done = next((s for s in people if s.number == request.GET.get("done") and not s.is_active), None)
    rows = [_row(s, request, seated=s.pk in seated, may_change=may_change) for s in people]
    return render(request, "web/staff.html", {"columns": COLUMNS, "rows": rows, "done": done})


def _row(staff: Staff, request: StaffRequest, *, seated: bool, may_change: bool) -> Row:
    locked = staff.locked_until is not None and staff.locked_until > request.clock.now()
    state = "解除" if not staff.is_active else "錠" if locked else "席に着いている" if seated else "有効"
    until = 和暦表示(staff.valid_until) if staff.valid_until else None
    url = reverse("staff_disable", args=[staff.number]) if may_change and staff.is_active else ""
    cells = [staff.number, staff.name, staff.section, staff.title, 和暦表示(staff.valid_from), until, state]
    return Row(cells, url=url, ended=not staff.is_active)


@require_http_methods(["GET", "POST"])
def disable(request: StaffRequest, number: str) -> HttpResponse:
    """一人を解く。相手は URL にあり、既に解かれていれば断る（二つの頁から二度は解けない）。"""
    _require_change(request)
    staff = admin.found(number)
    if staff.pk == request.seat.staff.pk:
        raise 業務エラー("ID-0208", "自分を解くことはできません。", "ほかの担当に頼んでください。")
    form = DisableForm(request.POST or None)
    if form.is_valid():
        admin.disable(number, reason=form.cleaned_data["reason"], clock=request.clock)
        return redirect(f"{reverse('staff')}?done={number}")
    items = [Item("職員番号", staff.number), Item("氏名", staff.name, "name"), Item("所属", staff.section)]
    context = {"form": form, "items": items, "person": staff}
    return render(request, "web/staff_disable.html", context, status=422 if form.errors else 200)


@require_GET
def rights(request: StaffRequest) -> HttpResponse:
    """権限の表（所属×業務×操作×項目区分）。"""
    authz.require(request.seat.staff.section, "shell", "照会")
    columns, rows = staff_rights.table(authz.all_rights())
    context = {
        "columns": columns,
        "rows": rows,
        "may_change": authz.allows(request.seat.staff.section, "shell", "設定"),
        "done": request.GET.get("done") == "1",
    }
    return render(request, "web/staff_rights.html", context)


@require_http_methods(["GET", "POST"])
def reload(request: StaffRequest) -> HttpResponse:
    """roles.csv を読み直す。見せた違いのとおりでなければ替えない。"""
    _require_change(request)
    sheet = staff_rights.sheet(request.municipality)
    if request.method == "POST":
        if request.POST.get("mark") != sheet.mark:
            raise 業務エラー(
                "AZ-0005", "見ていた間に権限表が変わりました。", "開き直して、違いを確かめてください。"
            )
        authz.replace(sheet.rows)
        return redirect(f"{reverse('staff_rights')}?done=1")
    context = {"columns": staff_rights.CHANGES, "rows": sheet.changes(), "sheet": sheet}
    return render(request, "web/staff_reload.html", context)


def _require_change(request: StaffRequest) -> None:
    authz.require(request.seat.staff.section, "shell", "設定")
    if not seats.is_fresh(request.seat, clock=request.clock):
        raise 業務エラー(
            "ID-0009", "この操作には5分以内の本人確認が要ります。", "もう一度本人を確かめてください。"
        )
