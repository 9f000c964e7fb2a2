"""通知: 確定した実行の一覧と、一つの実行の頁（頼む・進み・数と額の突き合わせ・束・作れなかった通知）。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import notice_orders, notice_status, notifying
from tsugaru.gyomu.kojin.domain.notice_materials import 直し方, 義務者を読む
from tsugaru.gyomu.kojin.domain.notice_orders import 動いている
from tsugaru.gyomu.kojin.domain.notice_status import 束, 鍵の文
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.domain.recipients import 支援措置
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs.api import Run, State
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row
from tsugaru.platform.screens.templatetags.screens import badge
from tsugaru.platform.screens.templatetags.screens import number as 数字

RUNS = [
    Column("実行"), Column("年度"), Column("種類"), Column("確定", "date"), Column("作った通知", "number"), Column("仕事")
]  # fmt: skip
COUNTS = [
    Column("様式"), Column("要る", "number"), Column("作った", "number"), Column("残り", "number"),
    Column("要る額", "yen"), Column("刷った額", "yen"), Column("判定"),
]  # fmt: skip
CHECKS = [Column("突き合わせ"), Column("左"), Column("右"), Column("判定")]
BUNDLES = [
    Column("束"), Column("様式"), Column("通知", "number"), Column("義務者", "number"), Column("税額", "yen")
]  # fmt: skip
HELD = [Column("様式"), Column("相手"), Column("氏名・名称", "name"), Column("訳"), Column("どうする")]
SHOWN = 100
NOT_YET = "まだ"
REMEDIES = 直し方 | {
    NOT_YET: "通知の作成を始めると作ります。",
    "DC-0101": "書体に無い字があります。一通ずつの画面で、どの字かを確かめてください。",
    "DC-0201": "枠に入りきらない項目があります。一通ずつの画面で確かめて作ります。",
}
OTHERWISE = "一通ずつの画面で、何が起きたかを確かめてください。"


class OrderForm(ScreenForm):
    """通知に刷る日と番号。"""

    日 = WarekiField(label="通知年月日")
    文書番号 = forms.CharField(label="文書番号", max_length=30, required=False)

    def clean_文書番号(self) -> str:
        """刷れる文字（KJ-4111）。"""
        return moji.検査する文字列(
            self.cleaned_data["文書番号"], 項目="文書番号", 最大文字数=30, code="KJ-4111"
        )


def listing(request: StaffRequest) -> HttpResponse:
    """確定した実行の一覧。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    runs = list(Run.objects.filter(gyomu=GYOMU, state=State.CONFIRMED).order_by("-pk")[:50])
    rows = [_run(run) for run in runs]
    return render(
        request, "kojin/notices.html", {"rows": rows, "columns": RUNS, "back_url": reverse("kojin:home")}
    )


def _run(run: Run) -> Row:
    job = jobs.latest(notice_orders.何について(run.pk))
    state = jobs.State(job.state).label if job else "―"
    made = 課税通知.objects.filter(実行=run.pk, 回=1).count()
    confirmed = run.confirmed_at.date() if run.confirmed_at else None
    cells = [run.pk, shown.year_name(int(run.period[:4])), run.get_kind_display(), confirmed, made, state]
    return Row(cells, url=reverse("kojin:notice_run", args=[run.pk]))


def found(number: int) -> tuple[Run, 通知の計画]:
    """確定した実行と、その通知の計画。無ければ 404。"""
    run = Run.objects.filter(pk=number, gyomu=GYOMU, state=State.CONFIRMED).first()
    if run is None:
        raise Http404
    return run, notifying.計画する(run)


def page(request: StaffRequest, run: int) -> HttpResponse:
    """一つの実行の通知。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    one, plan = found(run)
    return _render(request, one, plan, OrderForm(initial={"日": request.clock.today()}))


@require_POST
def order(request: StaffRequest, run: int) -> HttpResponse:
    """一括で作る仕事を頼む。"""
    authz.require(request.seat.staff.section, GYOMU, "一括", "税額")
    authz.require(request.seat.staff.section, GYOMU, "一括", "住所")
    one, plan = found(run)
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                notice_orders.頼む(
                    one, 日=form.cleaned_data["日"], 文書番号=form.cleaned_data["文書番号"], 職員=request.seat.staff,
                    clock=request.clock,
                )  # fmt: skip
        except 業務エラー as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "通知の作成を始めました。")
            return redirect("kojin:notice_run", one.pk)
    return _render(request, one, plan, form)


def progress(request: StaffRequest, run: int) -> HttpResponse:
    """進みだけ。終わっていれば、頁ごと開き直させる。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    one, _ = found(run)
    context = moving(one)
    if not context["busy"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "runs/_progress.html", context)


