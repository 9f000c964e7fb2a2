"""フォームの印。人・手続・席・見ていた履歴番号に結ばれ、別の人の画面からの送信と古い画面を見分ける。"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing

from tsugaru.gyomu.inkan.screens.subject import Person
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

SALT = "inkan.form"


@dataclass(frozen=True, slots=True)
class Token:
    """version は画面を開いたときの履歴番号、request は文書や受付の番号（一つの画面に一つ）。"""

    version: int
    request: UUID


def make(request: StaffRequest, person: Person, act: str) -> str:
    """新しい印。"""
    content = [request.seat.pk, person.number, act, person.version, str(uuid4())]
    return signing.dumps(content, salt=SALT)


def read(request: StaffRequest, person: Person, act: str) -> Token:
    """送られた印を確かめる。別の人・別の手続・別の席のものなら IN-0306。"""
    try:
        seat, number, made_for, version, once = signing.loads(request.POST.get("token", ""), salt=SALT)
    except signing.BadSignature as error:
        raise _refuse() from error
    if (seat, number, made_for) != (request.seat.pk, person.number, act):
        raise _refuse()
    return Token(version, UUID(once))


def _refuse() -> 業務エラー:
    return 業務エラー(
        "IN-0306",
        "別の人か別の手続の画面から送られたため、何も記録していません。",
        "正しい人の画面を開き直して、もう一度入れてください。",
    )
