"""特別徴収義務者台帳の一覧・一つの義務者・報告書にあって登録のない支払者。"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import employers, overview
from tsugaru.gyomu.kojin.domain.employers import 従業員
from tsugaru.gyomu.kojin.domain.instalments import 給与の月
from tsugaru.gyomu.kojin.models import 特徴義務者
from tsugaru.gyomu.kojin.screens import employer_token, shown
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Change, Column, Entry, Item, Row
from tsugaru.platform.screens.templatetags.screens import badge

PAGE = 50
FIRST_YEAR = 2015
LISTING = [
    Column("指定番号", "number"), Column("名称", "name"), Column("法人番号", "number"), Column("納入"),
    Column("宛名番号", "number"), Column("ありさま"),
]  # fmt: skip
PEOPLE = [
    Column("宛名番号", "number"), Column("氏名", "name"), Column("ありさま"), Column("合計", "number"),
    *(Column(f"{月}月", "number") for 月 in 給与の月),
]  # fmt: skip
ABSENT = [Column("指定番号", "number"), Column("報告書の名称", "name"), Column("報告書", "number")]
WAYS = {"毎月": "毎月", "特例": "納期の特例（半年ごと）"}


def listing(request: StaffRequest) -> HttpResponse:
    """一覧と検索。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    words = request.GET.get("q", "")[:60]
    page = Paginator(employers.探す(words), PAGE).get_page(request.GET.get("page"))
    audit.record(act="特別徴収義務者の一覧", gyomu=GYOMU, detail={"count": page.paginator.count})
    year = _latest(request)
    context = {
        "q": words,
        "page": page,
        "year": year,
        "rows": [_listed(row, year) for row in page.object_list],
        "columns": LISTING,
        "may_enter": authz.allows(request.seat.staff.section, GYOMU, "異動入力", "税額"),
    }
    return render(request, "kojin/employers.html", context)


def _listed(row: 特徴義務者, year: int) -> Row:
    state = badge("終了", "ended") if row.終了日 else ("" if row.宛名番号 else badge("送り先なし", "warning"))
    cells = [row.指定番号, row.名称, row.法人番号, WAYS[row.納入方法], row.宛名番号, state or " "]
    return Row(cells, url=reverse("kojin:employer", args=[row.指定番号, year]), ended=row.終了日 is not None)


def _latest(request: StaffRequest) -> int:
    years = overview.年度たち()
    return years[0] if years else request.clock.today().year


def employer(request: StaffRequest, code: str, year: int) -> HttpResponse:
    """一つの義務者: 今の内容・歴・その年度の従業員と納入すべき額。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    rows = employers.歴(code)
    if not rows or not FIRST_YEAR <= year <= request.clock.today().year + 1:
        raise Http404
    everyone = employers.従業員たち(code, year)
    page = Paginator(everyone, PAGE).get_page(request.GET.get("page"))
    people: list[従業員] = list(page.object_list)
    numbers = [one.宛名番号 for one in people]
    found = atena.見出しを読む([*numbers, *filter(None, [rows[0].宛名番号])])
    audit.record(
        act="特別徴収義務者の照会", subjects=numbers, gyomu=GYOMU, detail={"year": year, "employer": code}
    )
    months = employers.月ごとの納入額(everyone)
    context = {
        "row": rows[0],
        "year": year,
        "wareki": shown.year_name(year),
        "years": [(one, shown.year_name(one)) for one in overview.年度たち() if one != year],
        "items": _items(rows[0], found[rows[0].宛名番号].氏名 if rows[0].宛名番号 in found else ""),
        "history": _history(rows),
        "page": page,
        "people": [_person(one, year, found[one.宛名番号].氏名) for one in people],
        "columns": PEOPLE,
        "months": months,
        "total": sum(amount for *_, amount in months),
        "staying": sum(1 for one in everyone if one.在職),
        "may_enter": authz.allows(request.seat.staff.section, GYOMU, "異動入力", "税額"),
    }
    return render(request, "kojin/employer.html", context)


def _items(row: 特徴義務者, name: str) -> list[Item]:
    return [
        Item("指定番号", row.指定番号),
        Item("名称", row.名称, "name"),
        Item("法人番号", row.法人番号 or None),
        Item("送り先の宛名", row.宛名番号 or None, "text", name),
        Item("担当", row.担当 or None),
        Item("納入", WAYS[row.納入方法], "text", "地方税法第321条の5の2" if row.納入方法 == "特例" else ""),
        Item("終了日", 和暦表示(row.終了日) if row.終了日 else None),
    ]


def _person(one: 従業員, year: int, name: str) -> Row:
    state = "在職" if one.在職 else "前の勤め先"
    cell = badge(f"{one.待つ異動}（未反映）", "warning") if one.待つ異動 else state
    months = [one.月割.get(n) for n in range(1, len(給与の月) + 1)]
    url = reverse("kojin:switch", args=[one.宛名番号, year])
    return Row([one.宛名番号, name, cell, one.合計, *months], url=url, ended=not one.在職)


def _history(rows: list[特徴義務者]) -> list[Entry]:
    return [
        Entry(
            異動日=和暦表示(row.処理日時.astimezone(JAPAN).date()),
            異動事由="登録" if row.履歴番号 == 1 else ("終了" if row.終了日 else "訂正"),
            区分=row.理由,
            入力者=row.入力者,
            処理日時=shown.moment(row.処理日時),
            履歴番号=row.履歴番号,
            changes=_changes(rows[n + 1], row) if n + 1 < len(rows) else (),
        )
        for n, row in enumerate(rows)
    ]


def _changes(before: 特徴義務者, after: 特徴義務者) -> list[Change]:
    names = ("名称", "法人番号", "宛名番号", "担当", "納入方法", "終了日")
    return [
        Change(n, getattr(before, n) or "―", getattr(after, n) or "―")
        for n in names
        if getattr(before, n) != getattr(after, n)
    ]


def absent(request: StaffRequest, year: int) -> HttpResponse:
    """登録のない支払者。報告書の名称と法人番号で、一つずつ登録する。"""
    section = request.seat.staff.section
    authz.require(section, GYOMU, "異動入力" if request.method == "POST" else "照会", "税額")
    if not FIRST_YEAR <= year <= request.clock.today().year + 1:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            return _register(request, year)
        except 業務エラー as error:
            fault = str(error)
    found = employers.登録のない(year)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    audit.record(act="登録のない支払者の一覧", gyomu=GYOMU, detail={"year": year, "count": len(found)})
    context = {
        "year": year,
        "wareki": shown.year_name(year),
        "page": page,
        "found": [(one, employer_token.make(request, one.指定番号, one.資料)) for one in page.object_list],
        "fault": fault,
        "may_enter": authz.allows(section, GYOMU, "異動入力", "税額"),
    }
    return render(request, "kojin/employers_absent.html", context, status=422 if fault else 200)


def _register(request: StaffRequest, year: int) -> HttpResponse:
    code = request.POST.get("code", "")
    paper = employer_token.read(request, code)
    row = employers.報告書から登録する(paper, 職員=request.seat.staff.number, clock=request.clock)
    if request.POST.get("next") == "edit":
        return redirect("kojin:employer_edit", row.指定番号)
    return redirect("kojin:employers_absent", year)
