"""`tsugaru doctor` の中身。足りない物・ずれた物を一つずつ言い、どうすればよいかを添える。

まだ無いもの: 控え（バックアップ）の新しさ、証明書（TLS）の期限。
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import psycopg
from rich.console import Console
from rich.table import Table

from tsugaru.kernel.clock import Clock, SystemClock
from tsugaru.platform.documents import fonts
from tsugaru.platform.tenancy import bind, cluster, directory, provision
from tsugaru.platform.tenancy.cluster import Server
from tsugaru.platform.tenancy.connections import ADMINISTRATION
from tsugaru.platform.tenancy.directory import Municipality

Level = Literal["良", "注意", "不良"]
COLOURS = {"良": "green", "注意": "yellow", "不良": "red"}
OLDEST, NEWEST = 15, 18
ENOUGH_BYTES = 5 * 2**30
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHECKPOINT_EVERY = timedelta(minutes=5)
CLOCK_TOLERANCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """一つの診断。不良があれば doctor は 1 で終わる。"""

    what: str
    level: Level
    state: str
    remedy: str = ""


def report(console: Console, home: Path, clock: Clock | None = None) -> bool:
    """表にして見せる。不良が一つも無ければ真。"""
    findings = list(diagnose(home, clock or SystemClock()))
    table = Table(title="津軽の診断")
    for name in ("診たもの", "結果", "ありさま", "どうすればよいか"):
        table.add_column(name, overflow="fold", no_wrap=False)
    for f in findings:
        table.add_row(f.what, f"[{COLOURS[f.level]}]{f.level}[/]", f.state, f.remedy)
    console.print(table)
    return all(f.level != "不良" for f in findings)


def diagnose(home: Path, clock: Clock) -> Iterator[Finding]:
    """設置の全てを診る。サーバーにつながらなければ、そこから先は診ない。"""
    yield _disk(home)
    yield from _fonts()
    yield _chromium()
    try:
        server = cluster.start()
        cluster.wait_until_ready(server)
    except (cluster.ClusterError, psycopg.OperationalError) as error:
        yield Finding(
            "PostgreSQL", "不良", str(error).splitlines()[0], "置き場の server.log を見てください。"
        )
        return
    yield _postgresql(server)
    yield _clock(server, clock)
    for municipality in directory.installed().values():
        yield from _municipality(server, municipality, clock)


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    state = f"{home} の空き {free / 2**30:.1f} GiB"
    if free < ENOUGH_BYTES:
        return Finding("ディスク", "注意", state, f"{ENOUGH_BYTES // 2**30} GiB より多く空けてください。")
    return Finding("ディスク", "良", state)


def _fonts() -> Iterator[Finding]:
    for each in fonts.font_report(fonts.installed_fonts()):
        if each.path is not None:
            yield Finding(f"書体 {each.face.label}", "良", str(each.path))
            continue
        level: Level = "不良" if each.face is fonts.IPAEX_GOTHIC else "注意"
        yield Finding(f"書体 {each.face.label}", level, f"ありません。{each.consequence}", each.face.remedy)


def _chromium() -> Finding:
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found:
        return Finding("Chromium（画面の試験だけに使う）", "良", found)
    return Finding("Chromium（画面の試験だけに使う）", "注意", "ありません", "`make test` が入れます。")


def _postgresql(server: Server) -> Finding:
    source = "DATABASE_URL のサーバー" if os.environ.get("DATABASE_URL") else "同梱"
    with psycopg.connect(server.dsn("postgres")) as connection:
        version = connection.info.server_version // 10000
        durable = connection.execute(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')"
        ).fetchone()
    state = f"{version}（{source}、{server.host}:{server.port}）"
    if not OLDEST <= version <= NEWEST:
        return Finding("PostgreSQL", "不良", state, f"{OLDEST} から {NEWEST} の版を使ってください。")
    if durable is None or "off" in durable:
        return Finding(
            "PostgreSQL",
            "不良",
            f"{state} 書込みの保証が切れています {durable}",
            "三つとも on に戻してください。",
        )
    return Finding("PostgreSQL", "良", state)


def _clock(server: Server, clock: Clock) -> Finding:
    with psycopg.connect(server.dsn("postgres")) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    difference = abs(clock.now() - row[0]) if row else timedelta.max
    state = f"画面とデータベースの差 {difference.total_seconds():.1f} 秒（{clock.now():%Y-%m-%d %H:%M} UTC）"
    if difference > CLOCK_TOLERANCE:
        return Finding("時計", "不良", state, "両方の機械を同じ時刻の源に合わせてください。")
    return Finding("時計", "良", state)


def _municipality(server: Server, municipality: Municipality, clock: Clock) -> Iterator[Finding]:
    steps: list[tuple[str, Callable[[], Finding]]] = [
        ("移行", lambda: _migrations(server, municipality)),
        ("役割と権限", lambda: _drift(server, municipality)),
        ("監査の頭の預け", lambda: _witnessed(municipality, clock)),
    ]
    for what, step in steps:
        try:
            yield step()
        except Exception as error:
            yield Finding(
                f"{municipality.name} {what}",
                "不良",
                str(error).splitlines()[0],
                "上の行から順に直してください。",
            )


def _migrations(server: Server, municipality: Municipality) -> Finding:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    with provision.administration(server, municipality.database):
        executor = MigrationExecutor(connections[ADMINISTRATION])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    what = f"{municipality.name} 移行"
    if waiting:
        names = "、".join(f"{m.app_label}.{m.name}" for m, _ in waiting[:5])
        return Finding(
            what, "不良", f"{len(waiting)}件の移行がまだです（{names}）", "`tsugaru municipality migrate`"
        )
    return Finding(what, "良", "今の版")


def _drift(server: Server, municipality: Municipality) -> Finding:
    from tsugaru.platform.tenancy import drift

    with psycopg.connect(server.dsn(municipality.database)) as connection:
        found = drift.differences(connection, municipality)
    what = f"{municipality.name} 役割と権限"
    if found:
        shown = "、".join(found[:5]) + ("…" if len(found) > 5 else "")
        return Finding(what, "不良", f"{len(found)}件のずれ（{shown}）", "`tsugaru municipality migrate`")
    return Finding(what, "良", "宣言のとおり")


def _witnessed(municipality: Municipality, clock: Clock) -> Finding:
    from django.db import connection

    from tsugaru.platform.audit import witness

    with bind(municipality.code), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM audit.current_head()")
        (head,) = cursor.fetchone()
    what = f"{municipality.name} 監査の頭の預け"
    if len(directory.installed()) == 1:
        return Finding(what, "注意", "預ける先の団体がありません", "ほかの団体か、外の証人を加えてください。")
    held = [checkpoint for _, checkpoint in witness.testimonies(municipality.code)]
    newest = max(held, key=lambda c: c.seq, default=None)
    at = newest.at if newest else datetime.min.replace(tzinfo=UTC)
    if head == (newest.seq if newest else 0):
        return Finding(what, "良", f"{head}番まで全て預けてあります")
    minutes = (clock.now() - at) // timedelta(minutes=1)
    if newest and clock.now() - at <= CHECKPOINT_EVERY:
        return Finding(what, "良", f"{minutes}分前（{newest.seq}番）")
    state = (
        f"{minutes}分前（{newest.seq}番、今は{head}番）" if newest else f"一度も預けていません（{head}番）"
    )
    return Finding(
        what, "注意", state, "`tsugaru audit checkpoint`（動いている間は5分より短い間隔で預けます）"
    )
