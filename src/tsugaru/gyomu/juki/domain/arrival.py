"""転出予定日の到来: 予定日の来た人を消除する（施行令第8条）。日ごとに、職員が一覧を見て行う。

届出の控えがあればその届出のとおりに、無ければ住民票の予定のとおりに判断し直す。ひとりでには起きない。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from tsugaru.gyomu.juki.domain.assemble import 人を添える, 案件を判断する, 案件を組む
from tsugaru.gyomu.juki.domain.codes import 住民状態, 異動事由
from tsugaru.gyomu.juki.domain.decision import 案件, 警告
from tsugaru.gyomu.juki.domain.kinds import 種類を引く
from tsugaru.gyomu.juki.domain.register import 入力, 記録する
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 届出対象
from tsugaru.gyomu.juki.models.case import 届出状態
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.tenancy.locks import lock

転出の種類 = ("out", "out_card", "out_abroad")


def 予定日の来た人(今日: date) -> list[住民]:
    """転出予定日が来て、まだ住民である人（予定日の順）。"""
    rows = 住民.objects.filter(住民状態=住民状態.住民.value, 転出予定日__lte=今日)
    return list(rows.order_by("転出予定日", "世帯番号", "記載順位", "宛名番号"))


def 到来させる(宛名番号: Iterable[str], *, 入力: 入力, clock: Clock) -> tuple[list[住民履歴], list[警告]]:
    """選んだ人のうち予定日の来ている人を消除する。返り値は書いた行と、確かめること。"""
    chosen = set(宛名番号)
    rows: list[住民履歴] = []
    alerts: list[警告] = []
    with transaction.atomic():
        lock("juki", ["本登録"])
        due = [p for p in 予定日の来た人(clock.today()) if p.宛名番号 in chosen]
        for case in _案件に分ける(due, clock.today()):
            ready, history = 人を添える(case)
            result = 案件を判断する(ready, history, 今=clock.now())
            rows += 記録する(result.行, 入力=入力, clock=clock)
            alerts += result.判断.警告
    return rows, alerts


def _案件に分ける(people: list[住民], 今日: date) -> list[案件]:
    """同じ転出届で出る人を一つの案件にする。"""
    grouped: dict[object, list[住民]] = {}
    for person in people:
        found = _転出届(person)
        key = found.届出_id if found else (person.世帯番号, person.転出予定日)
        grouped.setdefault(key, []).append(person)
    return [_案件(members, 今日) for members in grouped.values()]


def _転出届(person: 住民) -> 届出対象 | None:
    if person.転出予定日 is None:
        return None
    return (
        届出対象.objects.filter(
            宛名番号=person.宛名番号,
            届出__種類__in=転出の種類,
            届出__状態=届出状態.本登録,
            届出__異動日=person.転出予定日,
        )
        .select_related("届出")
        .order_by("-届出_id")
        .first()
    )


def _案件(members: list[住民], 今日: date) -> 案件:
    found = _転出届(members[0])
    if found:
        case, _ = 案件を組む(found.届出, 今日)
        return replace(case, 各人={p.宛名番号: case.各人[p.宛名番号] for p in members})
    first = members[0]
    day = first.転出予定日 or 今日
    return 案件(
        種類=種類を引く("out_abroad" if _国外か(first) else "out"),
        異動日=不詳日(day),
        届出日=first.転出届出日 or day,
        届出の別="届出",
        今日=今日,
        各人={p.宛名番号: {} for p in members},
    )


def _国外か(person: 住民) -> bool:
    reasons = (異動事由.国内転出.value, 異動事由.国外転出.value)
    rows = 住民履歴.objects.filter(宛名番号=person.宛名番号, 異動事由__in=reasons).order_by("-履歴番号")
    return rows.values_list("異動事由", flat=True).first() == 異動事由.国外転出.value
