"""個人住民税の入口: その年度がどこまで来ていて、次に何をするか。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import overview
from tsugaru.kernel.wareki import 年度の和暦表示
from tsugaru.platform.authz import api as authz
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs.api import Run, State
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Row, Step, StepState

KINDS = [
    Column("資料"),
    Column("期間"),
    Column("登録", "number"),
    Column("反映", "number"),
    Column("残り", "number"),
]
WAITING = [Column("差出人"), Column("資料"), Column("足りないこと")]
RUNS = [
    Column("実行"),
    Column("期間"),
    Column("種類"),
    Column("状態"),
    Column("人数", "number"),
    Column("作成", "date"),
]
SHOWN = 8
PREPARING = "kojin/prepare"
"""資料の用意の仕事（デモの年など）。進んでいる間は、その数を入口に出す。"""


def home(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """入口。年度がなければ今年度（資料も賦課もなければ空の画面）。"""
    authz.require(request.seat.staff.section, GYOMU, "照会", "税額")
    years = overview.年度たち()
    shown = year or request.clock.today().year
    if year is not None and not 2015 <= year <= request.clock.today().year + 1:
        raise Http404
    seen = overview.進みを見る(shown)
    runs = list(Run.objects.filter(gyomu=GYOMU, period__startswith=str(shown)).order_by("-pk")[:SHOWN])
    context = {
        "year": shown,
        "wareki": 年度の和暦表示(shown),
        "years": [(one, 年度の和暦表示(one), reverse("kojin:year", args=[one])) for one in years],
        "seen": seen,
        "kinds": [
            Row([k.種類, k.期間, k.登録, k.反映, k.登録 - k.反映], alert=k.登録 != k.反映)
            for k in seen.届き具合
        ],
        "waiting": [
            Row([差出人, k.種類, 足りない], url=reverse("kojin:inbound_delivery", args=[pk]))
            for k in seen.届き具合
            for pk, 差出人, 足りない in k.残り
        ],
        "runs": [_run(run) for run in runs],
        "columns": {"kinds": KINDS, "waiting": WAITING, "runs": RUNS},
        "steps": _steps(seen, runs),
        "preparing": _preparing(),
        "may_enter": authz.allows(request.seat.staff.section, GYOMU, "異動入力", "税額"),
    }
    return render(request, "kojin/home.html", context)


def _preparing() -> tuple[str, str] | None:
    """終わっていない用意の（知らせの種類, 文）。止まっていれば、番号と直し方。"""
    job = jobs.latest(PREPARING)
    if job is None or job.state in (jobs.State.DONE, jobs.State.CANCELLED):
        return None
    if job.state == jobs.State.FAILED:
        return "error", f"{job.code} 資料の用意が止まりました。{job.message}{job.remedy}"
    seen = f"{job.done:,}/{job.total:,}" if job.total else "順番待ち"
    return "info", f"資料を用意しています（{seen}）。終わるまで、届き具合と前の年度の賦課は変わり続けます。"


def _run(run: Run) -> Row:
    state = State(run.state)
    return Row(
        [run.pk, run.period, run.get_kind_display(), state.label, run.people, run.made_at.date()],
        url=reverse("kojin:run", args=[run.pk]),
        ended=state in (State.DISCARDED, State.SUPERSEDED),
    )


def _steps(seen: overview.進み, runs: list[Run]) -> list[Step]:
    """資料 → 名寄せ → 計算 → 署名 → 確定。"""
    received = all(k.登録 and k.登録 == k.反映 for k in seen.届き具合)
    linked = received and not seen.名寄せ待ち
    states = {run.state for run in runs}
    done = bool(seen.賦課)
    flags = [
        ("資料", received, f"{sum(k.反映 for k in seen.届き具合):,}/{sum(k.登録 for k in seen.届き具合):,}"),
        ("名寄せ", linked, f"残り {seen.名寄せ待ち:,}枚" if seen.名寄せ待ち else ""),
        ("当初の計算", done or bool(states & {State.COMPARED, State.SIGNED, State.COMPUTED}), ""),
        ("差分の署名", done or State.SIGNED in states, ""),
        ("確定", done, f"{seen.賦課:,}人" if done else ""),
    ]
    current = next((n for n, (_, ok, _) in enumerate(flags) if not ok), len(flags))
    return [Step(name, _state(n, current), note) for n, (name, _, note) in enumerate(flags)]


def _state(number: int, current: int) -> StepState:
    if number < current:
        return "done"
    return "current" if number == current else "todo"
