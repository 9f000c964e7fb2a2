"""一覧の行。同姓同名の人を見分けられるだけの事実を、人数によらない回数の問いで集める。"""

from __future__ import annotations

from collections.abc import Sequence

from tsugaru.gyomu.atena.domain.outsiders import 性別の名, 生年月日
from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分, 法人
from tsugaru.gyomu.atena.screens.subject import GYOMU, 区分の色, 開く先
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, PersonRow, Withheld


def 人の行(
    request: StaffRequest, people: Sequence[宛名], *, matched: dict[str, str] | None = None
) -> list[PersonRow]:
    """宛名の行（与えた順）。matched は宛名番号 → 当たり方の説明。"""
    if not people:
        return []
    numbers = [one.宛名番号 for one in people]
    places = 行の住所(request, numbers)
    shielded, ended = disclosure.shielded(numbers), _廃止された番号(numbers)
    today = request.clock.today()
    return [
        _行(
            one,
            places.get(one.宛名番号, ""),
            満年齢(one.生年月日 if not one.生年月日不詳 else None, today),
            one.宛名番号 in ended,
            (matched or {}).get(one.宛名番号, ""),
            one.宛名番号 in shielded,
        )
        for one in people
    ]


def _行(
    one: 宛名, place: str | Withheld, age: int | None, ended: bool, matched: str, shielded: bool
) -> PersonRow:
    born = 生年月日(one)
    return PersonRow(
        url=開く先(one),
        宛名番号=one.宛名番号,
        氏名=one.氏名,
        フリガナ=one.フリガナ,
        生年月日表示=born.表示 if born else "―",
        年齢=age,
        性別="" if one.区分 == 宛名区分.法人 else 性別の名[one.性別],
        住所=place,
        住民状態="廃止" if ended else 宛名区分(one.区分).label,
        status_kind="ended" if ended else 区分の色[one.区分],
        matched=matched,
        flags=(Flag("支援措置"),) if shielded else (),
    )


def 行の住所(request: StaffRequest, numbers: Sequence[str]) -> dict[str, str | Withheld]:
    """宛名番号 → 一番新しい住所（門を一度だけ通る）。"""
    if not authz.allows(request.seat.staff.section, GYOMU, "照会", "住所"):
        return {number: Withheld("権限がありません") for number in numbers}
    found = disclosure.reveal_addresses(request.seat, gyomu=GYOMU, subjects=numbers, kinds=["住所"])
    return {
        place.subject: Withheld("支援措置") if place.masked else place.text()
        for place in sorted(found.values(), key=lambda one: one.id)
    }


def _廃止された番号(numbers: Sequence[str]) -> frozenset[str]:
    """最新の歴が廃止の、住登外・法人。"""
    ended: set[str] = set()
    for model in (住登外, 法人):
        latest = model.objects.filter(宛名番号__in=numbers).order_by("宛名番号", "-履歴番号")
        ended |= {
            number for number, closed in latest.distinct("宛名番号").values_list("宛名番号", "廃止") if closed
        }
    people = 宛名.objects.filter(pk__in=ended, 区分__in=["2", "3"])
    return frozenset(people.values_list("pk", flat=True))
