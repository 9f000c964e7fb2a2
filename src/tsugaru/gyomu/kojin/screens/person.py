"""課税台帳: 一人の一年度。額の行から計算の跡（trace）が開く。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.kojin.domain import dossier, explaining, sheet, units
from tsugaru.gyomu.kojin.domain.dossier import 台帳
from tsugaru.gyomu.kojin.domain.explaining import 説明
from tsugaru.gyomu.kojin.models import 個別事項, 賦課
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.nendo import 前年
from tsugaru.kernel.wareki import 和暦の年
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Row


def latest(request: StaffRequest, number: str) -> HttpResponse:
    """年度を言わずに開けば、台帳のある最も新しい年度。"""
    today = request.clock.today()
    person = load(request, number, today.year, act="課税台帳を探す")
    found = dossier.開く(number, today.year).年度たち
    return redirect("kojin:person", person.number, found[0] if found else today.year)


def person(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """課税台帳の画面。"""
    found = load(request, number, year, act="課税台帳")
    book = dossier.開く(number, year)
    context = shell(
        request,
        found,
        *flags(book),
        heading=f"課税台帳　{shown.year_name(year)}",
        income_year=income_year(year),
        book=book,
        row=book.今,
        years=_years(found, book),
        papers=shown.papers(found, book),
        particulars=[_particular(row) for row in book.効いている個別.values()],
        history=shown.revisions_of(book.番たち),
        issues=_issues(book),
        notices=_notices(book),
        can_enter=found.may("異動入力"),
        can_issue=found.may("発行"),
        columns={"issues": shown.ISSUES, "particulars": shown.PARTICULARS, "notices": shown.NOTICES},
        **(_levied(found, book.今, months(request)) if book.今 else {}),
    )
    return render(request, "kojin/person.html", context)


def income_year(year: int) -> str:
    """「令和7年分の所得」。"""
    return f"{和暦の年(date(前年(year), 12, 31))}分の所得"


def flags(book: 台帳) -> list[Flag]:
    """帯の札。"""
    row = book.今
    if book.取り消した:
        return [Flag("賦課の取消し", "warning", "資料がなくなり、賦課を取り消しました")]
    if row is None:
        return [Flag("資料あり・未賦課" if book.資料 else "未申告", "warning", "この年度の賦課はありません")]
    free = bool(row.結果.get("均等割が非課税である")) and not row.結果.get("市町村民税の所得割額")
    found = [Flag("非課税", "info")] if free else []
    return [*found, *([Flag("未反映の資料", "warning", "次の月例更正で変わります")] if book.未反映 else [])]


def _years(person: Person, book: 台帳) -> dict[str, Any]:
    """年度の切替え。前・次は、台帳がなくても一年ずつ動く。"""
    listed = sorted({*book.年度たち, person.year}, reverse=True)
    urls = {year: (shown.year_name(year), f"../{year}") for year in listed}
    before, after = person.year - 1, person.year + 1
    return {
        "listed": [(year, name, year == person.year) for year, (name, _) in urls.items()],
        "before": before if before >= min(listed) else None,
        "after": after if after <= max(listed) else None,
    }


def months(request: StaffRequest) -> list[int]:
    """団体の納期の月。データに無ければ空（期の番号だけを見せる）。"""
    written = request.municipality.facts.get("個人住民税の通知", {}).get("納期", {})
    return list(written.get("月", ()))


def _levied(person: Person, row: 賦課, months: list[int]) -> dict[str, Any]:
    """賦課のある年度の段。計算し直して行と違えば、段は行に残した値だけで作り、誤りを出す（KJ-3001）。"""
    try:
        explained: 説明 | None = explaining.説明する(row)
        fault = ""
    except 業務エラー as error:
        explained, fault = None, str(error)
    値 = explained.値 if explained else _stored(row)
    return {
        "fault": fault,
        "same_rules": explained is None or explained.規則は同じ,
        "incomes": shown.incomes(person, 値),
        "deductions": shown.deductions(person, 値),
        "taxes": shown.taxes(person, 値, row),
        "zeros": sheet.零の項目(値),
        "facts": sheet.該当を並べる(値),
        "instalments": shown.instalment_table(row, months),
        "sheet": {"incomes": shown.INCOMES, "deductions": shown.DEDUCTIONS, "taxes": shown.TAXES},
    }


def _stored(row: 賦課) -> sheet.値を引く:
    return lambda 名: int(row.結果.get(名) or row.事実.get(名) or 0)


def _particular(row: 個別事項) -> Row:
    return Row([row.事実名, units.文字(row.事実名, row.値), row.根拠, row.理由, shown.moment(row.処理日時)])


def _issues(book: 台帳) -> list[Row]:
    return [
        Row(
            [shown.moment(one.交付日時), one.種類, shown.year_name(one.課税年度), one.発行番号, one.手数料],
            url=reverse("kojin:issued", args=[one.文書]),
        )
        for one in book.証明
    ]


def _notices(book: 台帳) -> list[Row]:
    return [Row([shown.moment(one.作成日時), one.様式, one.賦課の番, str(one.文書)[:8]]) for one in book.通知]
