"""束を受け取る: 何の束を、何のために、どこへ出すかを言い、一通ずつの PDF と一覧の ZIP を受け取る。"""

from __future__ import annotations

import tempfile
from typing import IO

from django import forms
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import notice_bundles, notifying
from tsugaru.gyomu.kojin.domain.notice_bundles import 出し方, 束の中身
from tsugaru.gyomu.kojin.domain.notice_materials import 義務者を読む
from tsugaru.gyomu.kojin.domain.notifying import 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.notices import found
from tsugaru.kernel import moji
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.runs.api import Run
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row
from tsugaru.platform.tenancy import bound_code

NOTICES = [Column("通知番号"), Column("様式"), Column("相手"), Column("税額", "yen"), Column("扱い")]
SHOWN = 60


class OutputForm(ScreenForm):
    """出す目的と渡す先。監査に残る。"""

    目的 = forms.ChoiceField(label="出す目的", choices=[(text, text) for text in notice_bundles.目的たち])
    渡す先 = forms.CharField(label="渡す先（委託のとき）", max_length=60, required=False)

    def clean_渡す先(self) -> str:
        """台帳に入る文字（KJ-4111）。"""
        return moji.検査する文字列(self.cleaned_data["渡す先"], 項目="渡す先", 最大文字数=60, code="KJ-4111")

    def clean(self) -> dict[str, object]:
        """委託なら、渡す先が要る。"""
        values = super().clean() or self.cleaned_data
        if values.get("目的") == notice_bundles.目的たち[0] and not values.get("渡す先"):
            self.add_error("渡す先", "KJ-4113 委託の渡す先がありません。契約の相手の名を入れてください。")
        return values


def bundle(request: StaffRequest, run: int, bundle: int) -> HttpResponseBase:
    """番号の束。"""
    _require(request)
    one, plan = found(run)
    name = f"第{bundle}束"
    return _output(request, one, plan, notice_bundles.束を開く(run, bundle), name, f"{run}-{bundle:03}")


def employer(request: StaffRequest, run: int, employer: str) -> HttpResponseBase:
    """一つの義務者の束: 義務者用と、その従業員の納税義務者用だけ。"""
    _require(request)
    one, plan = found(run)
    if all(n.まとまり != employer for n in plan.様式の(notifying.義務者)):
        raise Http404
    firm = 義務者を読む([employer]).get(employer)
    name = f"{firm.名称 if firm else ''}（{employer}）"
    return _output(
        request, one, plan, notice_bundles.義務者の束を開く(run, employer), name, f"{run}-{employer}"
    )


def guarded(request: StaffRequest, run: int) -> HttpResponseBase:
    """担当の束: 支援措置により伏せる人の通知。担当の権限と5分以内の本人確認が要る。"""
    _require(request)
    one, plan = found(run)
    kept = notice_bundles.担当の束を開く(plan, seat=request.seat)
    return _output(request, one, plan, kept, "担当の束（支援措置）", f"{run}-tanto")


def _require(request: StaffRequest) -> None:
    for field in ("税額", "住所"):
        authz.require(request.seat.staff.section, GYOMU, "一括", field)


def _output(
    request: StaffRequest, run: Run, plan: 通知の計画, kept: 束の中身, name: str, file: str
) -> HttpResponseBase:
    form = OutputForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and kept.通知:
        return _zip(request, kept, form, name, file)
    audit.record(
        act="通知の束の画面", gyomu=GYOMU, subjects=sorted({p for row in kept.通知 for p in row.載る人}), detail={"run": run.pk}
    )  # fmt: skip
    rows = [*((row, "入る") for row in kept.通知), *((row, "除く（作り直した）") for row in kept.古い),
            *((row, "除く（支援措置）") for row in kept.保護)]  # fmt: skip
    context = {
        "heading": f"通知の束　{name}",
        "note": f"{shown.year_name(plan.課税年度)}　実行{run.pk}",
        "form": form,
        "items": _items(kept),
        "rows": [_row(run, row, use) for row, use in rows[:SHOWN]],
        "more": max(len(rows) - SHOWN, 0),
        "columns": NOTICES,
        "empty": not kept.通知,
        "back_url": reverse("kojin:notice_run", args=[run.pk]),
    }
    return render(request, "kojin/notice_bundle.html", context, status=422 if form.errors else 200)


def _items(kept: 束の中身) -> list[Item]:
    own = [row for row in kept.通知 if row.様式 != notifying.義務者]
    return [
        Item("通知", len(kept.通知), "number"),
        Item("頁", kept.頁数, "number"),
        Item("知らせる税額", sum(row.税額 for row in own), "yen"),
        Item("除く（作り直した）", len(kept.古い), "number"),
        Item("除く（支援措置）", len(kept.保護), "number"),
    ]


def _row(run: Run, row: 課税通知, use: str) -> Row:
    firm = row.様式 == notifying.義務者
    name = "notice_employer_make" if firm else "notice_person"
    url = reverse(f"kojin:{name}", args=[run.pk, row.相手])
    return Row([row.通知番号, row.様式, row.相手, row.税額, use], url=url, ended=use != "入る")


def _zip(
    request: StaffRequest, kept: 束の中身, form: OutputForm, name: str, file: str
) -> HttpResponse | FileResponse:
    out = 出し方(
        何の束=name, 目的=form.cleaned_data["目的"], 渡す先=form.cleaned_data["渡す先"], seat=request.seat
    )
    stream: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 応答が送り終わってから閉じる
    notice_bundles.束を書く(kept, out, stream, clock=request.clock)
    return FileResponse(
        stream, as_attachment=True, filename=f"{bound_code()}-{file}.zip", content_type="application/zip"
    )