def find(request: StaffRequest, run: int) -> HttpResponse:
    """宛名番号か指定番号から、その通知へ。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    one, plan = found(run)
    wanted = request.GET.get("q", "").strip()
    if any(n.まとまり == wanted for n in plan.通知 if n.まとまり):
        return redirect("kojin:notice_employer", one.pk, wanted)
    if any(n.相手 == wanted for n in plan.通知):
        return redirect("kojin:notice_person", one.pk, wanted)
    messages.error(
        request,
        f"KJ-4112 この実行の通知に「{wanted[:15]}」あてのものはありません。"
        "宛名番号か指定番号を確かめてください。",
    )
    return redirect("kojin:notice_run", one.pk)


def moving(run: Run) -> dict[str, Any]:
    """動いている間だけ見せるもの。"""
    job = jobs.latest(notice_orders.何について(run.pk))
    if job is None or job.state not in 動いている:
        return {"busy": False, "job": job}
    end = jobs.expected_end(job)
    return {
        "busy": True,
        "job": job,
        "what": "通知の作成",
        "queued": job.state == State.DRAFT or job.state == jobs.State.QUEUED,
        "ahead": jobs.ahead(job),
        "seen": job,
        "end": shown.moment(end) if end else None,
        "progress_url": reverse("kojin:notice_progress", args=[run.pk]),
        "here_url": reverse("kojin:notice_run", args=[run.pk]),
    }


def _render(request: StaffRequest, run: Run, plan: 通知の計画, form: OrderForm) -> HttpResponse:
    left = notice_status.残り(plan)
    moves = moving(run)
    section = request.seat.staff.section
    may = all(authz.allows(section, GYOMU, "一括", f) for f in ("税額", "住所"))
    counts = notice_status.数える(plan)
    context = {
        "run": run,
        "heading": f"通知　{shown.year_name(plan.課税年度)}　{run.get_kind_display()}",
        "form": form,
        "may_order": may and not moves["busy"] and bool(left),
        "counts": [_count(one) for one in counts],
        "checks": [_check(one) for one in notice_status.突き合わせる(run, plan)],
        "bundles": [_bundle(run, one, may=may) for one in notice_status.束たち(run.pk)],
        "held": _held(run, left[:SHOWN], moves["job"]),
        "left": len(left),
        "more": max(len(left) - SHOWN, 0),
        "guarded": len(notice_status.担当の通知(plan)),
        "columns": {"counts": COUNTS, "checks": CHECKS, "bundles": BUNDLES, "held": HELD},
        "failed": moves["job"] if moves["job"] and moves["job"].state == jobs.State.FAILED else None,
        **moves,
    }
    return render(request, "kojin/notice_run.html", context, status=422 if form.errors else 200)


def _count(one: notice_status.数) -> Row:
    return Row(
        [one.様式, one.要る, one.作った, one.要る - one.作った, one.要る額, one.刷った額, mark(one.合う)],
        alert=one.作った > one.要る,
    )


def _check(one: notice_status.照合) -> Row:
    cells = [one.名, f"{one.左の名} {数字(one.左)}", f"{one.右の名} {数字(one.右)}", mark(one.合う)]
    return Row(cells, alert=not one.合う)


def mark(ok: bool) -> str:
    """判定の印。"""
    return badge("○", "success") if ok else badge("×", "danger")


def _bundle(run: Run, one: 束, *, may: bool) -> Row:
    url = reverse("kojin:notice_bundle", args=[run.pk, one.番]) if may else ""
    kind = "特別徴収（義務者ごと）" if one.義務者 else one.様式
    return Row([f"第{one.番}束", kind, one.通, one.義務者 or None, one.税額], url=url)


def _held(run: Run, left: list[一通], job: jobs.Job | None) -> list[Row]:
    """まだない通知と訳。訳は、最後の仕事が残したもの。"""
    why = job.result.get("held", {}) if job else {}
    names = atena.見出しを読む({one.相手 for one in left if one.様式 != notifying.義務者})
    firms = 義務者を読む({one.相手 for one in left if one.様式 == notifying.義務者})
    rows = []
    for one in left:
        text = why.get(鍵の文(one.鍵), NOT_YET)
        if one.様式 == notifying.義務者:
            name = firms[one.相手].名称 if one.相手 in firms else ""
            url = reverse("kojin:notice_employer_make", args=[run.pk, one.相手])
        else:
            name = names[one.相手].氏名 if one.相手 in names else ""
            url = reverse("kojin:notice_person", args=[run.pk, one.相手])
        rows.append(
            Row(
                [one.様式, one.相手, name, text, REMEDIES.get(text, OTHERWISE)],
                url=url,
                alert=text == 支援措置,
            )
        )
    return rows
