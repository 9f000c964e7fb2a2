"""一つの欄で人を探す。一人だけなら、その人の画面を開く。

個人番号・住民票コードは URL に残さない（POST だけが受ける）。保護された人は名では見つかるが、住所は伏せ、住所・電話からは
見つからない。打たれた文字は残さず、どの種類の条件で誰が見つかったかだけを監査に残す。
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tsugaru.council import service
from tsugaru.faces.web.search_query import MAX_LENGTH, Query, read
from tsugaru.faces.web.search_rows import people, usable
from tsugaru.gyomu.atena import api as atena
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest

Right = tuple[str, str, str]
NUMBERS_IN_URL = 業務エラー(
    "SE-0002",
    "個人番号は URL に残るため、この入口では探しません。",
    "上の検索欄に打って Enter を押してください（番号は URL に載りません）。",
    根拠="番号法第12条。",
)


@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """結果の一覧。0人・1人・それ以上のどれでも、次にすることが見える。"""
    rights = authz.rights_of(request.seat.staff.section)
    gyomu = usable(rights, service.used(request.municipality.code))
    if not any((name, "検索", "基本") in rights for name in gyomu):
        authz.require(request.seat.staff.section, "juki", "検索", "基本")
    text = (request.POST.get("q") or request.GET.get("q") or "").strip()
    try:
        query = read(text[: MAX_LENGTH + 1])
        result = _find(request, query, rights)
    except 業務エラー as error:
        return _page(request, text, error=str(error), status=422)
    return _answer(request, query, result, rights, gyomu, text)


def _answer(
    request: StaffRequest,
    query: Query,
    result: atena.結果,
    rights: frozenset[Right],
    gyomu: frozenset[str],
    text: str,
) -> HttpResponse:
    numbers = [one.宛名番号 for one in result.人]
    audit.record(act="検索", subjects=numbers, detail={"条件": query.kinds, "人数": result.人数})
    rows = people(request, result.人, rights=rights, gyomu=gyomu)
    if len(rows) == 1:
        return redirect(rows[0].url)
    shown = "" if query.sealed == "個人番号" else text
    return _page(request, shown, people=rows, total=result.人数, limit=len(numbers) < result.人数)


def _page(request: StaffRequest, text: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "web/search.html", {"query": text, **context}, status=status)


def _find(request: StaffRequest, query: Query, rights: frozenset[Right]) -> atena.結果:
    """番号と住所は先に人を絞り、残りの条件をその中で問う。"""
    if query.sealed == "個人番号" and request.method != "POST":
        raise NUMBERS_IN_URL
    if not query.kinds:
        return atena.結果([], 0)
    within: list[str] | None = None
    if query.digits:
        within = _by_digits(request, query, rights)
    if query.place:
        near = disclosure.find_by_address(request.seat, query.place)
        within = near if within is None else [n for n in within if n in set(near)]
    found = _by_names(query, within)
    if not found.人 and len(query.kanji) > 1 and not query.place:
        near = disclosure.find_by_address(request.seat, query.kanji)
        found = _by_names(Query(kana=query.kana, born=query.born), near if within is None else [])
    return found


def _by_names(query: Query, within: list[str] | None) -> atena.結果:
    if within == []:
        return atena.結果([], 0)
    return atena.名で探す(atena.名の条件(かな=query.kana, 漢字=query.kanji, 生年月日=query.born, 人=within))


def _by_digits(request: StaffRequest, query: Query, rights: frozenset[Right]) -> list[str]:
    """番号の桁と形が許す全ての読み方で引く（宛名番号と世帯番号と電話は、桁だけでは分からない）。"""
    if query.sealed == "個人番号":
        authz.require(request.seat.staff.section, "juki", "検索", "個人番号")
        return disclosure.find_by_number("個人番号", query.digits)
    found = list(atena.見出しを読む([query.digits])) + atena.世帯の人(query.digits)
    if query.sealed and request.method == "POST" and ("juki", "検索", "住民票コード") in rights:
        found += disclosure.find_by_number(query.sealed, query.digits)
    if query.digits.startswith("0") and len(query.digits) >= 6 and _may_phone(rights):
        found += disclosure.find_by_phone(request.seat, query.digits)
    return list(dict.fromkeys(found))


def _may_phone(rights: Sequence[Right] | frozenset[Right]) -> bool:
    return any(operation == "検索" and field == "連絡先" for _, operation, field in rights) or any(
        operation == "照会" and field == "連絡先" for _, operation, field in rights
    )
