"""開示の門。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.staff import Desk, sit

from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield, ShieldRelease
from tsugaru.platform.identity import seats
from tsugaru.platform.identity.models import Seat

pytestmark = pytest.mark.db

家 = disclosure.Address(
    municipality_code="990191",
    prefecture="試験県",
    city="試験市",
    town="大字上町",
    lot="１２番地３",
    building="コーポ花１０１",
)


def shield(subject: str, clock: FixedClock) -> Shield:
    return Shield.objects.create(
        subject=subject, case="R1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=clock.now(), opened_by="t1",
    )  # fmt: skip


def test_席があれば住所が開き記録が残る(desk: Desk) -> None:
    number = disclosure.put_address("10", "住所", 家)
    opened = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["10"])
    assert opened[number].address == 家
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT content FROM audit.history_of('10', 10)")
        assert "住所照会" in bytes(cursor.fetchone()[0]).decode()


def test_立った席では開かない(desk: Desk) -> None:
    seats.leave(desk.seat, reason="本人", clock=SystemClock())
    with pytest.raises(DatabaseError, match="TD-0001"):
        disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["10"])


def test_用務がなければ開かない(desk: Desk) -> None:
    Seat.objects.filter(pk=desk.seat.pk).update(purpose="")
    with pytest.raises(DatabaseError, match="TD-0002"):
        disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["10"])


def test_権限のない業務では開かない(here: object, clock: FixedClock) -> None:
    auditor = sit("監査委員事務局", clock=clock)
    with pytest.raises(DatabaseError, match="TD-0003"):
        disclosure.reveal_addresses(auditor.seat, gyomu="juki", subjects=["10"])


def test_保護されたその時から伏せられ一文字も返らない(desk: Desk, clock: FixedClock) -> None:
    number = disclosure.put_address("10", "住所", 家)
    shield("10", clock)
    opened = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["10"])[number]
    assert opened.masked
    assert opened.address == disclosure.Address()
    assert "上町" not in opened.text()


def test_伏せを外せるのは確かめ直した担当者だけ(desk: Desk, clock: FixedClock) -> None:
    number = disclosure.put_address("10", "住所", 家)
    shield("10", clock)
    with pytest.raises(DatabaseError, match="TD-0004"), transaction.atomic():
        disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["10"], unmask=True)
    officer = sit("市民課（支援措置）", clock=clock)
    with pytest.raises(DatabaseError, match="TD-0005"), transaction.atomic():
        disclosure.reveal_addresses(officer.seat, gyomu="juki", subjects=["10"], unmask=True)
    seats.step_up(officer.seat, clock=SystemClock())
    opened = disclosure.reveal_addresses(officer.seat, gyomu="juki", subjects=["10"], unmask=True)
    assert opened[number].address == 家


def test_期限が過ぎても保護は外れない(desk: Desk, clock: FixedClock) -> None:
    Shield.objects.create(
        subject="10", case="R1", provisional=False, starts_on=date(2000, 1, 1), ends_on=date(2001, 1, 1),
        opened_at=clock.now(), opened_by="t1",
    )  # fmt: skip
    assert disclosure.shielded(["10", "11"]) == {"10"}


def test_解除は二人で行い新しい期間があれば断られる(desk: Desk, clock: FixedClock) -> None:
    old = shield("10", clock)
    with pytest.raises(DatabaseError, match="disclosure_release_two_ck"), transaction.atomic():
        ShieldRelease.objects.create(
            shield=old, reason="期間満了", requested_by="a", approved_by="a", released_at=clock.now()
        )
    new = shield("10", clock)
    with pytest.raises(DatabaseError, match="TD-0010"), transaction.atomic():
        ShieldRelease.objects.create(
            shield=old, reason="期間満了", requested_by="a", approved_by="b", released_at=clock.now()
        )
    for one in (new, old):
        ShieldRelease.objects.create(
            shield=one, reason="期間満了", requested_by="a", approved_by="b", released_at=clock.now()
        )
    assert disclosure.shielded(["10"]) == frozenset()


def test_場所や電話から保護された人にはたどり着けない(desk: Desk, clock: FixedClock) -> None:
    disclosure.put_address("10", "住所", 家)
    disclosure.put_contact("10", "電話", "0172-00-1234")
    assert disclosure.find_by_address(desk.seat, "上町12-3") == ["10"]
    assert disclosure.find_by_phone(desk.seat, "0172001") == ["10"]
    shield("10", clock)
    assert disclosure.find_by_address(desk.seat, "上町12-3") == []
    assert disclosure.find_by_phone(desk.seat, "0172001") == []
    assert disclosure.reveal_contacts(desk.seat, gyomu="juki", subject="10") == [("電話", "", True)]


def test_個人番号は確かめ直した席にだけ開き文中には平文がない(desk: Desk) -> None:
    disclosure.put_number("10", "個人番号", "983205673214", changed_on=date(2016, 1, 1))
    assert disclosure.find_by_number("個人番号", "983205673214") == ["10"]
    with pytest.raises(DatabaseError, match="TD-0007"), transaction.atomic():
        disclosure.reveal_number(desk.seat, gyomu="juki", subject="10", kind="個人番号")
    seats.step_up(desk.seat, clock=SystemClock())
    assert disclosure.reveal_number(desk.seat, gyomu="juki", subject="10", kind="個人番号") == "983205673214"


def test_席は操作がなければ十五分で終わる(desk: Desk) -> None:
    later = FixedClock(SystemClock().now() + timedelta(minutes=15, seconds=1))
    assert seats.current(desk.seat.pk, terminal="試験", clock=later) is None


def test_保護された人の住所を写された人も保護を受け継ぐ(desk: Desk, clock: FixedClock) -> None:
    number = disclosure.put_address("10", "住所", 家)
    shield("10", clock)
    copied = disclosure.copy_address(number, "11", "住所")
    assert disclosure.shielded(["10", "11"]) == {"10", "11"}
    assert disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=["11"])[copied].masked


def test_保護されていない人の住所を写しても保護は生まれない(desk: Desk) -> None:
    number = disclosure.put_address("10", "住所", 家)
    disclosure.copy_address(number, "11", "住所")
    assert disclosure.shielded(["10", "11"]) == frozenset()
