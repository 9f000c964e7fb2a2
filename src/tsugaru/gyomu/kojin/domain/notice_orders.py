"""一括で作る仕事を頼む・一歩進める。二百通ずつ作り、どこで止まっても、作ったものはそのままで続きから始まる。"""

from __future__ import annotations

from datetime import date

from tsugaru.gyomu.kojin.domain import notice_making
from tsugaru.gyomu.kojin.domain.notice_making import 注文
from tsugaru.gyomu.kojin.domain.notice_office import 差出しを読む
from tsugaru.gyomu.kojin.domain.notice_status import 鍵の文
from tsugaru.gyomu.kojin.domain.notifying import 計画する
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs.api import Job, State, Step
from tsugaru.platform.runs.api import Run
from tsugaru.platform.tenancy import bound_code, directory

仕事, 一歩の数 = "kojin.notices", 200
動いている = (State.QUEUED, State.RUNNING)


def 何について(実行: int) -> str:
    """その実行の通知の仕事を引く名。"""
    return f"kojin/notices/{実行}"


def 頼む(run: Run, *, 日: date, 文書番号: str, 職員: Staff, clock: Clock) -> Job:
    """登録する。確定していない（KJ-4106）、団体のデータが足りない（KJ-4102）、もう動いている（KJ-4108）なら断る。"""
    計画する(run)
    差出しを読む(
        directory.by_code(bound_code()), 課税年度=int(run.period[:4]), 日=日, 文書番号=文書番号, 所属=職員.section
    )  # fmt: skip
    last = jobs.latest(何について(run.pk))
    if last is not None and last.state in 動いている:
        raise 業務エラー(
            "KJ-4108",
            f"実行{run.pk}の通知は、もう作っています（仕事{last.pk}）。",
            "終わるまで待つか、進みを見てください。",
        )
    arguments = {"run": run.pk, "issued_on": 日.isoformat(), "number": 文書番号}
    return jobs.enqueue(仕事, arguments, maker=職員.number, about=何について(run.pk), clock=clock)


def 一歩(job: Job, clock: Clock) -> Step:
    """続きの二百通。作れなかった通知は、鍵と訳（か誤りの番号）だけを残す。"""
    run = Run.objects.get(pk=job.arguments["run"])
    計画, 日 = 計画する(run), date.fromisoformat(job.arguments["issued_on"])
    差 = 差出しを読む(
        directory.by_code(bound_code()), 課税年度=計画.課税年度, 日=日, 文書番号=job.arguments["number"],
        所属=job.section,
    )  # fmt: skip
    items = 計画.通知[job.done : job.done + 一歩の数]
    注 = 注文(計画=計画, 差=差, 日=日, job=job.pk, 職員=job.maker)
    訳 = notice_making.何通か作る(items, 注, clock=clock)
    held = {**job.result.get("held", {}), **{鍵の文(鍵): text for 鍵, text in 訳.items()}}
    return Step(job.done + len(items), len(計画.通知), {"held": held})
