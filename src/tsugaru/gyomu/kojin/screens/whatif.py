"""もしもの計算: もとの実行を選び、定めを替え、税収と人への響きを見る。"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import adjusting, model_people, whatif
from tsugaru.gyomu.kojin.domain.adjusting import 項目
from tsugaru.gyomu.kojin.domain.whatif import もしも, 枡, 税収
from tsugaru.gyomu.kojin.screens import charts
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 年度の和暦表示
from tsugaru.platform.authz import api as authz
from tsugaru.platform.runs.api import Run, State
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row

FIELD = "p:"
OPEN = ("均等割の定め", "所得割の税率の定め", "基礎控除の定め")
"""初めから開いている定め。"""
CHANGES = [Column("替えた定め"), Column("今", "number"), Column("もしも", "number"), Column("単位")]
TAXES = [
    Column("税"), Column("今", "yen"), Column("もしも", "yen"), Column("差", "yen"),
    Column("納める人", "number"), Column("もしも", "number"), Column("差", "number"),
]  # fmt: skip
MODELS = [
    Column("家族"),
    Column("収入", "yen"),
    Column("今", "yen"),
    Column("もしも", "yen"),
    Column("差", "yen"),
]
CLIFFS = [Column("家族"), Column("収入", "yen"), Column("今の増え方", "yen"), Column("もしもの増え方", "yen")]
HIDDEN = "10未満"


def page(request: StaffRequest) -> HttpResponse:
    """もとの実行の定めを並べる。送られれば、計算して同じ頁に出す。"""
    authz.require(request.seat.staff.section, GYOMU, "一括", "税額")
    runs = whatif.もとにできる実行()
    run = _chosen(request, runs)
    if run is None:
        if request.method == "POST":
            raise Http404
        return render(request, "kojin/whatif.html", {"runs": []})
    copied = whatif.定めの写し(run)
    typed = {
        name.removeprefix(FIELD): str(value) for name, value in request.POST.items() if name.startswith(FIELD)
    }
    new, changes, errors = adjusting.替える(copied, typed)
    context: dict[str, Any] = {
        "runs": [(one, _named(one)) for one in runs],
        "run": run,
        "run_name": _named(run),
        "wareki": 年度の和暦表示(int(run.period[:4])),
    }
    if request.method == "POST" and not errors:
        try:
            context |= _shown(whatif.試す(run, new, changes))
        except 業務エラー as error:
            errors = {"": error}
    context["errors"] = [(path, str(error)) for path, error in errors.items()]
    context["groups"] = [
        _group(name, items, typed, errors) for name, items in adjusting.並べる(copied).items()
    ]
    return render(request, "kojin/whatif.html", context, status=422 if errors else 200)


def _chosen(request: StaffRequest, runs: list[Run]) -> Run | None:
    """選ばれた実行。選ばれていなければ、確定した最も新しいもの、なければ最も新しいもの。無い番号は 404。"""
    asked = request.POST.get("run") or request.GET.get("run")
    if asked is None:
        return next((one for one in runs if one.state == State.CONFIRMED), runs[0] if runs else None)
    found = next((one for one in runs if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _named(run: Run) -> str:
    return f"実行{run.pk}　{run.period}年度 当初（{State(run.state).label}、{run.people:,}人）"


def _group(
    name: str, items: list[項目], typed: dict[str, str], errors: dict[str, 業務エラー]
) -> dict[str, Any]:
    fields = [
        {
            "path": f"{FIELD}{one.道}",
            "id": f"p-{name}-{n}",
            "name": one.名,
            "now": one.文,
            "unit": one.単位,
            "value": typed.get(one.道, ""),
            "error": str(errors[one.道]) if one.道 in errors else "",
        }
        for n, one in enumerate(items)
    ]
    changed = any(field["value"] for field in fields)
    return {"name": name, "fields": fields, "open": changed or name in OPEN}


def _shown(seen: もしも) -> dict[str, Any]:
    return {
        "seen": seen,
        "change_columns": CHANGES,
        "changes": [Row([c.道.replace("/", "・"), c.前, c.後, c.単位]) for c in seen.変更たち],
        "tax_columns": TAXES,
        "taxes": [_tax(one) for one in seen.税収たち],
        "classes": _cells(seen.階級),
        "households": _cells(seen.世帯),
        "charts": charts.lines(seen),
        "model_columns": MODELS,
        "models": _models(seen),
        "cliff_columns": CLIFFS,
        "cliffs": [Row([c.名, c.収入, c.前, c.後], alert=c.後 > c.前) for c in seen.崖たち],
    }


def _tax(one: 税収) -> Row:
    people = one.人数の後 - one.人数の前
    return Row([one.名, one.前, one.後, one.後 - one.前, one.人数の前, one.人数の後, people])


def _cells(cells: Any) -> list[dict[str, Any]]:
    bars = charts.bars(cells)
    return [_cell(one, bars.get(one.名)) for one in cells]


def _cell(one: 枡, bar: charts.Bar | None) -> dict[str, Any]:
    if one.人数 is None:
        return {"name": one.名, "numbers": [HIDDEN, "", "", ""], "delta": None, "mean": None, "bar": None}
    mean = (one.増減 or 0) // one.人数 if one.人数 else None
    numbers = [f"{n:,}" for n in (one.人数, one.増える or 0, one.減る or 0, one.同じ or 0)]
    return {"name": one.名, "numbers": numbers, "delta": one.増減, "mean": mean, "bar": bar}


def _models(seen: もしも) -> list[Row]:
    before, after = (
        {(name, pay): tax for name, pay, tax in frame.select("名", "収入", "年税額").iter_rows()}
        for frame in (seen.モデルの前, seen.モデルの後)
    )
    rows = []
    for one in model_people.モデルたち:
        key = (one.名, one.代表)
        rows.append(Row([one.名, one.代表, before[key], after[key], after[key] - before[key]]))
    return rows
