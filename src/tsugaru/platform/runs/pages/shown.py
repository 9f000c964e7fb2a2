"""見せる形: 札・日時・束の行・分布の棒・大きな変化の行・見込みの範囲。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.runs.models import Cause, Run, State
from tsugaru.platform.runs.pages.mounted import RunPages
from tsugaru.platform.screens.shapes import Column, Kind, Row, Step
from tsugaru.platform.screens.templatetags.screens import number

BADGES: dict[str, Kind] = {
    State.DRAFT: "neutral",
    State.COMPUTED: "info",
    State.COMPARED: "warning",
    State.SIGNED: "warning",
    State.CONFIRMED: "success",
    State.SUPERSEDED: "ended",
    State.DISCARDED: "ended",
}
ORDER = (State.DRAFT, State.COMPUTED, State.COMPARED, State.SIGNED, State.CONFIRMED)
PEOPLE = [
    Column("宛名番号"),
    Column("氏名", "name"),
    Column("前", "yen"),
    Column("後", "yen"),
    Column("差", "yen"),
]
AGGREGATES = [
    Column("全体の数"),
    Column("前", "number"),
    Column("今", "number"),
    Column("見込みの範囲"),
    Column("判定"),
]
BAR = 200
"""棒の長さの目盛り。"""


def badge(text: object, kind: Kind) -> str:
    """札。"""
    return format_html('<span class="badge" data-kind="{}">{}</span>', kind, text)


def state_badge(run: Run) -> str:
    """状態の札。"""
    return badge(State(run.state).label, BADGES[run.state])


def moment(at: datetime | None) -> str | None:
    """日時。"""
    if at is None:
        return None
    local = timezone.localtime(at)
    return f"{和暦表示(local.date())} {local:%H:%M}"


def steps(run: Run) -> list[Step]:
    """準備から確定までの、今どこか。"""
    if run.state == State.DISCARDED:
        return [Step("準備", "done", moment(run.made_at) or ""), Step("破棄", "stopped")]
    place = ORDER.index(State.CONFIRMED if run.state == State.SUPERSEDED else State(run.state))
    notes = {0: f"{run.maker} {moment(run.made_at)}", 1: moment(run.computed_at), 4: moment(run.confirmed_at)}
    names = ("準備", "計算", "差分", "署名", "確定")
    return [
        Step(
            name,
            "done" if n <= place else "current" if n == place + 1 else "todo",
            (notes.get(n) or "") if n <= place else "",
        )
        for n, name in enumerate(names)
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """分布の一本。width は最も長い棒を BAR としたときの長さ。"""

    label: str
    people: int
    width: int


def bars(detail: Mapping[str, Any]) -> list[Bar]:
    """変化の額の分布。"""
    found = [(_range(one["over"], one["upto"]), one["people"]) for one in detail.get("distribution", ())]
    if detail.get("unknown"):
        found.append(("判定できない", detail["unknown"]))
    longest = max((people for _, people in found), default=0)
    return [Bar(label, people, -(-people * BAR // longest) if longest else 0) for label, people in found]


def _range(over: int | None, upto: int | None) -> str:
    if over is None:
        return f"{number(upto)} 以下"
    if upto is None:
        return f"{number(over + 1)} 以上"
    return f"{number(over + 1)} 〜 {number(upto)}"


def aggregates(detail: Mapping[str, Any]) -> list[Row]:
    """全体の数と見込みの範囲。外れた行は赤い印が付く。"""
    return [
        Row(
            [
                one["name"],
                one["before"],
                one["value"],
                _bounds(one),
                badge("OK", "success") if one["ok"] else badge("外れ", "danger"),
            ],
            alert=not one["ok"],
        )
        for one in detail.get("aggregates", ())
    ]


def _bounds(one: Mapping[str, Any]) -> str | None:
    low, high, permille = one.get("low"), one.get("high"), one.get("permille")
    parts = []
    if low is not None and high is not None:
        parts.append(number(low) if low == high else f"{number(low)} 〜 {number(high)}")
    elif low is not None:
        parts.append(f"{number(low)} 以上")
    elif high is not None:
        parts.append(f"{number(high)} 以下")
    if permille is not None and one["before"] is not None:
        tenths = f".{permille % 10}" if permille % 10 else ""
        parts.append(f"前の ±{permille // 10}{tenths}%")
    return "、".join(parts) or None


def outside(detail: Mapping[str, Any]) -> bool:
    """見込みの範囲を外れた数があるか。"""
    return any(not one["ok"] for one in detail.get("aggregates", ()))


def people(pages: RunPages, changes: Sequence[Mapping[str, Any]], *, seen: Mapping[str, Any]) -> list[Row]:
    """人ごとの差の行。誰のものを見たかが監査に残る。"""
    subjects = [one["subject"] for one in changes]
    if not subjects:
        return []
    audit.record(act="計算の差の照会", gyomu=pages.gyomu, subjects=subjects, detail=dict(seen))
    names = pages.names(subjects)
    return [
        Row(
            [one["subject"], names.get(one["subject"]), one["before"], one["after"], one["delta"]],
            url=pages.link(one["subject"]),
        )
        for one in changes
    ]


CAUSES = {
    Cause.TOTAL: "全員",
    Cause.DATA: "事実（資料・台帳）だけで動いた人",
    Cause.RULE: "規則だけで動いた人",
    Cause.PARAMETER: "定めだけで動いた人",
    Cause.SEVERAL: "二つ以上が動いた人",
    Cause.ADDED: "前にいない人",
    Cause.REMOVED: "後にいない人",
}
"""束に誰が入るか。"""
