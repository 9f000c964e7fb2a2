"""鎖の頭に署名し、ほかの団体に預ける。

一つのデータベースの管理者が尾を切り、頭を書き直しても、預けた頭と合わないので分かる。署名は Ed25519。
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import DatabaseError, connection, transaction

from tsugaru.kernel.clock import Clock, SystemClock
from tsugaru.platform.tenancy import bind, directory, home

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """署名された頭。"""

    municipality: str
    seq: int
    at: datetime
    hash: bytes
    signature: bytes

    def message(self) -> bytes:
        """署名するバイト列。"""
        return f"{self.municipality}\n{self.seq}\n{self.at.isoformat()}\n{self.hash.hex()}".encode()


def _private_key(code: str) -> Ed25519PrivateKey:
    stored = home.read_secret(f"m{code}") or {}
    if "signing_key" not in stored:
        stored["signing_key"] = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        home.write_secret(f"m{code}", stored)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(stored["signing_key"]))


def public_key(code: str) -> Ed25519PublicKey:
    """その団体の署名を確かめる鍵。"""
    return _private_key(code).public_key()


def make(code: str, *, clock: Clock) -> Checkpoint | None:
    """今の頭に署名して残す。まだ何も記録がなければ None。"""
    with bind(code), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit.current_head()")
        seq, digest = cursor.fetchone()
        if seq == 0:
            return None
        bare = Checkpoint(code, seq, clock.now(), bytes(digest), b"")
        signed = Checkpoint(code, seq, bare.at, bare.hash, _private_key(code).sign(bare.message()))
        cursor.execute(
            "SELECT audit.keep_checkpoint(%s, %s, %s, %s)", [seq, signed.at, signed.hash, signed.signature]
        )
    return signed


def deposit(checkpoint: Checkpoint, witness: str) -> None:
    """頭を団体 witness に預ける。"""
    with bind(witness), transaction.atomic(), connection.cursor() as cursor:
        c = checkpoint
        cursor.execute(
            "SELECT audit.testify(%s, %s, %s, %s, %s)", [c.municipality, c.seq, c.at, c.hash, c.signature]
        )


def exchange_all(clock: Clock | None = None) -> int:
    """全ての団体の頭に署名し、互いに預ける。返り値は預けた件数。一つの団体が止まっていても他は進む。"""
    codes = list(directory.installed())
    done = 0
    for code in codes:
        try:
            checkpoint = make(code, clock=clock or SystemClock())
        except DatabaseError:
            logger.warning("団体 %s の監査の頭を読めませんでした。", code)
            continue
        if checkpoint is not None:
            done += sum(_try_deposit(checkpoint, other) for other in codes if other != code)
    return done


def _try_deposit(checkpoint: Checkpoint, witness: str) -> int:
    try:
        deposit(checkpoint, witness)
    except DatabaseError:
        logger.warning("団体 %s の頭を団体 %s に預けられませんでした。", checkpoint.municipality, witness)
        return 0
    return 1


def testimonies(code: str) -> list[tuple[str, Checkpoint]]:
    """(預け先, 預けた頭) の一覧。"""
    found = []
    for witness in directory.installed():
        if witness == code:
            continue
        with bind(witness), connection.cursor() as cursor:
            cursor.execute("SELECT seq, at, hash, signature FROM audit.testimonies(%s)", [code])
            found += [
                (witness, Checkpoint(code, seq, at, bytes(digest), bytes(signature)))
                for seq, at, digest, signature in cursor.fetchall()
            ]
    return found


def is_signed(checkpoint: Checkpoint) -> bool:
    """署名が正しいか。"""
    try:
        public_key(checkpoint.municipality).verify(checkpoint.signature, checkpoint.message())
    except InvalidSignature:
        return False
    return True
