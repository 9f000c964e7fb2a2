"""通知の試験の町: 住所のある人と、宛名のある義務者、働き手の一歩。"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.kojin.office import 町, 町を作る
from tests.kojin.reports import 会社, 会社の番号
from tests.support.people import 窓口
from tests.support.staff import Desk
from tsugaru.gyomu.atena.domain import corporations
from tsugaru.gyomu.atena.domain.corporations import 法人の事項
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.register import 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.gyomu.kojin.domain import notice_orders
from tsugaru.gyomu.kojin.models import 特徴義務者
from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.jobs.models import Job, State
from tsugaru.platform.runs.api import Run

通知日 = date(2026, 6, 10)


def 所(町字: str, 番地: str = "１番地") -> disclosure.Address:
    """町の中の場所。"""
    return disclosure.Address(prefecture="試験県", city="試験市", town=町字, lot=番地, postcode="0360001")


def 異動する(宛名番号: str, 異動事由: 異動事由, *, clock: Clock, **変更: Any) -> None:
    """住民票に一つの異動を記録する。"""
    today = clock.today()
    前 = juki.住民の状態([宛名番号])[宛名番号]
    source = 出所(異動事由=異動事由.value, 異動日=today, 有効日=today, 届出の別="職権")
    記録する([記録(source, 前.変えて(**変更))], 入力=窓口, clock=clock)


def 住まわせる(宛名番号: str, 町字: str, *, clock: Clock) -> None:
    """今の住所を入れる。"""
    number = disclosure.put_address(宛名番号, "住所", 所(町字))
    異動する(宛名番号, 異動事由.転居, clock=clock, 住所番号=number)


def 義務者を登録する(番号: str, 名: str, *, clock: Clock, 宛名の名: str = "", **事項: str) -> str:
    """宛名のある義務者。返り値は宛名番号。"""
    how = 手続(異動日=date(2026, 4, 1), 入力者="t0", clock=clock)
    宛名番号 = corporations.登録する(法人の事項(商号=宛名の名 or 名), 所("大字工業団地"), 手続=how)
    済み = 特徴義務者.objects.filter(指定番号=番号).count()
    特徴義務者.objects.create(
        指定番号=番号,
        履歴番号=済み + 1,
        宛名番号=宛名番号,
        名称=名,
        処理日時=clock.now(),
        入力者="t0",
        **事項,
    )
    return 宛名番号


def 保護する(宛名番号: str, *, clock: Clock) -> None:
    """支援措置を受け付ける。"""
    Shield.objects.create(
        subject=宛名番号, case="K1", provisional=False, starts_on=date(2026, 4, 1), ends_on=date(2099, 3, 31),
        opened_at=clock.now(), opened_by="t1",
    )  # fmt: skip


def 住む町を作る(*, clock: Clock) -> 町:
    """住所と義務者のある町（まだ計算しない）。"""
    made = 町を作る(clock=clock)
    for number, 町字 in ((made.太郎, "大字上町"), (made.トメ, "大字下町"), (made.次郎, "大字中町")):
        住まわせる(number, 町字, clock=clock)
    義務者を登録する(会社の番号, 会社, clock=clock)
    return made


def 頼む(run: Run, desk: Desk, *, clock: Clock) -> Job:
    """職員が通知の作成を頼む。"""
    actor = audit.Actor(
        number=desk.staff.number, section=desk.staff.section, terminal="試験", request="r", purpose="一括"
    )
    with audit.actor(actor):
        return notice_orders.頼む(run, 日=通知日, 文書番号="", 職員=desk.staff, clock=clock)


def 働く(job: Job, *, clock: Clock) -> Job:
    """働き手がするように、終わりまで一歩ずつ進める。"""
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING)
    job.refresh_from_db()
    while True:
        step = notice_orders.一歩(job, clock)
        job.done, job.total, job.result = step.done, step.total, {**job.result, **step.result}
        if step.done >= step.total:
            break
    job.state = State.DONE
    job.save()
    return job


def 通知を作る(run: Run, desk: Desk, *, clock: Clock) -> Job:
    """頼んで、作り終える。"""
    return 働く(頼む(run, desk, clock=clock), clock=clock)
