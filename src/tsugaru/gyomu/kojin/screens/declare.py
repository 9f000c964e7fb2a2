"""住民税申告の画面: 打ちながら年税額の前後を見て、資料として記録する。税額は月例更正の実行でだけ変わる。"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import declaring, dossier, facts, trial, units
from tsugaru.gyomu.kojin.domain.columns import 資料の事実
from tsugaru.gyomu.kojin.domain.contradictions import 空の申告
from tsugaru.gyomu.kojin.domain.declaring import 名乗り
from tsugaru.gyomu.kojin.domain.dossier import 台帳
from tsugaru.gyomu.kojin.domain.trial import 試算
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.screens import shown, token
from tsugaru.gyomu.kojin.screens.declare_form import DeclareForm
from tsugaru.gyomu.kojin.screens.subject import Person, load, shell
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Difference

DECLARE = "declare"
見比べる = (
    "合計所得金額", "所得控除の合計額", "課税総所得金額", "市町村民税の所得割額", "道府県民税の所得割額", "市町村民税の均等割額",
    "森林環境税額", "年税額",
)  # fmt: skip


def declare(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """申告を打つ。"""
    person = load(request, number, year, operation="異動入力", act="住民税申告の画面")
    book = dossier.開く(number, year)
    form = _form(request, person, book)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, person, form)
        except 業務エラー as error:
            form.add_error(error.項目 if error.項目 in form.fields else None, str(error))
        else:
            return redirect("kojin:person", number, year)
    context = shell(
        request,
        person,
        form=form,
        groups=form.groups(),
        heading=f"住民税申告　{shown.year_name(year)}",
        before=trial.今の申告(number, year),
        token=token.make(request, person, DECLARE, book.版),
        now=book.今.年税額 if book.今 else None,
    )
    return render(request, "kojin/declare.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest, person: Person, book: 台帳) -> DeclareForm:
    """訂正なら、前の申告の値から始める。"""
    before = trial.今の申告(person.number, person.year)
    found = facts.人の事実(person.year, person.number)
    row = found.row(0, named=True) if found.height else {}
    declared = before.事実 if before else {}
    seen = {名: row.get(名) or 0 for 名 in 資料の事実 if 名 not in declared}
    today = request.clock.today()
    initial = {"受付日": today, "申告者": "本人", **declared}
    if before:
        initial["収入なし"] = bool(before.添え.get("収入なし"))
    return DeclareForm(request.POST or None, initial=initial, seen=seen, today=today)


def _record(request: StaffRequest, person: Person, form: DeclareForm) -> None:
    seen = token.read(request, person, DECLARE)
    one = person.one
    declaring.記録する(
        名乗り(宛名番号=one.number, 氏名=one.name, カナ=one.kana, 生年月日=one.birth),
        person.year,
        form.wanted(),
        基の版=seen.version,
        番号=seen.request,
        職員=request.seat.staff.number,
        clock=request.clock,
    )


@require_POST
def preview(request: StaffRequest, number: str, year: int) -> HttpResponse:
    """打っている途中の試算（断片）。開いた画面の印を持つ要求にだけ答えるので、見たことはその画面の記録にある。"""
    authz.require(request.seat.staff.section, GYOMU, "異動入力", "税額")
    token.check(request, number, year, DECLARE)
    form = DeclareForm(request.POST, seen={}, today=request.clock.today())
    if not form.is_valid():
        return render(request, "kojin/declare_preview.html", {"form": form})
    found = trial.試算する(number, year, form.wanted(), 今日=request.clock.today())
    row = 賦課.objects.filter(宛名番号=number, 課税年度=year).order_by("-番").first()
    context = {
        "form": form,
        "found": found,
        "wrong": [one for one in found.誤り if one.code != 空の申告],
        "now": row.年税額 if row else None,
        "after": found.年税額,
        "missing": found.件.足りない事実("年税額") if found.件 and found.年税額 is None else [],
        "rows": _differences(row, found),
    }
    return render(request, "kojin/declare_preview.html", context)


def _differences(row: 賦課 | None, found: 試算) -> list[Difference]:
    """主な結果の前後（どちらかが 0 でないもの）。"""
    件 = found.件
    if 件 is None:
        return []
    rows = []
    for 名 in 見比べる:
        before = row.結果.get(名, 0) if row else None
        after = 件.値(名) if 名 in 件.主 else 0
        if before or after:
            rows.append(
                Difference(名, None if row is None else units.文字(名, before), units.文字(名, after))
            )
    return rows
