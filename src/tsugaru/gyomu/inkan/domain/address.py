"""証明書と郵便に刷る住所。開示の門を通し、門が伏せる人（支援措置の対象者と居所を同じくする人）は担当の職員が
確かめ直したときだけ開く。"""

from __future__ import annotations

from tsugaru.gyomu.inkan.domain.residents import 住民票
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.identity.models import Seat


def 刷る住所(人: 住民票, seat: Seat) -> Address:
    """本人の今の住所。開けなければ門が断り（TD-0004・TD-0005）、住所が無ければ IN-0204。"""
    伏せる = bool(disclosure.sheltered([人.宛名番号]))
    places = disclosure.reveal_addresses(
        seat, gyomu="inkan", subjects=[人.宛名番号], kinds=["住所"], unmask=伏せる
    )
    found = places.get(人.住所番号) if 人.住所番号 is not None else None
    if found is None or found.masked:
        raise 業務エラー(
            "IN-0204",
            f"宛名番号{人.宛名番号}の住所を刷れません。",
            "住民票の住所を確かめてください。支援措置の対象者なら担当係へ引き継いでください。",
        )
    return found.address
