"""今どこまで来ているか。状態は蓄えず、届いた物から毎回決める（蓄えた状態は、いつか事実と食い違う）。"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound.models import Delivery, Fault, File, FileState, Posting


class State(enum.Enum):
    """届け物の状態。"""

    EXPECTED = "待ち"
    RECEIVED = "受領"
    PARSED = "読取済"
    RESOLVED = "解消済"
    POSTED = "反映済"


@dataclass(frozen=True, slots=True)
class Standing:
    """一つの届け物の今。missing は足りないことの文（揃っていれば空）。arrived は届いたファイル、left は残る誤りの数。"""

    delivery: Delivery
    state: State
    rows: int
    total: int | None
    missing: tuple[str, ...]
    arrived: int = 0
    left: int = 0


def standing(delivery: Delivery) -> Standing:
    """状態と、足りないもの。"""
    return standings([delivery])[0]


Arrived = tuple[int, int, int, int | None]
"""届いたファイル一つ: 何番目・いくつのうち・件数・合計額。"""


def standings(deliveries: Sequence[Delivery]) -> list[Standing]:
    """まとめて（問いの数は、届け物の数によらない）。"""
    numbers = [one.pk for one in deliveries]
    files: dict[int, list[Arrived]] = {}
    accepted = File.objects.filter(delivery__in=numbers, state=FileState.ACCEPTED)
    for number, part, parts, rows, total in accepted.values_list(
        "delivery", "part", "parts", "rows", "total"
    ):
        files.setdefault(number, []).append((part, parts, rows, total))
    posted = set(Posting.objects.filter(delivery__in=numbers).values_list("delivery", flat=True))
    left = _open_faults(numbers)
    return [
        _standing(one, files.get(one.pk, []), posted=one.pk in posted, left=left.get(one.pk, 0))
        for one in deliveries
    ]


def _open_faults(numbers: Sequence[int]) -> dict[int, int]:
    waiting = Fault.objects.filter(
        file__delivery__in=numbers, file__state=FileState.ACCEPTED, blocking=True, resolution=None
    )
    return dict(waiting.values_list("file__delivery").annotate(Count("pk")).order_by())


def _standing(delivery: Delivery, files: list[Arrived], *, posted: bool, left: int) -> Standing:
    rows = sum(row[2] for row in files)
    totals = [row[3] for row in files if row[3] is not None]
    total = sum(totals) if totals else None
    state, missing = _judge(delivery, files, rows, total, posted, left)
    return Standing(delivery, state, rows, total, missing, arrived=len(files), left=left)


def _judge(
    delivery: Delivery, files: list[Arrived], rows: int, total: int | None, posted: bool, left: int
) -> tuple[State, tuple[str, ...]]:
    if posted:
        return State.POSTED, ()
    absent = _absent_parts(delivery, files)
    counts = _count_gaps(delivery, rows, total)
    if absent:
        return State.EXPECTED, (absent, *(counts if files else ()))
    if counts:
        return State.RECEIVED, counts
    if left:
        return State.PARSED, (f"片付いていない誤りが{left:,}件あります",)
    return State.RESOLVED, ("まだ反映していません",)


def absent_parts(delivery: Delivery) -> tuple[list[int], int]:
    """（まだ届いていない番号, いくつに分かれるか）。知らせも届いた物もなければ、一つのうちの一番目。"""
    files = File.objects.filter(delivery=delivery, state=FileState.ACCEPTED)
    arrived = list(files.values_list("part", "parts"))
    parts = delivery.parts or (arrived[0][1] if arrived else 1)
    return sorted(set(range(1, parts + 1)) - {part for part, _ in arrived}), parts


def _absent_parts(delivery: Delivery, files: list[Arrived]) -> str:
    if not files:
        return "まだ一つも届いていません"
    parts = delivery.parts or files[0][1]
    absent = sorted(set(range(1, parts + 1)) - {part for part, *_ in files})
    return f"{parts}つのうち{'・'.join(map(str, absent))}番目が届いていません" if absent else ""


def _count_gaps(delivery: Delivery, rows: int, total: int | None) -> tuple[str, ...]:
    gaps = []
    if delivery.rows is not None and delivery.rows != rows:
        gaps.append(f"{delivery.rows:,}件のはずが{rows:,}件です（差 {delivery.rows - rows:,}件）")
    if delivery.total is not None and delivery.total != total:
        gaps.append(f"合計 {delivery.total:,}円のはずが{total or 0:,}円です")
    return tuple(gaps)


def require_green(period: str, kinds: Iterable[str]) -> None:
    """全て反映済であることを求める。一つでも足りなければ IB-0020 で、何が足りないかを全て言う。"""
    gaps = [gap for kind in kinds for gap in _gaps(period, kind)]
    if gaps:
        raise 業務エラー(
            "IB-0020",
            f"{period} の受け取りが揃っていません。" + "".join(f"{gap}。" for gap in gaps),
            "足りないものを受け取って反映してから、もう一度始めてください。",
        )


def _gaps(period: str, kind: str) -> list[str]:
    deliveries = Delivery.objects.filter(period=period, kind=kind).order_by("sender")
    if not deliveries:
        return [f"{kind}: 届くはずのものが登録されていません"]
    found = standings(list(deliveries))
    return [
        f"{kind}（{s.delivery.sender}）: {'、'.join(s.missing)}" for s in found if s.state is not State.POSTED
    ]
