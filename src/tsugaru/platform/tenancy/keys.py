"""団体の鍵。データベースの外（秘密の置き場）にあり、暗号文と等しさの要約だけがデータベースに入る。"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tsugaru.platform.tenancy import home
from tsugaru.platform.tenancy.context import bound_code

NONCE_BYTES = 12


@lru_cache(maxsize=32)
def _keys(code: str) -> tuple[bytes, bytes]:
    stored = home.read_secret(f"m{code}")
    if stored is None:
        raise LookupError(f"TE-0003 団体コード {code} はこの設置にありません。")
    return bytes.fromhex(stored["vault_key"]), bytes.fromhex(stored["index_key"])


def seal(plain: str, *, context: str) -> bytes:
    """暗号文（AES-256-GCM）。context（誰の・何か）が違えば開かない。"""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_keys(bound_code())[0]).encrypt(nonce, plain.encode(), context.encode())


def unseal(sealed: bytes, *, context: str) -> str:
    """平文。鍵か context が違えば InvalidTag。"""
    key = AESGCM(_keys(bound_code())[0])
    return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode()).decode()


def lookup(kind: str, value: str) -> bytes:
    """等しさだけが分かる要約（HMAC-SHA-256）。"""
    return hmac.new(_keys(bound_code())[1], f"{kind}\x00{value}".encode(), hashlib.sha256).digest()
