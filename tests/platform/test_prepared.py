"""用意した文: 同じ行が返り、計画はデータベースに一つだけあり、形の変わる問いは作れない。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext
from tests.support.people import 世帯を作る

from tsugaru.gyomu.juki.models import メモ, 交付, 住民, 住民履歴
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.tenancy import Unbound, bind
from tsugaru.platform.tenancy.directory import Municipality
from tsugaru.platform.tenancy.prepared import Prepared

pytestmark = pytest.mark.db


def test_行はQuerySetと同じで値を替えられる(here: Municipality, clock: FixedClock) -> None:
    first, second = 世帯を作る(clock=clock), 世帯を作る(clock=clock)
    one = Prepared(lambda number: 住民.objects.filter(pk=number), number=str)
    for number in (first, second):
        [row], expected = one.rows(number=number), 住民.objects.get(pk=number)
        assert {f.attname: getattr(row, f.attname) for f in 住民._meta.concrete_fields} == {
            f.attname: getattr(expected, f.attname) for f in 住民._meta.concrete_fields
        }
        assert row._state.db == expected._state.db
    assert one.first(number="ない番号") is None


def test_日付と整数と組も渡せて定まった値と混ざらない(here: Municipality, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock, 日=date(2020, 4, 1))
    asked = Prepared(
        lambda number, day, history: 住民履歴.objects.filter(
            宛名番号=number, 異動日__lte=day, 履歴番号=history, 住民状態="1"
        ).values_list("宛名番号", "異動日")[:1],
        number=str, day=date, history=int,
    )  # fmt: skip
    assert asked.rows(number=number, day=date(2020, 4, 1), history=1) == [(number, date(2020, 4, 1))]
    assert asked.rows(number=number, day=date(2020, 3, 31), history=1) == []
    assert asked.rows(number=number, day=date(2020, 4, 1), history=2) == []


def test_計画は一つだけ作られ問いとして数えられる(here: Municipality) -> None:
    one = Prepared(lambda text: メモ.objects.filter(本文=text), text=str)
    before = _plans()
    with CaptureQueriesContext(connection) as queries:
        for text in ("一", "二", "三"):
            one.rows(text=text)
    assert len(queries) == 3
    assert _plans() == before + 1


def _plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "build",
    [
        lambda number: メモ.objects.all(),
        lambda number: 交付.objects.filter(宛名番号=number),
        lambda number: 住民.objects.filter(pk=number).annotate(世帯=F("世帯番号")),
        lambda number: 住民.objects.filter(pk=number).annotate(
            ある=Exists(メモ.objects.filter(宛名番号=OuterRef("pk")))
        ),
    ],
    ids=["使われない値", "JSONの列", "足した列", "足した問い"],
)
def test_正しく読めない問いは作れない(here: Municipality, build: object) -> None:
    asked: Prepared[object] = Prepared(build, number=str)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        asked.rows(number="1")


def test_結ばれていなければ問えない(towns: tuple[Municipality, Municipality]) -> None:
    one = Prepared(lambda number: 住民.objects.filter(pk=number), number=str)
    with pytest.raises(Unbound):
        one.rows(number="1")
    for town in towns:
        with bind(town.code):
            assert one.rows(number="1") == []


def test_相手に切られた接続は使う前に分かる(towns: tuple[Municipality, Municipality]) -> None:
    import psycopg

    from tsugaru.faces.cli import boot

    with bind(towns[1].code):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [process] = cursor.fetchone()
        assert connection.is_usable()
        with psycopg.connect(boot.server().dsn("postgres"), autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        assert not connection.is_usable()
        connection.close()
