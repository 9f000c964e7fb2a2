"""保護された人と居所を同じくする人も、門が伏せる。どの業務も何も書かずに受け継ぐ。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.juki.office import 人, 値つき, 届け出る, 市内の別, 市外, 決裁する, 済ませる, 行, 転入した家族
from tests.support.staff import Desk, sit

from tsugaru.gyomu.juki.domain import issuing, receipts, support
from tsugaru.gyomu.juki.domain.certificates import 選択
from tsugaru.gyomu.juki.domain.support import 申出
from tsugaru.gyomu.juki.models import 届出
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure import matching
from tsugaru.platform.identity import seats
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def 家族(desk: Desk, clock: FixedClock) -> tuple[str, str, str]:
    """世帯主・妻・子。妻だけが支援措置の対象者。"""
    head, wife, child = 転入した家族(clock=clock)
    for number in (head, child):
        disclosure.put_contact(number, "電話", "0172-00-1234")
    _守る(wife, clock)
    return head, wife, child


def _守る(number: str, clock: FixedClock) -> None:
    support.受付する(申出(申出者=number, 種別="DV", 申出日=date(2026, 4, 20)), 職員="a", clock=clock)


def _伏せた(desk: Desk, number: str) -> list[bool]:
    return [
        p.masked for p in disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[number]).values()
    ]


def test_世帯の人の場所と連絡先も伏せられ札は本人だけに付く(家族: tuple[str, str, str], desk: Desk) -> None:
    head, wife, child = 家族
    assert disclosure.shielded(家族) == {wife}
    assert disclosure.sheltered(家族) == {head, wife, child}
    opened = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[child])
    assert {place.kind for place in opened.values()} >= {"住所", "本籍", "転入前"}
    assert {place.address for place in opened.values()} == {disclosure.Address()}
    assert disclosure.reveal_contacts(desk.seat, gyomu="juki", subject=child) == [("電話", "", True)]


def test_世帯の人にも場所や電話からたどり着けず突合せにも答えない(
    家族: tuple[str, str, str], desk: Desk
) -> None:
    assert disclosure.find_by_address(desk.seat, "和徳町1-1") == []
    assert disclosure.find_by_phone(desk.seat, "0172001") == []
    place = 行(家族[0]).住所番号 or 0
    assert matching.same_places([(place, "試験市大字和徳町１番地１")]) == [None]


def test_世帯の人の住所を開けるのも確かめ直した担当だけ(
    家族: tuple[str, str, str], desk: Desk, clock: FixedClock
) -> None:
    child = 家族[2]
    with pytest.raises(DatabaseError, match="TD-0004"), transaction.atomic():
        disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[child], unmask=True)
    officer = sit("市民課（支援措置）", clock=clock)
    with pytest.raises(DatabaseError, match="TD-0005"), transaction.atomic():
        disclosure.reveal_contacts(officer.seat, gyomu="juki", subject=child, unmask=True)
    seats.step_up(officer.seat, clock=SystemClock())
    opened = disclosure.reveal_addresses(officer.seat, gyomu="juki", subjects=[child], unmask=True)
    assert "大字和徳町" in {place.address.town for place in opened.values()}
    known = disclosure.reveal_contacts(officer.seat, gyomu="juki", subject=child, unmask=True)
    assert known == [("電話", "0172-00-1234", False)]


def test_世帯の人だけの証明も担当が確かめ直したときだけ(
    家族: tuple[str, str, str], desk: Desk, here: Municipality, clock: FixedClock
) -> None:
    child = 行(家族[2])

    def 交付する(seat: Desk, *, 開示: bool) -> issuing.交付の結果:
        asked = issuing.請求(
            様式="individual",
            人=((child.宛名番号, child.履歴番号),),
            選=選択(),
            請求者="本人",
            開示=開示,
        )
        return issuing.交付する(asked, seat=seat.seat, municipality=here, clock=clock, 途切れを承知=True)

    with pytest.raises(業務エラー, match="JK-0701"), transaction.atomic():
        交付する(desk, 開示=False)
    with pytest.raises(DatabaseError, match="TD-0004"), transaction.atomic():
        交付する(desk, 開示=True)
    officer = sit("市民課（支援措置）", clock=clock)
    seats.step_up(officer.seat, clock=SystemClock())
    assert 交付する(officer, 開示=True).できた.pages == 1


def test_世帯の人への受理通知は宛先を刷らない(
    家族: tuple[str, str, str], desk: Desk, here: Municipality
) -> None:
    case = 届出.objects.get(種類="in")
    with pytest.raises(業務エラー, match="JK-0721"):
        receipts.受理通知を作る(case, seat=desk.seat, municipality=here)


def test_世帯を離れれば伏せられず保護された人は伏せられたまま(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    _守る(wife, clock)
    済ませる(
        "move",
        [値つき(head, 続柄=("02",))],
        clock=clock,
        日=date(2026, 4, 20),
        世帯の別="新",
        住所=市内の別,
        新世帯主=wife,
    )
    assert disclosure.sheltered([head, wife, child]) == {wife, child}


def test_仮登録で保護された人の世帯に入る人もその時から伏せられる(
    家族: tuple[str, str, str], desk: Desk, clock: FixedClock
) -> None:
    newcomer = 人(名="葵", 名フリガナ="アオイ", 続柄=("20",))
    case = 届け出る(
        "in", [newcomer], clock=clock, 世帯の別="既", 入る世帯=行(家族[0]).世帯番号, 転入前住所=市外
    )
    [one] = case.内容["各人"]
    places = _伏せた(desk, one["宛名番号"])
    assert len(places) == 3 and all(places)
    決裁する(case, clock=clock)
    assert all(_伏せた(desk, one["宛名番号"]))


def test_同じ日に同じ世帯から転出した人の転出先も伏せられる(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    済ませる("out", [値つき(wife), 値つき(child)], clock=clock, 日=date(2026, 4, 18), 転出先=市外)
    _守る(wife, clock)
    assert disclosure.sheltered([head, wife, child]) == {wife, child}


def test_仮登録の住所は検索の手がかりにならず本登録で手がかりになる(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    case = 届け出る("move", [head, wife, child], clock=clock, 世帯の別="同", 住所=市内の別)
    assert disclosure.find_by_address(desk.seat, "土手町") == []
    [pending] = {one["値"]["住所"] for one in case.内容["各人"][:1]}
    shown = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[head])
    assert (shown[pending].kind, shown[pending].address.town) == ("仮登録", "大字土手町")
    決裁する(case, clock=clock)
    assert sorted(disclosure.find_by_address(desk.seat, "土手町")) == sorted([head, wife, child])


def test_取り下げた届出の住所は手がかりにならない(desk: Desk, clock: FixedClock) -> None:
    case = 届け出る("in", [人()], clock=clock, 世帯の別="新", 住所=市内の別, 転入前住所=市外)
    assert disclosure.find_by_address(desk.seat, "土手町") == []
    assert case.内容["各人"][0]["値"]["住所"]
