"""画面を通さずに測るもの: 生成・証明・監査。"""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.db import connection, transaction

from tests.bench.load import Samples

AS_OF = date(2026, 4, 1)


def generator(residents: int) -> dict[str, Any]:
    """合成の人を毎秒何人作れるか（書込みを含まない）。"""
    from tsugaru.faces.demo.population import population
    from tsugaru.platform.tenancy import directory

    code = min(
        directory.installed(), key=lambda c: -directory.by_code(c).facts.get("見本", {}).get("人口", 0)
    )
    started = time.perf_counter()
    made = population(code, residents, 2015, AS_OF)
    seconds = time.perf_counter() - started
    return {
        "people": made.個人.height,
        "seconds": round(seconds, 2),
        "people_per_second": round(made.個人.height / seconds),
    }


def residents(code: str, count: int) -> list[tuple[str, str, str, date]]:
    """(宛名番号, 氏名, 振り仮名, 生年月日) を、種を決めて選ぶ。保護と抑止のない住民だけ。"""
    from tsugaru.gyomu.juki.models import 住民
    from tsugaru.platform.disclosure import api as disclosure
    from tsugaru.platform.tenancy import bind

    with bind(code):
        rows = 住民.objects.filter(住民状態="1").order_by("宛名番号")
        step = max(1, rows.count() // count)
        picked = list(
            rows.values_list("宛名番号", "氏名", "氏名フリガナ", "生年月日", "世帯番号")[::step][:count]
        )
        homes = dict(
            住民.objects.filter(世帯番号__in=[r[4] for r in picked]).values_list("宛名番号", "世帯番号")
        )
        hidden = {homes[s] for s in disclosure.shielded(homes)}
    return [row[:4] for row in picked if row[4] not in hidden]


def certificates(code: str, people: list[str], seat_of: str) -> dict[str, Any]:
    """住民票の写し（個人票）を作って残す時間。初めの一通は数えない。"""
    from tsugaru.gyomu.juki.domain import issuing
    from tsugaru.gyomu.juki.domain.certificates import 選択
    from tsugaru.gyomu.juki.models import 住民
    from tsugaru.kernel.clock import SystemClock
    from tsugaru.kernel.errors import 業務エラー
    from tsugaru.platform.identity.models import Seat
    from tsugaru.platform.tenancy import bind, directory

    town, clock, samples = directory.by_code(code), SystemClock(), Samples()
    with bind(code):
        seat = Seat.objects.select_related("staff").get(staff__number=seat_of, ended_at__isnull=True)
        seen = dict(住民.objects.filter(宛名番号__in=people).values_list("宛名番号", "履歴番号"))
        for number in people:
            asked = issuing.請求(様式="individual", 人=((number, seen[number]),), 選=選択(), 請求者="本人")
            started = time.perf_counter()
            try:
                issuing.交付する(asked, seat=seat, municipality=town, clock=clock, 途切れを承知=True)
            except 業務エラー:
                samples.failures += 1
                continue
            samples.milliseconds.append((time.perf_counter() - started) * 1000)
        connection.close()
    samples.milliseconds = samples.milliseconds[1:]
    samples.seconds = sum(samples.milliseconds) / 1000 or 1.0
    return samples.summary()


def audit(code: str, appends: int) -> dict[str, Any]:
    """一件ずつ確定する追記の毎秒と、確かめる毎秒。"""
    from tsugaru.faces.cli import audit as verifier
    from tsugaru.faces.cli import boot
    from tsugaru.platform.audit import api
    from tsugaru.platform.tenancy import bind, directory

    with bind(code):
        started = time.perf_counter()
        for n in range(appends):
            with transaction.atomic():
                api.record(act="速さの測定", detail={"n": n})
        appending = time.perf_counter() - started
        connection.close()
    started = time.perf_counter()
    result = verifier.check(boot.server(), directory.by_code(code))
    verifying = time.perf_counter() - started
    return {
        "appends_per_second": round(appends / appending), "verified_rows": result.rows,
        "verified_rows_per_second": round(result.rows / verifying), "faults": len(result.faults),
    }  # fmt: skip
