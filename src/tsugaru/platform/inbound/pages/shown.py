"""見せる形: 札・一覧の行・ファイルの行・誤りの行。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html

from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.inbound.models import Action, Delivery, Fault, File, FileState, Resolution
from tsugaru.platform.inbound.pages.mounted import InboundPages
from tsugaru.platform.inbound.standing import Standing, State
from tsugaru.platform.screens.shapes import Column, Item, Kind, Row
from tsugaru.platform.screens.templatetags.screens import number

BADGES: dict[State, Kind] = {
    State.EXPECTED: "neutral",
    State.RECEIVED: "danger",
    State.PARSED: "warning",
    State.RESOLVED: "info",
    State.POSTED: "success",
}
FILES: dict[str, Kind] = {
    FileState.ACCEPTED: "success",
    FileState.REFUSED: "danger",
    FileState.WITHDRAWN: "ended",
}
LIST = [
    Column("差出人"), Column("種類"), Column("期間"), Column("状態"), Column("ファイル"), Column("件数", "number"),
    Column("合計額", "yen"), Column("期限", "date"), Column("足りないもの"),
]  # fmt: skip
SUMMARY = [Column("期間"), Column("種類"), *(Column(state.value, "number") for state in State),
           Column("届くはず", "number"), Column("件数", "number"), Column("合計額", "yen")]  # fmt: skip
FILE_COLUMNS = [
    Column("何番目"), Column("ファイル名"), Column("扱い"), Column("件数", "number"), Column("合計額", "yen"),
    Column("残る誤り", "number"), Column("受領者"), Column("受領日時", "date"), Column("取下げの理由"),
]  # fmt: skip
FAULTS = [
    Column("行"), Column("項目"), Column("番号"), Column("何が"), Column("どうする"), Column("片付け"),
]  # fmt: skip


def badge(text: object, kind: Kind) -> str:
    """札。"""
    return format_html('<span class="badge" data-kind="{}">{}</span>', kind, text)


def state_badge(found: Standing) -> str:
    """届け物の状態の札。"""
    return badge(found.state.value, BADGES[found.state])


def moment(at: datetime) -> str:
    """日時。"""
    local = timezone.localtime(at)
    return f"{和暦表示(local.date())} {local:%H:%M}"


def rows(pages: InboundPages, found: Iterable[Standing], today: date) -> list[Row]:
    """一覧の行。期限を過ぎて揃わないものには赤い印が付く。"""
    return [_row(pages, one, today) for one in found]


def _row(pages: InboundPages, found: Standing, today: date) -> Row:
    one = found.delivery
    late = one.due_on is not None and one.due_on < today and found.state is not State.POSTED
    cells = [
        one.sender, one.kind, one.period, state_badge(found), files_of(found), found.rows, found.total, one.due_on,
        "、".join(found.missing) or None,
    ]  # fmt: skip
    return Row(cells, url=pages.url("inbound_delivery", one.pk), alert=late)


def files_of(found: Standing) -> str:
    """届いたファイル / 分かれている数。"""
    parts = found.delivery.parts
    return f"{found.arrived} / {parts}" if parts else str(found.arrived)


def summary(found: Sequence[Standing]) -> list[Row]:
    """期間と種類ごとの、状態ごとの数・件数・合計額。"""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in found:
        groups.setdefault((one.delivery.period, one.delivery.kind), []).append(one)
    return [
        Row(
            [
                period,
                kind,
                *(sum(one.state is state for one in group) for state in State),
                len(group),
                sum(one.rows for one in group),
                sum(one.total or 0 for one in group),
            ]
        )
        for (period, kind), group in sorted(groups.items(), reverse=True)
    ]


def items(found: Standing) -> list[Item]:
    """届け物の項目。知らせのない数は「―」。"""
    one = found.delivery
    return [
        Item("差出人", one.sender),
        Item("種類", one.kind),
        Item("期間", one.period),
        Item("期限", one.due_on, "date"),
        Item("ファイル", files_of(found), note=f"知らせ {_said(one.parts)}"),
        Item("件数", found.rows, "number", note=f"知らせ {_said(one.rows)}"),
        Item("合計額", found.total, "yen", note=f"知らせ {_said(one.total)}"),
        Item("登録者", f"{one.opened_by}　{moment(one.opened_at)}"),
    ]


def _said(value: int | None) -> str:
    return "なし" if value is None else number(value)


def file_rows(pages: InboundPages, found: Iterable[File], left: dict[int, int]) -> list[Row]:
    """ファイルの行。"""
    return [
        Row(
            [
                f"{one.parts}つのうち{one.part}", one.name, badge(one.get_state_display(), FILES[one.state]), one.rows,
                one.total, left.get(one.pk, 0), one.received_by, moment(one.received_at), one.reason or None,
            ],
            url=pages.url("inbound_file", one.pk),
            alert=one.state == FileState.REFUSED,
            ended=one.state == FileState.WITHDRAWN,
        )
        for one in found
    ]  # fmt: skip


def fault_rows(pages: InboundPages, found: Iterable[Fault], *, open_: bool) -> list[Row]:
    """誤りの行。片付けられるものだけが開く。"""
    return [_fault(pages, one, open_=open_) for one in found]


def _fault(pages: InboundPages, one: Fault, *, open_: bool) -> Row:
    done: Resolution | None = getattr(one, "resolution", None)
    waiting = open_ and one.blocking and done is None
    cells = [
        str(one.row) if one.row else "全体", one.column or None, one.code, one.reason, one.remedy, _settled(one, done, waiting),
    ]  # fmt: skip
    return Row(cells, url=pages.url("inbound_fault", one.pk) if waiting else "", alert=waiting)


def _settled(one: Fault, done: Resolution | None, waiting: bool) -> str:
    if done is not None:
        return f"{Action(done.action).label}（{done.reason}　{done.resolved_by}）"
    if not one.blocking:
        return "知らせるだけ"
    return badge("まだ", "warning") if waiting else "―"


def delivery_name(one: Delivery) -> str:
    """届け物の呼び名。"""
    return f"{one.sender}　{one.kind}　{one.period}"
