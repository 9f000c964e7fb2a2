"""返戻と公示送達の画面。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tsugaru.gyomu.atena.domain import deliveries
from tsugaru.gyomu.atena.domain.offices import 業務の名
from tsugaru.gyomu.atena.models import 宛名, 送達記録
from tsugaru.gyomu.atena.screens.entry import 手続を読む, 画面, 進める
from tsugaru.gyomu.atena.screens.forms import 返戻の欄, 送達の欄
from tsugaru.gyomu.atena.screens.history import 時刻
from tsugaru.gyomu.atena.screens.subject import GYOMU, 許す, 開く
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Entry, Row

COLUMNS = [
    Column("宛名番号"), Column("氏名・名称", "name"), Column("文書"), Column("業務"), Column("今の段"),
    Column("年月日", "date"), Column("理由・内容"),
]  # fmt: skip


def listing(request: StaffRequest) -> HttpResponse:
    """終わっていない事案（古い順）。"""
    許す(request, "照会")
    rows = deliveries.進行中()
    names = 宛名.objects.in_bulk({row.宛名番号 for row in rows})
    audit.record(act="返戻の一覧", subjects=sorted(names), gyomu=GYOMU)
    shown = [
        Row(
            [
                row.宛名番号, names[row.宛名番号].氏名, row.文書名, row.業務 and 業務の名[row.業務], row.段階, row.年月日,
                row.返戻理由 or row.内容,
            ],
            url=reverse("atena:delivery", args=[row.宛名番号, row.事案番号]),
        )
        for row in rows
    ]  # fmt: skip
    context = {"title": "返戻・公示送達（終わっていないもの）", "columns": COLUMNS, "rows": shown}
    return render(request, "atena/list.html", context)


@require_http_methods(["GET", "POST"])
def receive(request: StaffRequest, number: str) -> HttpResponse:
    """返戻を受ける。"""
    許す(request, "異動入力")
    person = 開く(request, number, act="返戻の入力画面")
    form = 返戻の欄(request.POST or None, initial={"返戻日": request.clock.today()})
    page = 画面(
        題="返戻を受ける",
        主="記録",
        戻り先=reverse("atena:person", args=[number]),
        版=送達記録.objects.filter(宛名番号=number).count(),
    )

    def act() -> str:
        given = form.cleaned_data
        returned = deliveries.返戻(
            業務=given["業務"],
            文書名=given["文書名"],
            文書番号=given["文書番号"],
            返戻日=given["返戻日"],
            理由=given["返戻理由"],
        )
        row = deliveries.返戻を受ける(number, returned, 手続=手続を読む(request, form))
        return reverse("atena:delivery", args=[number, row.事案番号])

    return 進める(request, person, form, page, act)


@require_http_methods(["GET", "POST"])
def case(request: StaffRequest, number: str, case: int) -> HttpResponse:
    """一つの事案。歩みを見て、次の段へ進める。"""
    person = 開く(request, number, act="返戻の照会")
    rows = next((found for found in deliveries.事案の一覧(number) if found[0].事案番号 == case), None)
    if rows is None:
        raise Http404
    last = rows[-1]
    next_steps = deliveries.次の段[last.段階]
    may = bool(next_steps) and person.may("異動入力")
    if request.method == "POST":
        許す(request, "異動入力")
    form = 送達の欄(request.POST or None, 段=next_steps, initial={"年月日": request.clock.today()})
    page = 画面(
        題=f"{last.文書名}（{last.段階}）",
        主="記録",
        戻り先=reverse("atena:person", args=[number]),
        版=f"{case}-{last.履歴番号}",
        型紙="atena/delivery.html",
    )

    def act() -> str:
        given = form.cleaned_data
        deliveries.進める(
            number,
            case,
            段階=given["段階"],
            年月日=given["年月日"],
            内容=given["内容"],
            返戻理由=given.get("返戻理由") or "",
            手続=手続を読む(request, form),
        )
        return reverse("atena:delivery", args=[number, case])

    entries = [_行(row) for row in reversed(rows)]
    return 進める(request, person, form, page, act, entries=entries, may=may)


def _行(row: 送達記録) -> Entry:
    effect = f"（{和暦表示(row.効力日)}に送達があったものとみなす）" if row.効力日 else ""
    return Entry(
        異動日=和暦表示(row.年月日),
        異動事由=f"{row.返戻理由 or row.内容}{effect}",
        区分=row.段階,
        kind="warning" if row.段階 == "返戻" else "info",
        処理日時=時刻(row.処理日時),
        入力者=row.入力者,
        履歴番号=row.履歴番号,
    )
