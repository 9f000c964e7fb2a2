"""二人が同時に同じ人に手を入れると、一人だけが通り、もう一人は誰が変えたかを知らされる。"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.juki.office import 値つき, 届け出る, 決裁する
from tests.support.people import 世帯を作る
from tests.web.conftest import Towns
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 届出
from tsugaru.kernel.clock import SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = [pytest.mark.db, pytest.mark.faults]
CLERKS = 6


def at_once(town: Municipality, work: Any) -> list[str]:
    """同時に始め、通れば空、断られればその番号。"""
    start = threading.Barrier(CLERKS)

    def one(n: int) -> str:
        with bind(town.code):
            try:
                start.wait()
                work(n)
            except 業務エラー as error:
                return error.code
            finally:
                connection.close()
        return ""

    with ThreadPoolExecutor(CLERKS) as pool:
        return list(pool.map(one, range(CLERKS)))


def test_同じ人への届出は一件だけが受け付けられる(web_towns: Towns) -> None:
    town, clock = web_towns[0], SystemClock()
    with bind(town.code):
        number = 世帯を作る(clock=clock)
        seen = 値つき(number, 氏="三上", 名="太郎")
    results = at_once(
        town, lambda _: 届け出る("rename", [seen], clock=clock, 日=clock.today(), 届出の別="通知")
    )
    assert sorted(results) == ["", *["JK-0211"] * (CLERKS - 1)]


def test_同じ届出の決裁は一度だけ効き歴は一つ進む(web_towns: Towns) -> None:
    town, clock = web_towns[0], SystemClock()
    with bind(town.code):
        number = 世帯を作る(clock=clock)
        row = 届け出る(
            "rename", [値つき(number, 氏="三上", 名="太郎")], clock=clock, 日=clock.today(), 届出の別="通知"
        )
    results = at_once(town, lambda _: 決裁する(届出.objects.get(pk=row.pk), clock=clock))
    assert results.count("") == 1 and set(results) == {"", "JK-0215"}
    with bind(town.code):
        assert list(
            住民履歴.objects.filter(宛名番号=number).values_list("履歴番号", flat=True).order_by("履歴番号")
        ) == [1, 2]


def test_開いた後に変わった人への届出は断られ誰が変えたかを言う(web_towns: Towns) -> None:
    town, clock = web_towns[0], SystemClock()
    with bind(town.code):
        number = 世帯を作る(clock=clock)
        stale = 値つき(number, 氏="三上", 名="太郎")
        first = 届け出る(
            "rename", [値つき(number, 氏="石岡", 名="太郎")], clock=clock, 日=clock.today(), 届出の別="通知"
        )
        決裁する(first, clock=clock)
        with pytest.raises(業務エラー, match="JK-0210"):
            届け出る("rename", [stale], clock=clock, 日=clock.today(), 届出の別="通知")
        assert 住民.objects.get(宛名番号=number).氏 == "石岡"
        connection.close()
