"""手元の人。どの画面も、初めに住民の異動に追いつき、この人を今の住民票と突き合わせてから開く。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from tsugaru.gyomu.inkan.domain import sweep
from tsugaru.gyomu.inkan.domain.certificate import 生年月日の表記
from tsugaru.gyomu.inkan.domain.register import 今の登録
from tsugaru.gyomu.inkan.domain.residents import 今の住民, 住民状態, 住民票
from tsugaru.gyomu.inkan.models import 印鑑登録
from tsugaru.gyomu.inkan.screens import shown
from tsugaru.gyomu.juki import api as juki
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Household, Member, Subject, Withheld

GYOMU = "inkan"
SEXES = {"1": "男", "2": "女"}


@dataclass(frozen=True, slots=True)
class Person:
    """一人の今の住民票と今の登録と世帯。places は開示の門から返った住所（権限がなければ空）。"""

    resident: 住民票
    row: 印鑑登録 | None
    members: list[住民票]
    places: Mapping[int, disclosure.Revealed]
    shielded: frozenset[str]
    rights: frozenset[tuple[str, str, str]]

    @property
    def number(self) -> str:
        """宛名番号。"""
        return self.resident.宛名番号

    @property
    def version(self) -> int:
        """見ている履歴番号（未登録なら0）。"""
        return self.row.履歴番号 if self.row else 0

    def may(self, operation: str) -> bool:
        """印鑑登録でしてよいか。"""
        return (GYOMU, operation, "基本") in self.rights

    def place(self, one: 住民票) -> str | Withheld:
        """見せてよい今の住所。"""
        if one.住所番号 is None:
            return ""
        found = self.places.get(one.住所番号)
        if found is None:
            return Withheld("権限がありません")
        return Withheld("支援措置") if found.masked else found.text()


def load(request: StaffRequest, number: str, *, operation: str = "照会", act: str = "印鑑登録照会") -> Person:
    """その人を開く。住民だったことのない人は 404。"""
    rights = authz.rights_of(request.seat.staff.section)
    if (GYOMU, operation, "基本") not in rights:
        authz.require(request.seat.staff.section, GYOMU, operation, "基本")
    resident = 今の住民([number]).get(number)
    if resident is None:
        raise Http404
    sweep.追いつく(clock=request.clock)
    sweep.突き合わせる([number], clock=request.clock)
    audit.record(act=act, subjects=[number], gyomu=GYOMU)
    members = juki.世帯員(resident.世帯番号)
    subjects = {number, *(one.宛名番号 for one in members)}
    seen = (GYOMU, "照会", "住所") in rights
    places = (
        disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=subjects, kinds=["住所"])
        if seen
        else {}
    )
    return Person(resident, 今の登録(number), members, places, disclosure.shielded(subjects), rights)


def shell(request: StaffRequest, person: Person, **context: Any) -> dict[str, Any]:
    """外枠に渡す文脈（本人の帯と世帯）。"""
    return {
        "person": person,
        "subject": bar(request, person),
        "household": _household(request, person),
        **context,
    }


def bar(request: StaffRequest, person: Person) -> Subject:
    """本人の帯。札に印鑑登録の状態を出す。"""
    one = person.resident
    flags = [Flag("支援措置", "danger", "住所は表示しません")] if one.宛名番号 in person.shielded else []
    kind = shown.STATES[person.row.状態] if person.row else "neutral"
    return Subject(
        宛名番号=one.宛名番号,
        氏名=one.氏名,
        フリガナ=one.氏名フリガナ or one.通称フリガナ,
        生年月日表示=生年月日の表記(one),
        年齢=_age(request, one),
        性別=SEXES.get(one.性別, ""),
        住民状態=住民状態(one.住民状態).表示,
        status_kind="info" if one.在る else "ended",
        世帯番号=one.世帯番号,
        続柄=one.続柄表記,
        url=reverse("inkan:person", args=[one.宛名番号]),
        alert=one.宛名番号 in person.shielded,
        flags=[*flags, Flag(f"印鑑 {shown.state(person.row)}", kind)],
    )


def _household(request: StaffRequest, person: Person) -> Household:
    members = [
        Member(
            氏名=one.氏名,
            続柄=one.続柄表記,
            生年月日表示=生年月日の表記(one),
            年齢=_age(request, one),
            url=reverse("inkan:person", args=[one.宛名番号]),
            current=one.宛名番号 == person.number,
        )
        for one in person.members
    ]
    place = person.place(person.members[0]) if person.members else ""
    return Household(世帯番号=person.resident.世帯番号, 住所=place, members=members)


def _age(request: StaffRequest, one: 住民票) -> int | None:
    unknown = one.生年月日不詳 or one.住民状態 == 住民状態.死亡者.value
    return None if unknown else 満年齢(one.生年月日, request.clock.today())
