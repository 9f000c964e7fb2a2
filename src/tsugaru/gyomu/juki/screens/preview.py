"""前と後の対比。仮登録の前（打ちながら）にも、決裁の前にも、同じ見せ方をする。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.gyomu.juki.domain.preview import 下見する
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.gyomu.juki.models import 届出
from tsugaru.gyomu.juki.screens.labels import HIDDEN, label, value_of
from tsugaru.gyomu.juki.screens.subject import GYOMU, Places
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Difference

QUIET = HIDDEN | {"氏", "名", "氏フリガナ", "名フリガナ"}


@dataclass(frozen=True, slots=True)
class Change:
    """一人の変わり方。"""

    number: str
    name: str
    new: bool
    rows: list[Difference]


@dataclass(frozen=True, slots=True)
class Preview:
    """下見。alerts は決裁する人が確かめること。"""

    changes: list[Change]
    alerts: list[str]


def preview(request: StaffRequest, case: 届出) -> Preview:
    """その届出を本登録したら誰の何がどう変わるか。通らなければ 業務エラー。"""
    found = 下見する(case, clock=request.clock)
    places = places_of(request, [one.宛名番号 for one in found.人々])
    changes = [_change(places, one.前, one.後) for one in found.人々]
    return Preview(changes, [f"{a.番号} {a.文}{a.根拠}{a.対処}" for a in found.警告])


def places_of(request: StaffRequest, numbers: list[str]) -> Places:
    """その人たちの住所（門を一度通す）。"""
    section = request.seat.staff.section
    may = authz.allows(section, GYOMU, "照会", "住所")
    shown = disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=numbers) if may else None
    return Places(shown)


def _change(places: Places, before: 住民票 | None, after: 住民票) -> Change:
    rows = [
        Difference(
            label(name),
            value_of(places, before, name) if before else "",
            value_of(places, after, name),
        )
        for name in after.違い(before)
        if name not in QUIET
    ]
    return Change(after.宛名番号, after.氏名, before is None, rows)
