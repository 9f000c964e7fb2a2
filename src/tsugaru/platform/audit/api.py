"""監査に一行を残す。行は今のトランザクションと運命を共にし、COMMIT のときに鎖へつながる。"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from tsugaru.platform.tenancy.prepared import prepared_cursor


@dataclass(frozen=True, slots=True)
class Actor:
    """誰が・どこから・どの要求で・何のために。"""

    number: str = ""
    section: str = ""
    terminal: str = ""
    request: str = ""
    purpose: str = ""
    purpose_note: str = ""


SYSTEM = Actor(number="system", section="system", terminal="system")
_actor: ContextVar[Actor] = ContextVar("tsugaru_actor", default=SYSTEM)


@contextmanager
def actor(who: Actor) -> Iterator[None]:
    """この with の中の行為は who のものとして残る。"""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)


def current_actor() -> Actor:
    """今の行為者。"""
    return _actor.get()


def canonical(content: dict[str, Any]) -> bytes:
    """鍵を並べ、空白を入れない JSON の UTF-8。鎖はこのバイト列そのものにかかる。"""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def record(
    *,
    act: str,
    subjects: Sequence[str] = (),
    gyomu: str = "",
    outcome: str = "許可",
    detail: dict[str, Any] | None = None,
) -> None:
    """一行残す。subjects は宛名番号、detail は値そのもの（住所や番号）を含めてはならない。"""
    who = asdict(_actor.get())
    content = {
        "act": act,
        "actor": who.pop("number"),
        **who,
        "gyomu": gyomu,
        "subjects": list(subjects),
        "outcome": outcome,
        "detail": detail or {},
    }
    with prepared_cursor() as cursor:
        cursor.execute("SELECT audit.record(%s)", [canonical(content)])


@dataclass(frozen=True, slots=True)
class Entry:
    """鎖の一行。"""

    seq: int
    at: Any
    content: dict[str, Any]


def _entries(query: str, parameters: list[Any]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [Entry(seq, at, json.loads(bytes(content))) for seq, at, content in cursor.fetchall()]


def history_of(subject: str, *, limit: int = 500) -> list[Entry]:
    """ある人について、誰がいつ何をしたか（新しい順）。見ること自体も残る。"""
    record(act="閲覧記録の照会", subjects=[subject])
    return _entries("SELECT * FROM audit.history_of(%s, %s)", [subject, limit])


def acts_of(number: str | None, start: Any, end: Any, *, limit: int = 500) -> list[Entry]:
    """ある職員（None は全員）の行為（新しい順）。見ること自体も残る。"""
    record(act="操作記録の照会", detail={"actor": number or "全員"})
    return _entries("SELECT * FROM audit.acts_of(%s, %s, %s, %s)", [number, start, end, limit])
