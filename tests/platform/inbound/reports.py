"""試験の報告書。制度の様式ではなく、似た形の小さな様式である。"""

from __future__ import annotations

from dataclasses import replace

from tsugaru.kernel.clock import Clock
from tsugaru.platform.inbound.api import Column, Layout, Role, Type, receive
from tsugaru.platform.inbound.models import Delivery, File

TOWN = "990011"
REPORT = Layout(
    code="試験の報告書",
    columns=(
        Column("団体", Type.DIGITS, 6, required=True, role=Role.MUNICIPALITY),
        Column("年", Type.DIGITS, 4, required=True, role=Role.PERIOD),
        Column("氏名", Type.TEXT, 10, required=True),
        Column("生年月日", Type.DATE, 8),
        Column(
            "支払額", Type.INTEGER, 10, role=Role.TOTAL, check=lambda v: "負にできません" if v < "0" else None
        ),
    ),
)
FRAMED = replace(
    REPORT,
    opening=(
        Column("何番目", Type.INTEGER, 3, role=Role.PART),
        Column("いくつ", Type.INTEGER, 3, role=Role.PARTS),
        Column("年", Type.DIGITS, 4, role=Role.PERIOD),
    ),
    closing=(
        Column("件数", Type.INTEGER, 9, required=True, role=Role.ROWS),
        Column("合計", Type.INTEGER, 15, role=Role.TOTAL),
    ),
)


def line(
    number: int = 1, *, town: str = TOWN, year: str = "2026", name: str = "工藤　太郎", pay: str = ""
) -> str:
    """一人分の行。"""
    return f"{town},{year},{name},19800505,{pay or 1_000_000 + number}\r\n"


def people(count: int, *, start: int = 1, year: str = "2026") -> bytes:
    """count 人分の本体。"""
    return "".join(line(n, year=year) for n in range(start, start + count)).encode("cp932")


def take(
    delivery: Delivery,
    content: bytes,
    *,
    clock: Clock,
    layout: Layout = REPORT,
    part: int = 1,
    parts: int = 1,
) -> File:
    """届いた。"""
    return receive(
        delivery.pk, layout, name=f"part{part}.csv", content=content, part=part, parts=parts, staff="t1",
        clock=clock, municipality=TOWN,
    )  # fmt: skip
