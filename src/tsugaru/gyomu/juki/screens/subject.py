"""手元の人。どの画面も同じ読み方で、住民票・世帯・住所（門を一度だけ通す）・札を集める。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from tsugaru.gyomu.juki.domain import glance, holds
from tsugaru.gyomu.juki.domain.codes import 住民状態, 続柄の表記
from tsugaru.gyomu.juki.models import 住民, 届出
from tsugaru.gyomu.juki.models.resident import 住民事項
from tsugaru.gyomu.juki.screens import shown
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Household, Member, Subject, Withheld

GYOMU = "juki"
PLACES = ["住所", "転入前", "転出先予定", "転出先確定", "最終登録"]
Right = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """門から返った住所。権限が無ければ revealed は None。"""

    revealed: dict[int, disclosure.Revealed] | None

    def place(self, number: int | None) -> str | Withheld:
        """住所番号を、見せてよい文字にする。無ければ空。"""
        if number is None:
            return ""
        found = self.revealed.get(number) if self.revealed is not None else None
        if found is None:
            return Withheld("権限がありません")
        return Withheld("支援措置") if found.masked else found.text()


@dataclass(frozen=True, slots=True)
class Person:
    """一人と、その世帯と、この職員に見せてよい住所と、本登録していない届出。"""

    row: 住民
    members: list[住民]
    places: dict[int, disclosure.Revealed] | None
    shielded: frozenset[str]
    rights: frozenset[Right]
    opened: bool
    cases: list[届出]

    def may(self, operation: str, field: str = "基本") -> bool:
        """住民記録でしてよいか。"""
        return (GYOMU, operation, field) in self.rights

    def place(self, number: int | None) -> str | Withheld:
        """住所番号を、見せてよい文字にする。無ければ空。"""
        return Places(self.places).place(number)

    @property
    def hidden(self) -> bool:
        """本人の住所を門が伏せた（支援措置の対象者か、居所を同じくする人で、開いていない）。"""
        places = (self.places or {}).values()
        return any(place.masked for place in places if place.subject == self.row.宛名番号)

    @property
    def is_shielded(self) -> bool:
        """支援措置の対象で、開いていない。"""
        return self.row.宛名番号 in self.shielded


def load(request: StaffRequest, number: str, *, unmask: bool = False, act: str = "総合照会") -> Person:
    """その人を開く。いなければ 404。開いたことは必ず残る。"""
    rights = authz.rights_of(request.seat.staff.section)
    if (GYOMU, "照会", "基本") not in rights:
        authz.require(request.seat.staff.section, GYOMU, "照会", "基本")
    row, members = glance.人と世帯(number)
    if row is None:
        raise Http404
    subjects = {number, *(m.宛名番号 for m in members)}
    audit.record(act=act, subjects=[number], gyomu=GYOMU)
    kinds = [*PLACES, *(["本籍"] if (GYOMU, "照会", "本籍") in rights else [])]
    places = (
        disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=subjects, kinds=kinds, unmask=unmask)
        if (GYOMU, "照会", "住所") in rights
        else None
    )
    shielded = disclosure.shielded(subjects)
    return Person(row, members, places, shielded, rights, unmask, glance.未了の届出(number))


def shell(request: StaffRequest, person: Person, **context: Any) -> dict[str, Any]:
    """外枠に渡す文脈（本人の帯と世帯）。"""
    return {
        "person": person,
        "subject": bar(request, person),
        "household": household(request, person),
        **context,
    }


def bar(request: StaffRequest, person: Person) -> Subject:
    """本人の帯。"""
    row = person.row
    return Subject(
        宛名番号=row.宛名番号,
        氏名=row.氏名,
        フリガナ=row.氏名フリガナ or row.通称フリガナ,
        生年月日表示=shown.born(row),
        年齢=shown.age(row, request.clock.today()),
        性別=shown.SEXES.get(row.性別, ""),
        住民状態=shown.state(row),
        status_kind=shown.STATUS[row.住民状態],
        世帯番号=row.世帯番号,
        続柄=role(row),
        url=reverse("juki:person", args=[row.宛名番号]),
        alert=row.宛名番号 in person.shielded,
        flags=flags(request, person),
    )


def household(request: StaffRequest, person: Person) -> Household | None:
    """右の世帯。本人が除票でも、元の世帯の今の人を並べる。誰も残っていなければ出さない。"""
    if not person.members:
        return None
    today = request.clock.today()
    first = person.members[0]
    return Household(
        世帯番号=person.row.世帯番号,
        住所=person.place(first.住所番号),
        members=[
            Member(
                氏名=one.氏名,
                続柄=role(one),
                生年月日表示=shown.born(one),
                年齢=shown.age(one, today),
                url=reverse("juki:person", args=[one.宛名番号]),
                current=one.宛名番号 == person.row.宛名番号,
                flags=(Flag("支援措置"),) if one.宛名番号 in person.shielded else (),
            )
            for one in person.members
        ],
    )


def role(row: 住民事項) -> str:
    """続柄の表記。"""
    return 続柄の表記(row.続柄1, row.続柄2, row.続柄3, row.続柄4)


def flags(request: StaffRequest, person: Person) -> list[Flag]:
    """札。強い順。"""
    row = person.row
    found = []
    if row.宛名番号 in person.shielded:
        note = "本人確認の上で開いています" if person.opened else "住所は表示しません。担当係へ照会"
        found.append(Flag("支援措置", "danger", note))
    found += [
        Flag(
            f"{hold.対象処理}{'抑止' if hold.水準 == 'エラー' else '注意'}",
            "danger" if hold.水準 == "エラー" else "warning",
            hold.理由,
        )
        for hold in holds.一人の抑止(row.宛名番号, row.世帯番号, clock=request.clock)
    ]
    if person.cases:
        found.append(Flag("仮登録中", "warning", "本登録していない届出があります"))
    if row.転出予定日 and row.住民状態 == 住民状態.住民.value:
        found.append(Flag("転出予定", "warning", f"転出予定日 {shown.day(row.転出予定日)}"))
    if row.未届:
        found.append(Flag("未届", "warning", "転入前の住所で届出をしていません"))
    editor = glance.ほかの編集者(row.宛名番号, request.seat.pk)
    if editor:
        found.append(Flag("編集中", "warning", f"{editor.職員氏名}が編集しています"))
    return found
