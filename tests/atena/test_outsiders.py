"""住登外者と法人の歴。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.atena.people import 住登外を作る, 太郎, 川向こう, 手, 法人を作る, 転出する
from tests.support.people import 世帯を作る, 窓口
from tests.support.staff import Desk
from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.atena.domain import corporations, outsiders
from tsugaru.gyomu.atena.models import 住登外, 宛名, 検索名, 法人
from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.kernel.check_digit import 宛名番号が正しい
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db


def test_登録すると歴と見出しと検索名ができる(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    row = 住登外.objects.get(宛名番号=number)
    head = 宛名.objects.get(pk=number)
    assert (row.履歴番号, row.異動事由, row.業務) == (1, "登録", "kotei")
    assert (head.区分, head.並び鍵, head.検査外番号) == ("2", "ナリタタロウ", False)
    assert 宛名番号が正しい(number)
    places = disclosure.reveal_addresses(desk.seat, gyomu="atena", subjects=[number])
    assert places[row.住所番号].address == 川向こう


def test_変更は行を足し前の名でも見つかる(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    outsiders.変更する(number, 太郎(氏名="三上　太郎", フリガナ="ミカミ　タロウ"), None, 手続=手(clock))
    rows = 住登外.objects.filter(宛名番号=number).order_by("履歴番号")
    assert [r.氏名 for r in rows] == ["成田　太郎", "三上　太郎"]
    assert rows[0].住所番号 == rows[1].住所番号
    assert {n.表示: n.現在 for n in 検索名.objects.filter(宛名_id=number)} == {
        "三上　太郎": True,
        "成田　太郎": False,
    }


def test_何も変えない変更は断る(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    with pytest.raises(業務エラー, match="AT-0202"):
        outsiders.変更する(number, 太郎(), None, 手続=手(clock))


def test_廃止した番号は変えられず再開すれば続きの番号になる(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    outsiders.廃止する(number, 事由="廃止", 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0201"):
        outsiders.変更する(number, 太郎(氏名="三上　太郎"), None, 手続=手(clock))
    row = outsiders.再開する(number, 手続=手(clock))
    assert (row.履歴番号, row.廃止, row.異動事由) == (3, False, "再開")


def test_歴は直せず番号も飛ばせない(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        住登外.objects.filter(宛名番号=number).update(氏名="x")
    row = 住登外.objects.get(宛名番号=number)
    row.pk, row.履歴番号 = None, 3
    with pytest.raises(DatabaseError, match="AT-0001"), transaction.atomic():
        row.save(force_insert=True)


def test_前のシステムの番号は検査数字が合わなくても受け入れ旗を立てる(desk: Desk, clock: FixedClock) -> None:
    number = outsiders.登録する(太郎(), None, 手続=手(clock), 宛名番号="A12345")
    assert 宛名.objects.get(pk=number).検査外番号
    with pytest.raises(業務エラー, match="AT-0110"):
        outsiders.登録する(太郎(), None, 手続=手(clock), 宛名番号="A12345")


def test_これから採る番号は受け入れた番号と重ならない(desk: Desk, clock: FixedClock) -> None:
    first = int(atena.宛名番号を採る()[:-1])
    coming = [f"{n:09d}" for n in range(first + 1, first + 12)]
    for body in coming:
        for digit in range(10):
            if 宛名番号が正しい(f"{body}{digit}"):
                outsiders.登録する(太郎(), None, 手続=手(clock), 宛名番号=f"{body}{digit}")
    assert int(atena.宛名番号を採る()[:-1]) > first + 11


def test_住登外が住民になっても番号は変わらず歴は閉じる(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock, 氏名="工藤　一郎", フリガナ="クドウ　イチロウ")
    assert atena.住民になる(number, 手続=手(clock))
    assert not atena.住民になる(number, 手続=手(clock))
    assert 住登外.objects.filter(宛名番号=number).latest("履歴番号").異動事由 == "住民となった"
    with pytest.raises(業務エラー, match="AT-0217"):
        outsiders.再開する(number, 手続=手(clock))


def test_転出しても業務が残れば同じ番号の住登外になり除票の修正でも戻らない(
    desk: Desk, clock: FixedClock
) -> None:
    number = 世帯を作る(clock=clock)
    with pytest.raises(業務エラー, match="AT-0204"):
        atena.住登外になる(number, 太郎(), 住所番号=None, 手続=手(clock))
    転出する(number, clock)
    assert 宛名.objects.get(pk=number).区分 == "4"
    moved = disclosure.put_address(number, "転出先確定", 川向こう)
    atena.住登外になる(number, 太郎(氏名="工藤　太郎"), 住所番号=moved, 手続=手(clock))
    assert 宛名.objects.get(pk=number).区分 == "2"
    row = 住登外.objects.get(宛名番号=number)
    places = disclosure.reveal_addresses(desk.seat, gyomu="atena", subjects=[number], kinds=["住所"])
    assert places[row.住所番号].address == 川向こう

    _, state = 今の状態([number])[number]
    source = 出所(異動事由="303", 異動日=date(2026, 4, 2), 有効日=date(2026, 4, 2), 届出の別="職権")
    記録する([記録(source, replace(state, 氏名フリガナ="クドウ　タラウ"))], 入力=窓口, clock=clock)
    assert 宛名.objects.get(pk=number).区分 == "2"


def test_法人は組織の名を付けても付けなくても見つかる(desk: Desk, clock: FixedClock) -> None:
    number = 法人を作る(clock, 法人番号="7000012050002")
    names = {n.表示: n.かな for n in 検索名.objects.filter(宛名_id=number)}
    assert names == {
        "株式会社試験りんご園": "カブシキガイシャシケンリンゴエン",
        "試験りんご園": "シケンリンゴエン",
    }


def test_同じ法人番号の法人は二つ登録できない(desk: Desk, clock: FixedClock) -> None:
    first = 法人を作る(clock, 法人番号="7000012050002")
    with pytest.raises(業務エラー, match=rf"AT-0206 .*{first}"):
        法人を作る(clock, 商号="別の名", 法人番号="7000012050002")


def test_法人も変更と廃止は行を足す(desk: Desk, clock: FixedClock) -> None:
    number = 法人を作る(clock)
    corporations.変更する(
        number, corporations.法人の事項(商号="株式会社新りんご園", 代表者="試験　花子"), None, 手続=手(clock)
    )
    corporations.廃止する(number, 事由="死亡", 手続=手(clock))
    corporations.再開する(number, 手続=手(clock))
    assert list(法人.objects.filter(宛名番号=number).order_by("履歴番号").values_list("異動事由", "廃止")) == [
        ("登録", False), ("変更", False), ("死亡", True), ("再開", False),
    ]  # fmt: skip
