"""監査の鎖: 行為と同じトランザクションで書かれ、自分で自分を証明する。"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.staff import Desk

from tsugaru.platform.audit import api, witness
from tsugaru.platform.audit.chain import GENESIS, Link, link_hash, verify

START = datetime(2026, 4, 20, 1, 2, 3, 456789, tzinfo=UTC)


def chain_of(contents: list[bytes]) -> list[Link]:
    """手元で作った正しい鎖。"""
    made, prev = [], GENESIS
    for seq, content in enumerate(contents, start=1):
        at = START + timedelta(microseconds=seq)
        digest = link_hash(prev, seq, at, content)
        made.append(Link(seq, at, content, prev, digest))
        prev = digest
    return made


def test_一節は決められたバイト列のSHA256() -> None:
    """式（guide）を、鎖の関数を使わずに書き下したもの。"""
    microseconds = 1_776_646_923_456_789
    head = (
        hashlib.sha256(b"tsugaru audit v1").digest()
        + (7).to_bytes(8, "big")
        + microseconds.to_bytes(8, "big")
    )
    assert link_hash(GENESIS, 7, START, b"{}") == hashlib.sha256(head + b"{}").digest()


def test_正しい鎖は終わりまで読める() -> None:
    chain = chain_of([b"a", b"b", b"c"])
    assert verify(chain) == (3, chain[-1].hash, None)
    assert verify([]) == (0, GENESIS, None)


@given(st.lists(st.binary(max_size=20), min_size=2, max_size=12, unique=True), st.data())
@settings(max_examples=100)
def test_一つでも変え抜き入れ替えれば見つかる(contents: list[bytes], data: st.DataObject) -> None:
    chain = chain_of(contents)
    at = data.draw(st.integers(0, len(chain) - 2))
    other = data.draw(st.integers(at + 1, len(chain) - 1))
    swapped = list(chain)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    changed = [
        replace(link, content=link.content + b"x") if n == at else link for n, link in enumerate(chain)
    ]
    moved = [
        replace(link, at=link.at + timedelta(microseconds=1)) if n == at else link
        for n, link in enumerate(chain)
    ]
    for tampered in (swapped, changed, moved, chain[:at] + chain[at + 1 :]):
        assert verify(tampered)[2] is not None


@pytest.mark.db
class TestChain:
    """データベースの中の鎖。"""

    def contents(self) -> list[dict[str, object]]:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT * FROM audit.acts_of(NULL, '-infinity', 'infinity', 50)")
            return [json.loads(bytes(content)) for _, _, content in cursor.fetchall()]

    def test_一つのトランザクションの行為は順に番号が付く(self, desk: Desk) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT seq FROM audit.current_head()")
            before = cursor.fetchone()[0]
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for n in range(5):
                api.record(act="試験", detail={"n": n})
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT * FROM audit.acts_of(NULL, '-infinity', 'infinity', 5)")
            rows = cursor.fetchall()
        assert [(seq, json.loads(bytes(content))["detail"]["n"]) for seq, _, content in rows] == [
            (before + 5 - n, 4 - n) for n in range(5)
        ]

    def test_巻き戻された行為は残らない(self, desk: Desk) -> None:
        with transaction.atomic():
            api.record(act="無かったこと")
            transaction.set_rollback(True)
        assert "無かったこと" not in {c["act"] for c in self.contents()}

    def test_誰がどの端末から何のためにが付く(self, desk: Desk) -> None:
        who = api.Actor(
            number="k1", section="市民課", terminal="窓口3", request="r1", purpose="窓口", purpose_note="12番"
        )
        with api.actor(who):
            api.record(act="照会", subjects=["10"], gyomu="juki")
        (found,) = [c for c in self.contents() if c["act"] == "照会"]
        assert found == {
            "act": "照会", "actor": "k1", "section": "市民課", "terminal": "窓口3", "request": "r1", "purpose": "窓口",
            "purpose_note": "12番", "gyomu": "juki", "subjects": ["10"], "outcome": "許可", "detail": {},
        }  # fmt: skip

    def test_見たことを見ることも残る(self, desk: Desk) -> None:
        api.history_of("10")
        api.acts_of("k1", START, START)
        acts = [c["act"] for c in self.contents()]
        assert {"閲覧記録の照会", "操作記録の照会"} <= set(acts)


def test_署名は別の頭には合わない(monkeypatch: pytest.MonkeyPatch, keys: None) -> None:
    bare = witness.Checkpoint("990019", 3, START, b"h" * 32, b"")
    signed = replace(bare, signature=witness._private_key("990019").sign(bare.message()))
    assert witness.is_signed(signed)
    for changed in (
        replace(signed, seq=4),
        replace(signed, hash=b"g" * 32),
        replace(signed, at=START + timedelta(seconds=1)),
    ):
        assert not witness.is_signed(changed)
    assert not witness.is_signed(replace(signed, municipality="990027"))


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """置き場を使わずに、団体ごとの鍵を覚える。"""
    kept: dict[str, dict[str, str]] = {}
    monkeypatch.setattr("tsugaru.platform.tenancy.home.read_secret", kept.get)
    monkeypatch.setattr(
        "tsugaru.platform.tenancy.home.write_secret", lambda name, value: kept.update({name: value})
    )
    yield


def test_正準の綴りは鍵の順によらず空白を含まない() -> None:
    assert (
        api.canonical({"b": 1, "a": "塚"})
        == '{"a":"塚","b":1}'.encode()
        == api.canonical({"a": "塚", "b": 1})
    )
