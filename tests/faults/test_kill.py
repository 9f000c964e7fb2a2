"""殺しても、確定したと言った異動は残り、半分の異動は無い。

職員のプロセス・データベースの全プロセス・画面のワーカーを、いつ来るか決まっていない所で kill -9 する。
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.installation import Installation
from tests.faults.writer import MEMBERS, surname
from tsugaru.platform.tenancy import cluster

pytestmark = [pytest.mark.db, pytest.mark.faults]
KILLS = 3
ADDRESSES = 4  # 仮登録の場所と、決裁で写された住所、本籍、転入前


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    place = Installation()
    try:
        place.add_towns()
        yield place
    finally:
        place.remove()


@pytest.fixture
def database(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """管理者の接続（この設置の一つ目の団体）。"""
    monkeypatch.setenv("TSUGARU_HOME", str(installation.home))
    server = cluster.start()
    cluster.wait_until_ready(server)
    with psycopg.connect(server.dsn("tsugaru_990019"), autocommit=True) as connection:
        yield connection


def whole(database: psycopg.Connection, acknowledged: set[int]) -> None:
    """確定したと言った届出は全部あり、どの届出も全部あるか全く無い。"""
    people = count(database, 'SELECT "氏", count(*) FROM "juki_住民" GROUP BY 1')
    lost = {act for act in acknowledged if surname(act) not in people}
    assert not lost, f"失われた届出: {sorted(lost)}"
    four = dict.fromkeys(people, len(MEMBERS))
    assert people == four
    assert count(database, 'SELECT "氏", count(*) FROM "juki_住民履歴" GROUP BY 1') == four
    assert count(
        database, 'SELECT "氏", count(DISTINCT "世帯番号") FROM "juki_住民" GROUP BY 1'
    ) == dict.fromkeys(people, 1)
    joined = 'SELECT "氏", count(*) FROM "juki_住民" r JOIN "{}" o USING ("宛名番号") GROUP BY 1'
    assert count(database, joined.format("juki_異動通知")) == four
    assert count(database, joined.format("atena_宛名")) == four
    places = (
        'SELECT "氏", count(*) FROM "juki_住民" r JOIN vault.address a ON a.subject = r."宛名番号" GROUP BY 1'
    )
    assert count(database, places) == dict.fromkeys(people, len(MEMBERS) * ADDRESSES)
    acts = "SELECT act, count(*) FROM audit.entry WHERE act LIKE '異動の%' GROUP BY 1"
    assert count(database, acts) == dict.fromkeys(("異動の仮登録", "異動の本登録", "異動の決裁"), len(people))


def count(database: psycopg.Connection, query: str) -> dict[str, int]:
    return dict(database.execute(query.encode()).fetchall())


def verify(installation: Installation) -> None:
    done = installation.tsugaru("audit", "verify")
    assert done.returncode == 0, done.stdout


def run_until(installation: Installation, first: int, acts: int) -> tuple[set[int], subprocess.Popen[str]]:
    """書き手を起こし、acts 件を確定したと言うまで待つ。"""
    writer = installation.spawn("tests.faults.writer", "990019", str(first))
    assert writer.stdout is not None
    return {int(writer.stdout.readline()) for _ in range(acts)}, writer


def rest_of(writer: subprocess.Popen[str]) -> set[int]:
    """殺した後に読み残しを読む（途中で切れた行は、言ったことにならない）。"""
    assert writer.stdout is not None
    text = writer.stdout.read()
    writer.wait(timeout=10)
    return {int(line) for line in text.splitlines(keepends=True) if line.endswith("\n")}


def test_職員のプロセスを殺しても確定した異動は残り半分は無い(
    installation: Installation, database: psycopg.Connection
) -> None:
    acknowledged: set[int] = set()
    for turn in range(KILLS):
        said, writer = run_until(installation, turn * 1000, 3)
        time.sleep(0.037 * turn)  # 一件の中の違う所で殺す
        writer.send_signal(signal.SIGKILL)
        acknowledged |= said | rest_of(writer)
    whole(database, acknowledged)
    verify(installation)


def test_データベースを丸ごと殺しても三十秒で戻り確定した異動は残る(
    installation: Installation, database: psycopg.Connection
) -> None:
    acknowledged: set[int] = set()
    for turn in range(2):
        said, writer = run_until(installation, 50_000 + turn * 1000, 3)
        time.sleep(0.05 * turn)
        installation.kill_database()
        acknowledged |= said | rest_of(writer)
        started = time.monotonic()
        server = cluster.start()
        cluster.wait_until_ready(server)
        assert time.monotonic() - started < 30
    with psycopg.connect(server.dsn("tsugaru_990019"), autocommit=True) as fresh:
        whole(fresh, acknowledged)
    verify(installation)


def test_止めて起こすのは十秒より短い(installation: Installation, database: psycopg.Connection) -> None:
    database.close()
    started = time.monotonic()
    cluster.stop()
    cluster.wait_until_ready(cluster.start())
    assert time.monotonic() - started < 10
