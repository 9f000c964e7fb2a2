"""名寄せ。機械は結ばず、全てが一致しなければ二人で決め、いつでも解ける。"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.atena.people import 住登外を作る, 太郎, 川向こう, 手, 法人を作る
from tests.support.people import 世帯を作る
from tests.support.staff import Desk
from tsugaru.gyomu.atena.domain import candidates, four, links, outsiders
from tsugaru.gyomu.atena.domain.compare import 四情報, 比べる, 比較
from tsugaru.gyomu.atena.domain.links import 組
from tsugaru.gyomu.atena.models import 名寄せ, 宛名
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー

pytestmark = pytest.mark.db
同じ人 = 四情報(氏名="成田　太郎", 生年月日=太郎().生年月日, 性別="1", 住所=川向こう)
全て = 比べる(同じ人, 同じ人, 番号=True)
番号なし = 比べる(同じ人, 同じ人)


def 判断(元: str, 先: str, 何: str, clock: FixedClock, *, 比べた: 比較 = 番号なし, 誰: str = "t1") -> 名寄せ:
    return links.判断する(
        組(元=元, 先=先), 何, 比べた=比べた, 理由="申請書で確かめた", 判断者=誰, clock=clock
    )


def 二人で(元: str, 先: str, 何: str, clock: FixedClock) -> 名寄せ:
    draft = 判断(元, 先, 何, clock)
    return links.確認する(draft.pk, 認める=True, 確認者="t2", clock=clock)


def test_四情報と番号の全てが一致すれば一人で決まる(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    row = 判断(second, first, "同一", clock, 比べた=全て)
    assert (row.判断, row.確認者) == ("同一", "")
    assert links.代表番号([first, second]) == {first: first, second: first}


def test_番号を確かめていなければ二人目を待ち決まるまで何も変わらない(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    draft = 判断(second, first, "同一", clock)
    assert draft.判断 == "同一案"
    assert links.代表番号([second]) == {second: second}
    with pytest.raises(業務エラー, match="AT-0304"):
        links.確認する(draft.pk, 認める=True, 確認者="t1", clock=clock)
    assert links.確認待ち() == [draft]
    links.確認する(draft.pk, 認める=True, 確認者="t2", clock=clock)
    assert links.代表番号([second]) == {second: first}
    assert links.確認待ち() == []


def test_断られた案は何も変えず二度は確認できない(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    draft = 判断(second, first, "同一", clock)
    assert links.確認する(draft.pk, 認める=False, 確認者="t2", clock=clock).判断 == "却下"
    assert links.代表番号([second]) == {second: second}
    with pytest.raises(業務エラー, match="AT-0303"):
        links.確認する(draft.pk, 認める=True, 確認者="t2", clock=clock)


def test_解けば元の二人に戻り番号は一度も変わらない(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    二人で(second, first, "同一", clock)
    二人で(second, first, "解除", clock)
    assert links.代表番号([first, second]) == {first: first, second: second}
    assert 宛名.objects.filter(pk__in=[first, second]).count() == 2
    二人で(second, first, "同一", clock)
    assert links.代表番号([second]) == {second: first}


def test_つながりは先へたどり解いた枝だけが離れる(desk: Desk, clock: FixedClock) -> None:
    one, two, three = (住登外を作る(clock) for _ in range(3))
    二人で(two, one, "同一", clock)
    二人で(three, two, "同一", clock)
    assert links.代表番号([three]) == {three: one}
    assert links.同じ人の番号(three) == [one, two, three]
    with pytest.raises(業務エラー, match="AT-0307"):
        判断(one, three, "同一", clock)
    二人で(two, one, "解除", clock)
    assert links.代表番号([one, three]) == {one: one, three: two}


def test_住民は名寄せ元にできず個人と法人は結べない(desk: Desk, clock: FixedClock) -> None:
    resident, outsider, company = 世帯を作る(clock=clock), 住登外を作る(clock), 法人を作る(clock)
    with pytest.raises(業務エラー, match="AT-0310"):
        判断(resident, outsider, "同一", clock)
    with pytest.raises(業務エラー, match="AT-0309"):
        判断(outsider, company, "同一", clock)
    with pytest.raises(業務エラー, match="AT-0306"):
        判断(outsider, resident, "解除", clock)
    with pytest.raises(業務エラー, match="AT-0305"):
        判断(outsider, "9999", "同一", clock)


def test_別人と決めた相手は候補に印が付く(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    二人で(second, first, "別人", clock)
    assert links.別人とした番号(first) == {second}
    assert links.代表番号([second]) == {second: second}


def test_一人で決めた行はデータベースも断る(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    draft = 判断(second, first, "同一", clock)
    for numbers_agree in (None, False):
        draft.pk, draft.判断, draft.確認者, draft.番号一致 = None, "同一", "", numbers_agree
        with pytest.raises(DatabaseError, match="atena_link_two_people_ck"), transaction.atomic():
            draft.save(force_insert=True)
    draft.確認者 = draft.判断者
    with pytest.raises(DatabaseError, match="atena_link_two_people_ck"), transaction.atomic():
        draft.save(force_insert=True)


def test_双子と同姓同名と異体字の組を全て一人で同一としても一件も結ばれない(
    desk: Desk, clock: FixedClock
) -> None:
    others = [
        {"氏名": "成田　次郎", "フリガナ": "ナリタ　ジロウ"},  # 双子
        {},  # 同姓同名・同生年月日・同住所
        {"氏名": "成田　太朗"},
        {"氏名": "成田　太郎", "性別": "2"},
        {"氏名": "斎藤　太郎", "フリガナ": "サイトウ　タロウ"},
        {"氏名": "齋藤　太郎", "フリガナ": "サイトウ　タロウ"},
    ]
    numbers = [住登外を作る(clock, **differs) for differs in others]
    moved = 住登外を作る(clock, 住所=replace(川向こう, lot="12-3"))
    people = 宛名.objects.in_bulk([*numbers, moved])
    facts = four.四情報を読む(people.values(), four.今の住所(desk.seat, people))
    tried = 0
    for a, b in combinations(people, 2):
        for agreed in (None, False):
            compared = 比べる(facts[a], facts[b], 番号=agreed)
            with transaction.atomic():
                row = 判断(b, a, "同一", clock, 比べた=compared)
                assert row.判断 == "同一案"
                transaction.set_rollback(True)
            tried += 1
    assert tried == 42
    assert links.代表番号(people) == {number: number for number in people}


def test_候補は生年月日とかなか漢字で当たり過去の名と異体字でも当たる(desk: Desk, clock: FixedClock) -> None:
    me = 住登外を作る(clock, 氏名="斎藤　太郎", フリガナ="サイトウ　タロウ")
    variant = 住登外を作る(clock, 氏名="齋藤　太郎", フリガナ="")
    renamed = 住登外を作る(clock, 氏名="齊藤　太郎", フリガナ="サイトウ　タロウ")
    outsiders.変更する(renamed, 太郎(氏名="三上　太郎", フリガナ="ミカミ　タロウ"), None, 手続=手(clock))
    other_day = replace(太郎().生年月日, 内部日付=太郎().生年月日.内部日付.replace(year=1961))
    住登外を作る(clock, 氏名="斎藤　太郎", フリガナ="サイトウ　タロウ", 生年月日=other_day)
    法人を作る(clock, 商号="斎藤太郎")
    found = candidates.探す(candidates.手掛かりを読む(宛名.objects.get(pk=me)), 除く=me)
    assert {one.pk for one in found} == {variant, renamed}


def test_判断は監査に残る(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    二人で(second, first, "同一", clock)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT content FROM audit.history_of(%s, 20)", [second])
        contents = [bytes(row[0]).decode() for row in cursor.fetchall()]
    assert any("名寄せ（同一）" in c for c in contents)
    assert any("名寄せ（同一案）" in c for c in contents)
