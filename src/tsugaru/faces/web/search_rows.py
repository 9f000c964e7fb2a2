"""検索結果の行。同姓同名の人を見分けられるだけの事実を、人数によらない回数の問いで集める。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from django.urls import NoReverseMatch, reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens import providers
from tsugaru.platform.screens.providers import Found
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Kind, PersonRow, Withheld

Right = tuple[str, str, str]


class Head(Protocol):
    """宛名の見出しのうち、行に要る項目。"""

    宛名番号: str
    区分: str
    住民状態: str
    生年月日: date | None
    生年月日不詳: bool
    生年月日表記: str
    世帯番号: str
    続柄表記: str


SEXES = {"1": "男", "2": "女"}
STATES: dict[str, tuple[str, Kind]] = {
    "1": ("住民", "info"), "2": ("転出", "ended"), "3": ("死亡", "ended"), "9": ("消除", "ended"),
}  # fmt: skip
KINDS: dict[str, tuple[str, Kind]] = {"2": ("住登外", "neutral"), "3": ("法人", "neutral")}


def usable(rights: frozenset[Right], used: frozenset[str]) -> frozenset[str]:
    """この職員が照会できて、団体が使う業務。"""
    return frozenset(gyomu for gyomu, operation, _ in rights if operation == "照会") & used


def people(
    request: StaffRequest, hits: Sequence[atena.当たり], *, rights: frozenset[Right], gyomu: frozenset[str]
) -> list[PersonRow]:
    """行の列。見出しの無い人と、開く先の無い人（使わない業務だけの人）は出ない。"""
    numbers = [hit.宛名番号 for hit in hits]
    heads = atena.見出しを読む(numbers)
    more = providers.found(numbers, usable=gyomu)
    chiefs = atena.世帯主の名(head.世帯番号 for head in heads.values())
    places = _places(request, numbers, rights, gyomu)
    shielded = disclosure.shielded(numbers)
    rows = []
    for hit in hits:
        head = heads.get(hit.宛名番号)
        found = more.get(hit.宛名番号) or (_outsider(head, gyomu) if head else None)
        if head is None or found is None:
            continue
        age = (
            None
            if head.生年月日不詳 or head.住民状態 == "3"
            else 満年齢(head.生年月日, request.clock.today())
        )
        state, kind = KINDS.get(head.区分) or STATES.get(head.住民状態, ("―", "neutral"))
        rows.append(
            PersonRow(
                url=found.url,
                宛名番号=head.宛名番号,
                氏名=head.氏名,
                フリガナ=head.フリガナ,
                生年月日表示=_born(head, western=found.western),
                年齢=age,
                性別=SEXES.get(head.性別, ""),
                住所=_place(found, places),
                住民状態=state,
                status_kind=kind,
                続柄=_role(head, chiefs),
                matched=f"（旧: {hit.旧名}）" if hit.旧名 else "",
                flags=(Flag("支援措置", "danger", "住所は表示しません。担当係へ照会"),)
                if hit.宛名番号 in shielded
                else (),
            )
        )
    return rows


def _outsider(head: Head, gyomu: frozenset[str]) -> Found | None:
    if "atena" not in gyomu or head.区分 in ("1", "4"):
        return None
    try:
        return Found(url=reverse("atena:person", args=[head.宛名番号]))
    except NoReverseMatch:
        return None


def _places(
    request: StaffRequest, numbers: Sequence[str], rights: frozenset[Right], gyomu: frozenset[str]
) -> dict[int, disclosure.Revealed] | None:
    """今の住所だけを、門を一度だけ通して。権限が無ければ None（全員が「表示制限」）。"""
    through = next((g for g in sorted(gyomu, reverse=True) if (g, "照会", "住所") in rights), None)
    if through is None:
        return None
    return disclosure.reveal_addresses(request.seat, gyomu=through, subjects=numbers, kinds=["住所"])


def _place(found: Found, places: dict[int, disclosure.Revealed] | None) -> str | Withheld:
    if places is None:
        return Withheld("権限がありません")
    shown = places.get(found.address) if found.address else None
    if shown is None:
        return ""
    return (
        Withheld("支援措置") if shown.masked else shown.address.text(home_prefecture=shown.address.prefecture)
    )


def _born(head: Head, *, western: bool) -> str:
    if head.生年月日 is None:
        return "―"
    if head.生年月日不詳:
        return head.生年月日表記
    return f"{head.生年月日:%Y年%-m月%-d日}" if western else 和暦表示(head.生年月日)


def _role(head: Head, chiefs: dict[str, str]) -> str:
    """続柄と、世帯主の名（世帯主でない人）。"""
    chief = chiefs.get(head.世帯番号, "")
    if head.住民状態 != "1" or not chief or head.続柄表記 == "世帯主":
        return head.続柄表記 if head.住民状態 == "1" else ""
    return f"{head.続柄表記}（{chief}）"
