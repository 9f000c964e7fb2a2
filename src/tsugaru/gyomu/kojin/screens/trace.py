"""計算の跡: 額から、規則・条文・定め・事実まで一段ずつ開く木。開くたびに計算し直し、台帳と違えば開かない（KJ-3001）。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tsugaru.gyomu.kojin.domain import dossier, explaining, steps, units, usage
from tsugaru.gyomu.kojin.domain.explaining import 説明
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.subject import load, shell
from tsugaru.platform.screens.request import StaffRequest

根 = "年税額"
入口 = (
    "年税額", "市町村民税額", "道府県民税額", "森林環境税額", "合計所得金額", "所得控除の合計額", "課税総所得金額",
    "普通徴収の対象税額", "給与特別徴収の対象税額", "年金特別徴収の対象税額",
)  # fmt: skip


def trace(request: StaffRequest, number: str, year: int, name: str = 根) -> HttpResponse:
    """木の頁。HTMX の要求には、その一節の中身だけを返す。"""
    person = load(request, number, year, act="税額の理由")
    book = dossier.開く(number, year)
    if book.今 is None:
        raise Http404
    explained = explaining.説明する(book.今)
    if not explained.知る(name):
        raise Http404
    step = steps.一歩を見る(explained, name)
    individual = frozenset(book.効いている個別)
    context = {
        "step": step,
        "origin": usage.載っている所(name, book.今, [one.資料 for one in book.資料], individual),
        "children": [(one, person.url("trace", one.名)) for one in step.読んだ枝],
        "zeros": [(one, person.url("trace", one.名)) for one in step.零の枝],
    }
    if request.headers.get("HX-Request"):
        return render(request, "kojin/trace_step.html", context)
    context |= shell(
        request,
        person,
        heading=f"税額の理由　{shown.year_name(year)}",
        row=book.今,
        same_rules=explained.規則は同じ,
        starts=_starts(explained, name),
        root_url=person.url("trace", name),
    )
    return render(request, "kojin/trace.html", context)


def _starts(explained: 説明, name: str) -> list[tuple[str, str, bool]]:
    """ほかの額から始める入口。"""
    return [
        (one, units.文字(one, explained.件.値(one)), one == name)
        for one in 入口
        if explained.知る(one) and (explained.値(one) or one == name)
    ]
