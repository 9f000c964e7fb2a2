"""歴に書く口。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.people import 世帯を作る, 窓口
from tests.support.staff import Desk

from tsugaru.gyomu.atena.models import 宛名, 検索名
from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 異動通知
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー

pytestmark = pytest.mark.db


def test_記載すると今の住民票と見出しと検索名と知らせができる(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)

    row = 住民.objects.get(宛名番号=number)
    assert (row.履歴番号, row.氏名, row.住民状態) == (1, "工藤　太郎", "1")
    assert 宛名.objects.get(宛名番号=number).並び鍵 == "クドウタロウ"
    assert 検索名.objects.get(宛名_id=number).字片 is not None
    assert 異動通知.objects.get(宛名番号=number).変わった項目[:1] == ["宛名番号"]


def test_修正すると履歴番号が一つ進み前の行は残る(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    _, state = 今の状態([number])[number]

    source = 出所(異動事由="303", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="職権")
    記録する([記録(source, replace(state, 氏名="三上　太郎", 氏="三上"))], 入力=窓口, clock=clock)

    assert [r.氏名 for r in 住民履歴.objects.filter(宛名番号=number).order_by("履歴番号")] == [
        "工藤　太郎",
        "三上　太郎",
    ]
    assert 住民.objects.get(宛名番号=number).氏名 == "三上　太郎"
    assert {n.表示: n.現在 for n in 検索名.objects.filter(宛名_id=number)} == {
        "三上　太郎": True,
        "工藤　太郎": False,
    }


def test_履歴番号を飛ばすことはデータベースが断る(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    row = 住民履歴.objects.get(宛名番号=number)
    row.pk, row.履歴番号 = None, 3
    with pytest.raises(DatabaseError, match="JK-0001"), transaction.atomic():
        row.save(force_insert=True)


def test_歴は直せない(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        住民履歴.objects.filter(宛名番号=number).update(氏名="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        住民履歴.objects.filter(宛名番号=number).delete()


def test_世帯主が二人になる異動は全体が断られる(desk: Desk, clock: FixedClock) -> None:
    first = 世帯を作る(clock=clock)
    second = 世帯を作る(clock=clock, 氏名="工藤　花子", 性別="2")
    _, one = 今の状態([first])[first]
    _, two = 今の状態([second])[second]

    source = 出所(異動事由="311", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1))
    with pytest.raises(業務エラー, match="JK-0101"):
        記録する([記録(source, replace(two, 世帯番号=one.世帯番号))], 入力=窓口, clock=clock)
    assert 住民履歴.objects.filter(宛名番号=second).count() == 1


def test_本登録は監査の鎖に残る(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT content FROM audit.history_of(%s, 10)", [number])
        contents = [bytes(row[0]).decode() for row in cursor.fetchall()]
    assert any("異動の本登録" in c for c in contents)
