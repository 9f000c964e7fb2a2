"""要求の初めに要るものを一つの問いで読む: セッション、席と職員、所属の権限。要求番号もこのときデータベースに知らせる。

どれも毎回データベースから読む（覚えておかない）ので、解いた職員も替えた権限も次の要求から効く。覚えているのは、どのセッションが
どの席のものだったかだけで、これは当て推量にすぎない。当たったかどうかは、読んだセッションの中身で確かめる。
"""

from __future__ import annotations

from collections import OrderedDict
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.db import connections

from tsugaru.platform.identity.models import Seat, Staff
from tsugaru.platform.tenancy.prepared import prepared_cursor

MOST = 10_000
request_number: ContextVar[str] = ContextVar("tsugaru_request", default="")
"""今の要求の番号。団体が決まったときに通り道が入れる。"""
_guesses: OrderedDict[str, int] = OrderedDict()
Right = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """読んだもの。data は署名されたセッション、seat は当て推量が当たり、まだ終わっていないときだけ入る。"""

    data: str
    seat: Seat | None
    rights: frozenset[Right]


def read(session_key: str, *, now: datetime) -> Opened | None:
    """期限の切れていないセッション。無ければ None。"""
    with prepared_cursor() as cursor:
        cursor.execute(_statement(), [request_number.get(), _guesses.get(session_key, 0), session_key, now])
        row = cursor.fetchone()
    if row is None:
        return None
    width = len(Seat._meta.concrete_fields)
    seat = (
        _seat(connections["default"].alias, row[3 : 3 + width], row[3 + width :])
        if row[3] is not None
        else None
    )
    return Opened(row[1], seat, _rights(row[2] or ""))


def remember(session_key: str, seat: int) -> None:
    """次の要求のための当て推量。"""
    if _guesses.get(session_key) != seat:
        _guesses[session_key] = seat
        while len(_guesses) > MOST:
            _guesses.popitem(last=False)


def _seat(alias: str, seat: tuple[object, ...], staff: tuple[object, ...]) -> Seat:
    found = Seat.from_db(alias, [f.attname for f in Seat._meta.concrete_fields], seat)
    found.staff = Staff.from_db(alias, [f.attname for f in Staff._meta.concrete_fields], staff)
    return found


@lru_cache(maxsize=256)
def _rights(text: str) -> frozenset[Right]:
    """権限を並べた文字。同じ文字なら、読み分けるのは一度でよい。"""
    return frozenset(tuple(line.split("\t")) for line in text.split("\n") if line)  # type: ignore[misc]


@cache
def _statement() -> str:
    columns = ", ".join(
        f'{mark}."{field.column}"'
        for mark, model in (("t", Seat), ("p", Staff))
        for field in model._meta.concrete_fields
    )
    return f"""
SELECT set_config('tsugaru.request', %s, false), s.session_data, r.lines, {columns}
  FROM django_session s
  LEFT JOIN identity_seat t ON t.id = %s AND t.ended_at IS NULL
  LEFT JOIN identity_staff p ON p.id = t.staff_id
  LEFT JOIN LATERAL (
    SELECT string_agg(a.gyomu || E'\\t' || a.operation || E'\\t' || a.field_class, E'\\n') AS lines
      FROM authz_right a WHERE a.section = p.section) r ON true
 WHERE s.session_key = %s AND s.expire_date > %s
"""
