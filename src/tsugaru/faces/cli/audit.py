"""`tsugaru audit verify`"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import typer

from tsugaru.faces.cli import boot
from tsugaru.platform.audit.chain import Link
from tsugaru.platform.tenancy.cluster import Server
from tsugaru.platform.tenancy.directory import Municipality

app = typer.Typer(no_args_is_help=True)
BATCH = 10_000


@app.callback()
def callback() -> None:
    """監査の鎖。"""


@dataclass(frozen=True, slots=True)
class Result:
    """一つの団体の結果。"""

    rows: int
    witnesses: int
    faults: tuple[str, ...]


def links(server: Server, municipality: Municipality) -> Iterator[Link]:
    """監査人として、鎖を初めから読む。"""
    with (
        psycopg.connect(server.dsn(municipality.database)) as connection,
        connection.cursor(name="chain", binary=True) as cursor,
    ):
        cursor.itersize = BATCH
        cursor.execute("SELECT seq, at, content, prev, hash FROM audit.entry ORDER BY seq")
        for seq, at, content, prev, digest in cursor:
            yield Link(seq, at, bytes(content), bytes(prev), bytes(digest))


def check(server: Server, municipality: Municipality) -> Result:
    """鎖そのものと、ほかの団体に預けた頭の両方を確かめる。"""
    from tsugaru.platform.audit import chain, witness

    held = {c.seq: (place, c) for place, c in witness.testimonies(municipality.code)}
    seen: dict[int, bytes] = {}

    def watched() -> Iterator[Link]:
        for link in links(server, municipality):
            if link.seq in held:
                seen[link.seq] = link.hash
            yield link

    rows, _, fault = chain.verify(watched())
    faults = [f"{fault.seq}番: {fault.what}"] if fault else []
    for seq, (place, checkpoint) in sorted(held.items()):
        if not witness.is_signed(checkpoint):
            faults.append(f"団体 {place} に預けた {seq}番の頭の署名が合いません")
        elif seen.get(seq) != checkpoint.hash:
            faults.append(f"団体 {place} に預けた {seq}番の頭と、今の鎖が合いません（切られたか書き直されています）")
    return Result(rows, len(held), tuple(faults))


@app.command()
def verify() -> None:
    """全ての団体の監査の鎖を確かめる。食い違いがあれば終了の符号は 1。"""
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
    if broken:
        raise typer.Exit(1)


@app.command()
def checkpoint() -> None:
    """今の頭に署名し、ほかの団体に預ける。"""
    boot.django()
    from tsugaru.platform.audit import witness

    boot.server()
    boot.console.print(f"{witness.exchange_all()}件を預けました。")
