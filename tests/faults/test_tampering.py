"""データベースの管理者が監査を書き換えても、`tsugaru audit verify` が必ず見つける。

引き金を止め、鎖をつなぎ直し、先頭の控えまで書き直す人を相手にする。鎖だけでは分からない書き換えは、ほかの団体に預けた
署名つきの頭が示す。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from tests.web.conftest import Towns
from tsugaru.faces.cli import audit as verifier
from tsugaru.faces.cli import boot
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.audit import api, witness
from tsugaru.platform.audit.chain import GENESIS, link_hash
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = [pytest.mark.db, pytest.mark.faults]
Tamper = Callable[[psycopg.Connection, int], None]
"""(管理者の接続, 今の頭の番号) を受けて書き換える。"""


def act(count: int) -> None:
    for n in range(count):
        with transaction.atomic():
            api.record(act="試験", detail={"n": n})


def edit(c: psycopg.Connection, head: int) -> None:
    changed = "convert_to(replace(convert_from(content, 'UTF8'), '試験', '試見'), 'UTF8')"
    c.execute(f"UPDATE audit.entry SET content = {changed} WHERE seq = %s", [head - 5])


def delete_middle(c: psycopg.Connection, head: int) -> None:
    c.execute("DELETE FROM audit.entry WHERE seq = %s", [head - 5])


def swap(c: psycopg.Connection, head: int) -> None:
    pairs = [head - 4, head - 5, head - 5, head - 4]
    where = "WHERE (a.seq, b.seq) IN ((%s, %s), (%s, %s))"
    c.execute(f"UPDATE audit.entry a SET content = b.content FROM audit.entry b {where}", pairs)


def move_time(c: psycopg.Connection, head: int) -> None:
    c.execute("UPDATE audit.entry SET at = at - interval '1 day' WHERE seq = %s", [head - 5])


def cut_tail(c: psycopg.Connection, head: int) -> None:
    c.execute("DELETE FROM audit.entry WHERE seq > %s", [head - 5])


def cut_tail_and_rewrite_head(c: psycopg.Connection, head: int) -> None:
    cut_tail(c, head)
    c.execute(
        "UPDATE audit.head SET seq = e.seq, hash = e.hash FROM audit.entry e WHERE e.seq = %s", [head - 5]
    )


def relink(c: psycopg.Connection, head: int) -> None:
    """一行を書き換え、初めから終わりまで鎖をつなぎ直し、先頭の控えも手元の署名も消す。"""
    edit(c, head)
    prev = GENESIS
    for seq, at, content in c.execute("SELECT seq, at, content FROM audit.entry ORDER BY seq").fetchall():
        digest = link_hash(prev, seq, at, bytes(content))
        c.execute("UPDATE audit.entry SET prev = %s, hash = %s WHERE seq = %s", [prev, digest, seq])
        prev = digest
    c.execute("UPDATE audit.head SET hash = %s", [prev])
    c.execute("DELETE FROM audit.checkpoint")


def drop_everything(c: psycopg.Connection, head: int) -> None:
    c.execute("DELETE FROM audit.entry")
    c.execute("DELETE FROM audit.checkpoint")
    c.execute("UPDATE audit.head SET seq = 0, hash = %s", [GENESIS])


def forge_checkpoint(c: psycopg.Connection, head: int) -> None:
    c.execute(
        "UPDATE audit.checkpoint SET hash = sha256('偽'::bytea) WHERE seq = (SELECT max(seq) FROM audit.checkpoint)"
    )


def grow_beyond_head(c: psycopg.Connection, head: int) -> None:
    """先頭の控えを触らずに、正しい鎖の形で一行を足す。"""
    row = c.execute("SELECT hash, at, content FROM audit.entry WHERE seq = %s", [head]).fetchone()
    assert row is not None
    prev, at, content = bytes(row[0]), row[1], bytes(row[2])
    c.execute(
        "INSERT INTO audit.entry (seq, at, content, prev, hash) VALUES (%s, %s, %s, %s, %s)",
        [head + 1, at, content, prev, link_hash(prev, head + 1, at, content)],
    )


TAMPERS = [
    edit, delete_middle, swap, move_time, cut_tail, cut_tail_and_rewrite_head, relink, drop_everything,
    forge_checkpoint, grow_beyond_head,
]  # fmt: skip


@pytest.fixture
def administrator(web_towns: Towns) -> Iterator[psycopg.Connection]:
    """引き金を止めた管理者。終われば全て巻き戻る。"""
    with bind(web_towns[0].code):
        act(12)
    witness.exchange_all(SystemClock())
    with psycopg.connect(boot.server().dsn(web_towns[0].database)) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
        connection.rollback()


def verified(
    connection: psycopg.Connection, town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> verifier.Result:
    """書き換えの見える所から確かめる（書き換えは確定せず、後の試験に残らない）。"""

    monkeypatch.setattr(verifier, "snapshot", lambda *_: nullcontext(connection))
    return verifier.check(boot.server(), town)


def head_of(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT seq FROM audit.head").fetchone()
    assert row is not None
    return int(row[0])


def test_何もしなければ正しい(
    administrator: psycopg.Connection, web_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = verified(administrator, web_towns[0], monkeypatch)
    assert (result.faults, result.doubts) == ((), ())
    assert result.rows == head_of(administrator) and result.witnesses >= 1


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda t: t.__name__)
def test_書き換えは必ず見つかる(
    administrator: psycopg.Connection, web_towns: Towns, monkeypatch: pytest.MonkeyPatch, tamper: Tamper
) -> None:
    tamper(administrator, head_of(administrator))
    assert verified(administrator, web_towns[0], monkeypatch).faults


def test_鎖だけならつなぎ直しは分からない(
    administrator: psycopg.Connection, web_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """預けた頭が要る訳: 無ければ、つなぎ直した鎖は正しく見える。"""
    relink(administrator, head_of(administrator))
    monkeypatch.setattr(witness, "testimonies", lambda _: [])
    assert verified(administrator, web_towns[0], monkeypatch).faults == ()


def test_時計を戻して書いた行は時計の疑いに挙がる(
    administrator: psycopg.Connection, web_towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """機械の時計を一日戻して記録した後の姿を、鎖の形は正しいまま作る。"""
    head = head_of(administrator)
    row = administrator.execute("SELECT hash, at, content FROM audit.entry WHERE seq = %s", [head]).fetchone()
    assert row is not None
    prev, at, content = bytes(row[0]), row[1] - timedelta(days=1), bytes(row[2])
    digest = link_hash(prev, head + 1, at, content)
    administrator.execute(
        "INSERT INTO audit.entry (seq, at, content, prev, hash) VALUES (%s, %s, %s, %s, %s)",
        [head + 1, at, content, prev, digest],
    )
    administrator.execute("UPDATE audit.head SET seq = %s, hash = %s", [head + 1, digest])
    result = verified(administrator, web_towns[0], monkeypatch)
    assert result.faults == () and any("戻って" in doubt for doubt in result.doubts)
