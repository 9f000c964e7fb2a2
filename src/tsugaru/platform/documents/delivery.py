"""渡す前の確かめ。PDF が、いま手続している請求のものであることを、PDF 自身と台帳の両方から確かめる。

2023年に各地で別人の証明書が交付されたのは、印刷待ちの順番や時刻を手がかりに PDF を取り違えたためである。
ここでは順番も時刻も使わない。
"""

import hashlib
import hmac
import re
from uuid import UUID

from tsugaru.kernel.errors import 業務エラー

KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]*)</pdf:Keywords>")
PREFIX = "請求番号:"


def request_id_of(pdf: bytes) -> UUID | None:
    """PDF の付帯情報に書かれた請求番号。無ければ None。"""
    found = KEYWORDS.search(pdf)
    words = found[1].decode().split(", ") if found else []
    numbers = [word.removeprefix(PREFIX) for word in words if word.startswith(PREFIX)]
    try:
        return UUID(numbers[0]) if len(numbers) == 1 else None
    except ValueError:
        return None


def confirm(pdf: bytes, *, request_id: UUID, sha256: str) -> bytes:
    """請求番号とハッシュが両方とも合うときだけ PDF を返す。合わなければ渡さない（DC-0301）。"""
    same_hash = hmac.compare_digest(hashlib.sha256(pdf).hexdigest(), sha256)
    if same_hash and request_id_of(pdf) == request_id:
        return pdf
    raise 業務エラー(
        "DC-0301",
        f"作られた証明書が請求（{request_id}）のものと確かめられない。",
        "渡さずに、この請求をもう一度実行する。続くときは発行を止めて運用担当に知らせる。",
    )
