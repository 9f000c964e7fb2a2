"""義務者のフォームの印。席・指定番号・見ていた版に結ばれる。"""

from __future__ import annotations

from django.core import signing

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

SALT = "kojin.employer"


def make(request: StaffRequest, code: str, version: int) -> str:
    """新しい印。version は履歴番号か、登録のもとになる資料の番号。"""
    return signing.dumps([request.seat.pk, code, version], salt=SALT)


def read(request: StaffRequest, code: str) -> int:
    """見ていた版。別の義務者・別の席の画面なら KJ-5009。"""
    try:
        seat, seen, version = signing.loads(request.POST.get("token", ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        seat, seen, version = None, None, 0
    if (seat, seen) != (request.seat.pk, code):
        raise 業務エラー(
            "KJ-5009",
            "別の義務者の画面から送られたため、何も記録していません。",
            "正しい義務者の画面を開き直して、もう一度入れてください。",
        )
    return int(version)
