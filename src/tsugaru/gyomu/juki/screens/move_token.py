"""異動のフォームの印。人・種類・席・見ていた履歴番号に結ばれ、別の人の画面からの送信・古い画面・二度目の送信を見分ける。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.core import signing

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

SALT = "juki.move"
KEPT = 40


@dataclass(frozen=True, slots=True)
class Token:
    """seen は 宛名番号 → 画面を開いたときの履歴番号。"""

    seen: Mapping[str, int]
    once: str


def make(request: StaffRequest, kind: str, subject: str, seen: Mapping[str, int]) -> str:
    """新しい印。まだ使われていない印として席に覚える。"""
    once = uuid4().hex
    request.session["moves"] = [*request.session.get("moves", [])[-KEPT:], once]
    content = {"seat": request.seat.pk, "kind": kind, "subject": subject, "seen": dict(seen), "once": once}
    return signing.dumps(content, salt=SALT)


def read(request: StaffRequest, text: str, kind: str, subject: str) -> Token:
    """印を確かめる。別の人・別の席・別の異動のものなら断る。"""
    try:
        content = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise _refuse("JK-0801", "この画面の印が読めません。") from error
    if (content["seat"], content["kind"], content["subject"]) != (request.seat.pk, kind, subject):
        raise _refuse("JK-0802", "別の人か別の異動の画面から送られました。")
    if content["once"] not in request.session.get("moves", []):
        raise _refuse("JK-0806", "この画面は既に送られています。")
    return Token(content["seen"], content["once"])


def spend(request: StaffRequest, token: Token) -> None:
    """使った。"""
    request.session["moves"] = [one for one in request.session.get("moves", []) if one != token.once]


def _refuse(code: str, message: str) -> 業務エラー:
    return 業務エラー(code, message, "打った物は残っています。正しい人の画面を開き直して入れてください。")
