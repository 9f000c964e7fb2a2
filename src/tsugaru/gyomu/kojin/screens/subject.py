"""手元の人と、開いている課税年度。住所は開示の門を通し、見たことは必ず監査に残る。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.juki.api import 住民状態, 住民票
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Household, Kind, Member, Subject, Withheld

SEXES = {"1": "男", "2": "女"}
FIRST_YEAR = 2014
OUTSIDER = "住登外"


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """帯と世帯に出す一人。住民でない人（みなし課税・家屋敷）は宛名の見出しから作る。"""

    number: str
    name: str
    kana: str
    born: str
    birth: date | None
    sex: str
    state: str
    kind: Kind
    household: str = ""
    relation: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """一人と世帯と年度。places は門から返った住所（権限がなければ空）。"""

    one: One
    year: int
    members: list[One]
    places: Mapping[int, disclosure.Revealed]
    shielded: frozenset[str]
    rights: frozenset[tuple[str, str, str]]

    @property
    def number(self) -> str:
        """宛名番号。"""
        return self.one.number

    def may(self, operation: str, field: str = "税額") -> bool:
        """個人住民税でしてよいか。"""
        return (GYOMU, operation, field) in self.rights

    def place(self, one: One) -> str | Withheld:
        """見せてよい今の住所。"""
        if one.place is None:
            return ""
        found = self.places.get(one.place)
        if found is None:
            return Withheld("権限がありません")
        return Withheld("支援措置") if found.masked else found.text()

    def url(self, name: str, *args: object) -> str:
        """この人・この年度の画面。"""
        return reverse(f"kojin:{name}", args=[self.number, self.year, *args])


def load(request: StaffRequest, number: str, year: int, *, operation: str = "照会", act: str) -> Person:
    """その人のその年度を開く。宛名のない番号・扱わない年度は 404。"""
    authz.require(request.seat.staff.section, GYOMU, operation, "税額")
    rights = authz.rights_of(request.seat.staff.section)
    today = request.clock.today()
    if not FIRST_YEAR <= year <= today.year + 1:
        raise Http404
    one, members = _people(number, today)
    audit.record(act=act, subjects=[number], gyomu=GYOMU, detail={"year": year})
    subjects = {number, *(m.number for m in members)}
    seen = (GYOMU, "照会", "住所") in rights
    places = (
        disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=subjects, kinds=["住所"])
        if seen
        else {}
    )
    return Person(one, year, members, places, disclosure.shielded(subjects), rights)


def _people(number: str, today: date) -> tuple[One, list[One]]:
    resident = juki.住民の状態([number]).get(number)
    if resident is not None:
        return _resident(resident), [_resident(m) for m in juki.世帯員(resident.世帯番号)]
    heading = atena.見出しを読む([number]).get(number)
    if heading is None:
        raise Http404
    born = heading.生年月日
    text = 不詳日(born, heading.生年月日不詳, heading.生年月日表記).表示 if born else ""
    known = None if heading.生年月日不詳 else born
    one = One(
        number=number, name=heading.氏名, kana=heading.フリガナ, born=text, birth=known, sex=SEXES.get(heading.性別, ""),
        state=OUTSIDER, kind="neutral",
    )  # fmt: skip
    return one, []


def _resident(row: 住民票) -> One:
    state = 住民状態(row.住民状態)
    dead = state == 住民状態.死亡者
    return One(
        number=row.宛名番号,
        name=row.氏名,
        kana=row.氏名フリガナ or row.通称フリガナ,
        born=birth_text(row),
        birth=None if row.生年月日不詳 or dead else row.生年月日,
        sex=SEXES.get(row.性別, ""),
        state=state.表示,
        kind="info" if row.在る else "ended",
        household=row.世帯番号,
        relation=row.続柄表記,
        place=row.住所番号,
    )


def birth_text(row: 住民票) -> str:
    """日本人は和暦、外国人は西暦、不詳の日は書かれたとおり。"""
    if row.住民種別 == "2" and not row.生年月日不詳:
        return f"{row.生年月日.year}年{row.生年月日.month}月{row.生年月日.day}日"
    return 不詳日(row.生年月日, row.生年月日不詳, row.生年月日表記).表示


def shell(request: StaffRequest, person: Person, *flags: Flag, **context: Any) -> dict[str, Any]:
    """外枠に渡す文脈（本人の帯と世帯）。"""
    today = request.clock.today()
    return {
        "person": person,
        "year": person.year,
        "subject": _bar(person, today, flags),
        "household": _household(person, today) if person.members else None,
        **context,
    }


def _bar(person: Person, today: date, flags: tuple[Flag, ...]) -> Subject:
    one = person.one
    covered = one.number in person.shielded
    shield = [Flag("支援措置", "danger", "住所は表示しません")] if covered else []
    return Subject(
        宛名番号=one.number, 氏名=one.name, フリガナ=one.kana, 生年月日表示=one.born, 年齢=満年齢(one.birth, today),
        性別=one.sex, 住民状態=one.state, status_kind=one.kind, 世帯番号=one.household, 続柄=one.relation,
        url=person.url("person"), alert=covered, flags=[*shield, *flags],
    )  # fmt: skip


def _household(person: Person, today: date) -> Household:
    members = [
        Member(
            氏名=one.name,
            続柄=one.relation,
            生年月日表示=one.born,
            年齢=満年齢(one.birth, today),
            url=reverse("kojin:person", args=[one.number, person.year]),
            current=one.number == person.number,
        )
        for one in person.members
    ]
    return Household(世帯番号=person.one.household, 住所=person.place(person.members[0]), members=members)
