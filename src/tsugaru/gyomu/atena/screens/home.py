"""住登外・宛名の入口: 探す、登録する、確認待ちと返戻。"""

from __future__ import annotations

import unicodedata

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tsugaru.gyomu.atena.domain import links
from tsugaru.gyomu.atena.domain.find import 名で探す, 名の条件
from tsugaru.gyomu.atena.models import 宛名, 宛名区分
from tsugaru.gyomu.atena.screens.rows import 人の行
from tsugaru.gyomu.atena.screens.subject import GYOMU, 許す
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.request import StaffRequest

最大文字数 = 100
かな = frozenset("ー・")


@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """一つの欄で、宛名番号・法人番号・名から住登外と法人を探す。住民も見たければ印を付ける。"""
    許す(request, "検索")
    text = request.GET.get("name", "").strip()[:最大文字数]
    wide = request.GET.get("wide") == "1"
    found = _探す(text, wide=wide) if text else []
    if text:
        audit.record(act="宛名の検索", subjects=[one.pk for one in found], gyomu=GYOMU)
    if len(found) == 1 and text.isdigit():
        return redirect("atena:person", number=found[0].pk)
    rights = authz.rights_of(request.seat.staff.section)
    context = {
        "text": text,
        "wide": wide,
        "people": 人の行(request, found),
        "pending": len(links.確認待ち()),
        "may_enter": (GYOMU, "異動入力", "基本") in rights and (GYOMU, "異動入力", "住所") in rights,
    }
    return render(request, "atena/home.html", context)


def _探す(text: str, *, wide: bool) -> list[宛名]:
    digits = unicodedata.normalize("NFKC", text).replace("-", "")
    if digits.isascii() and digits.isalnum() and any(c.isdigit() for c in digits):
        found = list(
            宛名.objects.filter(pk=digits) | 宛名.objects.filter(法人番号=digits, 区分=宛名区分.法人)
        )
    else:
        found = _名から(text)
    return found if wide else [one for one in found if one.区分 in (宛名区分.住登外個人, 宛名区分.法人)]


def _名から(text: str) -> list[宛名]:
    condition = 名の条件(かな=text) if _かなだけ(text) else 名の条件(漢字=text)
    hits = 名で探す(condition).人
    known = 宛名.objects.in_bulk([hit.宛名番号 for hit in hits])
    return [known[hit.宛名番号] for hit in hits if hit.宛名番号 in known]


def _かなだけ(text: str) -> bool:
    wide = unicodedata.normalize("NFKC", text)
    return all("ぁ" <= c <= "ヺ" or c in かな or c.isspace() for c in wide)
