"""今どの団体の仕事をしているか。"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_bound: ContextVar[str | None] = ContextVar("tsugaru_municipality", default=None)


class Unbound(RuntimeError):
    """団体に結ばれていないコードがデータベースを使おうとした。"""

    def __init__(self) -> None:
        super().__init__(
            "TE-0001 どの団体の仕事かが決まっていないため、データベースを使えません。"
            "入口（ホスト名）または bind() で団体を決めてから呼んでください。"
        )


class CrossMunicipality(RuntimeError):
    """ある団体のデータを別の団体のデータベースへ書こう（または読もう）とした。"""

    def __init__(self, *, owner: str, bound: str) -> None:
        super().__init__(f"TE-0002 団体 {owner} のデータを、団体 {bound} の仕事の中で使うことはできません。")


def bound_code() -> str:
    """結ばれている団体コード（6桁）。結ばれていなければ Unbound。"""
    code = _bound.get()
    if code is None:
        raise Unbound
    return code


def bound_code_or_none() -> str | None:
    """結ばれている団体コード。結ばれていなければ None（記録のためだけに使う）。"""
    return _bound.get()


@contextmanager
def bind(code: str) -> Iterator[None]:
    """この with の中を団体 code の仕事にする。別の団体への入れ子は誤りである。"""
    current = _bound.get()
    if current is not None and current != code:
        raise CrossMunicipality(owner=code, bound=current)
    token = _bound.set(code)
    try:
        yield
    finally:
        _bound.reset(token)
