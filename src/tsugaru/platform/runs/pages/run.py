"""一つの実行の頁: 進み・束・見込みの範囲・分布・大きな変化・署名。動いている間は二秒ごとに進みを見る。"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs import execution
from tsugaru.platform.runs.models import Bucket, Cause, Kind, Run, State
from tsugaru.platform.runs.pages import shown
from tsugaru.platform.runs.pages.mounted import OPEN, Powers, RunPages, job_of, powers
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row

BUCKETS = [
    Column("束"), Column("誰が入るか"), Column("人数", "number"), Column("前の合計", "yen"),
    Column("後の合計", "yen"), Column("差", "yen"), Column("署名"), Column("所見"),
]  # fmt: skip


def page(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """実行を見る。"""
    pages.require(request, pages.see)
    run = pages.found(number)
    job = job_of(run)
    may = powers(pages, request, run, job)
    buckets = ordered(run)
    total = next((one for one in buckets if one.cause == Cause.TOTAL), None)
    context: dict[str, Any] = {
        "pages": pages,
        "run": run,
        "name": pages.name_of(run),
        "badge": shown.state_badge(run),
        "steps": shown.steps(run),
        "items": _items(pages, run),
        "may": may,
        "failed": job if job is not None and job.state == jobs.State.FAILED and not _settled(run) else None,
        "bucket_columns": BUCKETS,
        "bucket_rows": [_row(pages, one) for one in buckets],
        "urls": _urls(pages, run, buckets, may),
        **moving(pages, run, job),
    }
    if total is not None:
        context |= _total(pages, run, total)
    return render(request, "runs/run.html", context)


def ordered(run: Run) -> list[Bucket]:
    """束を、合計・事実・規則・定め・複数・増えた人・減った人の順に。"""
    found = {one.cause: one for one in run.buckets.select_related("signature")}
    return [found[cause] for cause in Cause.values if cause in found]


def signature(bucket: Bucket) -> Any:
    """署名（まだなければ None）。"""
    return getattr(bucket, "signature", None)


def unsigned(buckets: list[Bucket]) -> Bucket | None:
    """次に確かめる束。"""
    return next((one for one in buckets if signature(one) is None), None)


def _settled(run: Run) -> bool:
    return run.state in (State.COMPARED, State.CONFIRMED, State.SUPERSEDED, State.DISCARDED)


def _row(pages: RunPages, bucket: Bucket) -> Row:
    signed = signature(bucket)
    who = f"{signed.signer} {shown.moment(signed.signed_at)}" if signed else shown.badge("まだ", "warning")
    cells = [
        Cause(bucket.cause).label, shown.CAUSES[Cause(bucket.cause)], bucket.people, bucket.before, bucket.after,
        bucket.after - bucket.before, who, signed.note if signed else None,
    ]  # fmt: skip
    url = pages.url("run_bucket", bucket.run_id, bucket.cause)
    return Row(cells, url=url, alert=shown.outside(bucket.detail))


def _items(pages: RunPages, run: Run) -> list[Item]:
    found = [
        Item("種類", Kind(run.kind).label),
        Item("期間", run.period),
        Item("作成者", run.maker),
        Item("計算した人数", run.people if run.results_id else None, "number"),
        Item("規則の版", run.law_version[:16] or None),
        Item("比べた実行", _said(pages, run.baseline) if run.buckets.exists() else None),
    ]
    if run.supersedes is not None:
        found += [Item("差し替える実行", _said(pages, run.supersedes)), Item("理由", run.reason)]
    if run.confirmed_at is not None:
        found += [
            Item("決裁者", run.confirmed_by),
            Item("帳簿の期間", run.book_period),
            Item("効力の日", run.effective_on, "date"),
            Item("台帳の記帳", run.transactions, "number"),
        ]
    return found


def _said(pages: RunPages, run: Run | None) -> str:
    return f"実行{run.pk}　{pages.name_of(run)}　{run.period}" if run else "なし（全員が増えた人）"


def _total(pages: RunPages, run: Run, total: Bucket) -> dict[str, Any]:
    return {
        "moved": total.detail.get("moved"),
        "aggregate_columns": shown.AGGREGATES,
        "aggregate_rows": shown.aggregates(total.detail),
        "bars": shown.bars(total.detail),
        "people_columns": shown.PEOPLE,
        "people_rows": shown.people(
            pages, total.detail.get("top", ()), seen={"run": run.pk, "cause": total.cause}
        ),
    }


def _urls(pages: RunPages, run: Run, buckets: list[Bucket], may: Powers) -> dict[str, str]:
    found = {name: pages.url(name, run.pk) for name in ("run_again", "run_confirm", "run_discard")}
    found["list"] = pages.url("run_list")
    found["diff"] = f"{pages.url('run_diff')}?after={run.pk}&before={run.baseline_id or ''}"
    waiting = unsigned(buckets) if may.sign else None
    if waiting is not None:
        found["sign"] = pages.url("run_bucket", run.pk, waiting.cause)
        found["sign_name"] = Cause(waiting.cause).label
    return found


def moving(pages: RunPages, run: Run, job: jobs.Job | None) -> dict[str, Any]:
    """動いている間だけ見せるもの。"""
    if job is None or job.state not in OPEN:
        return {"busy": False}
    seen = (
        execution.progress(run.pk) if run.state == State.DRAFT and job.state == jobs.State.RUNNING else None
    )
    return {
        "busy": True,
        "what": "確定" if run.state == State.SIGNED else "計算",
        "queued": job.state == jobs.State.QUEUED,
        "ahead": jobs.ahead(job),
        "seen": seen,
        "end": shown.moment(seen.expected_end) if seen else None,
        "progress_url": pages.url("run_progress", run.pk),
        "here_url": pages.url("run", run.pk),
    }


def progress(pages: RunPages, request: StaffRequest, number: int) -> HttpResponse:
    """進みだけ。終わっていれば、頁ごと開き直させる。"""
    pages.require(request, pages.see)
    run = pages.found(number)
    context = moving(pages, run, job_of(run))
    if not context["busy"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "runs/_progress.html", context)
