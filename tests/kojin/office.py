"""一年を確定した町: 給与 5,000,000円の太郎（課税 241,500円）と、年金 2,000,000円のトメ。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.kojin.reports import 太郎, 年報, 年度, 給報, 載せる
from tsugaru.gyomu.kojin.domain import linking, roll
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料, 賦課
from tsugaru.gyomu.kojin.runs import DEFINITIONS
from tsugaru.kernel.clock import Clock
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.execution import Computed, store

当初 = DEFINITIONS[0]


@dataclass(frozen=True, slots=True)
class 町:
    """太郎（給与）・トメ（年金、昭和20年生まれ）・資料のない次郎。"""

    太郎: str
    トメ: str
    次郎: str

    @property
    def 太郎の賦課(self) -> 賦課:
        """今の賦課。"""
        row = roll.今の賦課(年度, self.太郎)
        assert row is not None
        return row


def 結ぶ(宛名番号: str, *, clock: Clock, **条件: Any) -> None:
    """まだ決まっていない資料（条件に合うもの）を、その人に結ぶ。"""
    for 資料 in 課税資料.objects.filter(**条件).exclude(pk__in=名寄せ.objects.values("資料")):
        linking.決める(資料.pk, 宛名番号, 理由="試験", 基の番=0, 職員="t0", clock=clock)


def 町を作る(*, clock: Clock, **太郎の報告: Any) -> 町:
    """資料を載せて結ぶ（まだ計算しない）。"""
    here = 町(
        太郎(clock=clock),
        太郎(clock=clock, 氏名="三上　トメ", 氏="三上", 名="トメ", 生年月日=date(1945, 3, 3)),
        太郎(clock=clock, 氏名="三上　次郎", 氏="三上", 名="次郎", 生年月日=date(1990, 3, 3)),
    )
    載せる("給与支払報告書", [給報(**太郎の報告)], clock=clock)
    載せる("公的年金等支払報告書", [年報(生年月日=date(1945, 3, 3))], clock=clock)
    載せる("申告の資料", [], clock=clock)
    結ぶ(here.太郎, clock=clock, 種類="1")
    結ぶ(here.トメ, clock=clock, 種類="2")
    return here


def 確定する(*, clock: Clock, **options: Any) -> Run:
    """計算し、差を見て署名し、確定する。"""
    run = runs.create(当初, kind=Kind.INITIAL, period=str(年度), maker="maker", clock=clock, **options)
    found, copied = 当初.read(run.period), 当初.parameters(run.period)
    made = Computed(found, copied, 当初.law_version(), 当初.compute(found, copied, lambda done, total: None))
    run = store(run.pk, made, clock=clock)
    for bucket in runs.compare(run.pk, 当初, clock=clock):
        runs.sign(run.pk, bucket.cause, signer="checker", note="確かめた", clock=clock)
    return runs.confirm(
        run.pk, 当初, approver="chief", book_period="2026", effective_on=date(2026, 6, 1), clock=clock
    )
