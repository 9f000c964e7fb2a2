"""フォームの印。人・年度・手続・席・見ていた版に結ばれ、別の人の画面からの送信と古い画面を見分ける。"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

from tsugaru.gyomu.kojin.screens.subject import Person
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

SALT = "kojin.form"


@dataclass(frozen=True, slots=True)
class Token:
    """version は画面を開いたときの版、request は一つの画面に一つの番号（文書・申告の番号になる）。"""

    version: str
    request: UUID


def make(request: StaffRequest, person: Person, act: str, version: str) -> str:
    """新しい印。"""
    content = [request.seat.pk, person.number, person.year, act, version, str(uuid4())]
    return signing.dumps(content, salt=SALT)


def read(request: StaffRequest, person: Person, act: str) -> Token:
    """送られた印を確かめる。別の人・別の年度・別の手続・別の席のものなら KJ-3103。"""
    return check(request, person.number, person.year, act)


def check(request: StaffRequest, number: str, year: int, act: str) -> Token:
    """人を開かずに確かめる（打っている途中の試算）。"""
    try:
        *bound, version, once = signing.loads(request.POST.get("token", ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        bound, version, once = [], "", ""
    if bound != [request.seat.pk, number, year, act]:
        raise 業務エラー(
            "KJ-3103",
            "別の人・別の年度・別の手続の画面から送られたため、何も記録していません。",
            "正しい人と年度の画面を開き直して、もう一度入れてください。",
        )
    return Token(version, UUID(once))
