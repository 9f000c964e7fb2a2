"""フォームの印。席・相手・その時の版に結び、別の人や前の内容に対して開いたフォーム、二度目の送信を断る。"""

from __future__ import annotations

import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest

開いておける数 = 20


def 印(request: StaffRequest, subject: str, version: object) -> str:
    """フォームに隠して置く文字。"""
    return salted_hmac("atena.form", f"{request.seat.pk}|{subject}|{version}").hexdigest()[:40]


def 確かめる(request: StaffRequest, subject: str, version: object) -> None:
    """送られた印が、この席・この人・今の版のものでなければ断る。"""
    if not constant_time_compare(request.POST.get("token", ""), 印(request, subject, version)):
        raise 業務エラー(
            "AT-0901",
            "この入力は、別の人か、変わる前の内容に対して開かれたものです。登録していません。",
            "上の帯の人と今の内容を確かめ、よければもう一度登録してください。",
        )


def 新しい券(request: StaffRequest) -> str:
    """相手のまだいないフォーム（登録）の、一度だけ使える券。"""
    ticket = secrets.token_urlsafe(16)
    request.session["atena_new"] = [*request.session.get("atena_new", []), ticket][-開いておける数:]
    return ticket


def 券を使う(request: StaffRequest) -> None:
    """二度目は断る（同じ人を二つの番号で登録しない）。"""
    held, given = request.session.get("atena_new", []), request.POST.get("token", "")
    if given not in held:
        raise 業務エラー(
            "AT-0902",
            "この登録は既に済んでいるか、開き直しが要ります。",
            "宛名の検索で登録を確かめてください。無ければもう一度登録してください。",
        )
    request.session["atena_new"] = [one for one in held if one != given]
