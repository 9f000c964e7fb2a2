"""`tsugaru audit verify`"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import typer

from tsugaru.faces.cli import boot
from tsugaru.platform.audit.chain import Link
from tsugaru.platform.tenancy.cluster import Server
from tsugaru.platform.tenancy.directory import Municipality

if TYPE_CHECKING:
    from tsugaru.platform.audit.witness import Checkpoint

app = typer.Typer(no_args_is_help=True)
BATCH = 10_000
CLOCK_STEP = timedelta(seconds=5)


@app.callback()
def callback() -> None:
    """監査の鎖。"""


@dataclass(frozen=True, slots=True)
class Result:
    """一つの団体の結果。faults は食い違い、doubts は時刻のおかしな所。"""

    rows: int
    witnesses: int
    faults: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@contextmanager
def snapshot(server: Server, municipality: Municipality) -> Iterator[psycopg.Connection]:
    """動いている間も、一つの時点を見続ける接続。"""
    with psycopg.connect(server.dsn(municipality.database)) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        yield connection


def links(connection: psycopg.Connection) -> Iterator[Link]:
    """監査人として、鎖を初めから読む。"""
    with connection.cursor(name="chain", binary=True) as cursor:
        cursor.itersize = BATCH
        cursor.execute("SELECT seq, at, content, prev, hash FROM audit.entry ORDER BY seq")
        for seq, at, content, prev, digest in cursor:
            yield Link(seq, at, bytes(content), bytes(prev), bytes(digest))


@dataclass(slots=True)
class Watch:
    """鎖を一度だけ読みながら、預けた頭の所の節と、時刻のおかしな所を書き留める。"""

    held: dict[int, Checkpoint]
    hashes: dict[int, bytes] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    _last: Link | None = None
    _deposited: Checkpoint | None = None

    def over(self, chain: Iterable[Link]) -> Iterator[Link]:
        """鎖をそのまま流す。"""
        for link in chain:
            self._time(link)
            if link.seq in self.held:
                self.hashes[link.seq], self._deposited = link.hash, self.held[link.seq]
            self._last = link
            yield link

    def _time(self, link: Link) -> None:
        if self._last and link.at < self._last.at - CLOCK_STEP:
            self.doubts.append(
                f"{link.seq}番: 時刻（{link.at:%F %T}）が前の行（{self._last.at:%F %T}）より戻っています"
            )
        elif self._deposited and link.at < self._deposited.at - CLOCK_STEP:
            self.doubts.append(f"{link.seq}番: 時刻が、先に預けた{self._deposited.seq}番の頭の時刻より前です")
        held = self.held.get(link.seq)
        if held and link.at > held.at + CLOCK_STEP:
            self.doubts.append(f"{link.seq}番: 時刻が、その頭を預けた時刻より後です")


def check(server: Server, municipality: Municipality) -> Result:
    """鎖そのもの・鎖の先頭の控え・手元の署名・ほかの団体に預けた頭の全てを確かめる。"""
    from tsugaru.platform.audit import chain, witness

    deposited = witness.testimonies(municipality.code)
    with snapshot(server, municipality) as connection:
        head, kept = _kept(connection, municipality.code)
        watch = Watch({c.seq: c for c in [*kept, *(c for _, c in deposited)]})
        rows, last, fault = chain.verify(watch.over(links(connection)))
    faults = [f"{fault.seq}番: {fault.what}"] if fault else []
    if not fault and head != (rows, last):
        faults.append(
            f"最後の行（{rows}番）と鎖の先頭の控え（{head[0]}番）が合いません（切られたか書き直されています）"
        )
    places = [("この団体の控え", c) for c in kept] + [(f"団体 {p} に預けた頭", c) for p, c in deposited]
    for place, c in sorted(places, key=lambda pair: pair[1].seq):
        if not witness.is_signed(c):
            faults.append(f"{place}の {c.seq}番の署名が合いません")
        elif watch.hashes.get(c.seq) != c.hash:
            faults.append(f"{place}の {c.seq}番と、今の鎖が合いません（切られたか書き直されています）")
    return Result(rows, len(deposited), tuple(faults), tuple(watch.doubts))


def _kept(connection: psycopg.Connection, code: str) -> tuple[tuple[int, bytes], list[Checkpoint]]:
    """(鎖の先頭の控え, 手元の署名された頭)。"""
    from tsugaru.platform.audit.witness import Checkpoint

    row = connection.execute("SELECT seq, hash FROM audit.head").fetchone() or (0, b"")
    rows = connection.execute("SELECT seq, at, hash, signature FROM audit.checkpoint ORDER BY seq").fetchall()
    kept = [Checkpoint(code, seq, at, bytes(digest), bytes(sign)) for seq, at, digest, sign in rows]
    return (row[0], bytes(row[1])), kept


@app.command()
def verify() -> None:
    """全ての団体の監査の鎖を確かめる。食い違いがあれば終了の符号は 1。

    時刻が戻った所は「時計」として挙げる（鎖は正しくても、機械の時計を動かした人がいるかもしれない）。
    """
    boot.django()
    from tsugaru.platform.tenancy import directory

    server = boot.server()
    broken = False
    for municipality in directory.installed().values():
        started = time.perf_counter()
        with boot.console.status(f"{municipality.name} の鎖を確かめています…"):
            result = check(server, municipality)
        seconds = time.perf_counter() - started
        state = "正しい" if not result.faults else "食い違いあり"
        boot.console.print(
            f"{municipality.name}: {state}　{result.rows:,}行・預け先の頭{result.witnesses}件（{seconds:.1f}秒）"
        )
        for fault in result.faults:
            broken = True
            boot.console.print(f"  [red]{fault}[/red]")
        for doubt in result.doubts:
            boot.console.print(f"  [yellow]時計: {doubt}[/yellow]")
    if broken:
        raise typer.Exit(1)


@app.command()
def checkpoint() -> None:
    """今の頭に署名し、ほかの団体に預ける。"""
    boot.django()
    from tsugaru.platform.audit import witness

    boot.server()
    boot.console.print(f"{witness.exchange_all()}件を預けました。")
