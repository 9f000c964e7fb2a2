"""断る。予期した誤りは、番号と直し方をもつ頁になる。予期しない誤りは 500 として残る。"""

from __future__ import annotations

import logging
import re

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.tenancy import CrossMunicipality

logger = logging.getLogger(__name__)
CODED = re.compile(r"[A-Z]{2}-[0-9]{4} ")
TITLES = {403: "権限がありません", 404: "見つかりません", 500: "処理を続けられませんでした"}
NOT_FOUND = 業務エラー(
    "SY-0404", "お探しのものは見つかりません。", "番号を確かめて、もう一度探してください。"
)
FAILED = 業務エラー(
    "SY-0500",
    "処理を続けられませんでした。入力は記録されていません。",
    "問合せ番号を情報システムの担当へ伝えてください。",
)
DOWN = 業務エラー(
    "SY-0503",
    "データベースにつながりません。最後の操作は記録されていないことがあります。",
    "少し待って開き直し、最後の操作が残っているかを確かめてください。続くときは情報システムの担当へ。",
)
NEEDS_STEP_UP = ("TD-0005", "TD-0007", "ID-0009")


def answer(request: StaffRequest, exception: Exception) -> HttpResponse | None:
    """例外を頁にする。"""
    if isinstance(exception, OperationalError) and not CODED.match(str(exception)):
        return None
    if isinstance(exception, DatabaseError):
        return _from_database(request, exception)
    if isinstance(exception, 業務エラー):
        return refuse(request, exception)
    if isinstance(exception, CrossMunicipality | Http404):
        return page(request, 404, NOT_FOUND)
    if isinstance(exception, PermissionDenied):
        return page(
            request, 403, 業務エラー("AZ-0001", str(exception), "所属長に権限の変更を申し出てください。")
        )
    return None


def _from_database(request: StaffRequest, exception: DatabaseError) -> HttpResponse:
    """データベースの門や制約が断った（文の頭に番号がある）か、思わぬ誤りか。"""
    message = str(exception).splitlines()[0] if str(exception) else ""
    if CODED.match(message):
        return refuse(request, 業務エラー(message[:7], message[8:], "内容を確かめて、やり直してください。"))
    transaction.set_rollback(True)
    logger.exception("データベースの誤り")
    return page(request, 500, FAILED)


def refuse(request: StaffRequest, error: 業務エラー) -> HttpResponse:
    """番号をもつ誤りを頁にする。本人確認が足りないだけなら、そこへ案内して戻る。"""
    if error.code in NEEDS_STEP_UP:
        transaction.set_rollback(True)
        request.refusal = error.code
        query = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
        return redirect(f"{reverse('step')}?{query}")
    forbidden = error.code.startswith("TD-") or error.code == "AZ-0001"
    return page(request, 403 if forbidden else 409, error)


def page(request: StaffRequest, status: int, error: 業務エラー) -> HttpResponse:
    """断りの頁。"""
    if getattr(request, "municipality", None) is not None:
        transaction.set_rollback(True)
    request.refusal = error.code
    context = {
        "error": {
            "code": error.code,
            "title": TITLES.get(status, "この操作はできません"),
            "what": error.message,
            "basis": error.根拠,
            "remedy": error.remedy,
            "request_id": getattr(request, "request_id", ""),
        }
    }
    return render(request, "screens/error.html", context, status=status)
