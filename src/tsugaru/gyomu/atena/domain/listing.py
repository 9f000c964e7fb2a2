"""宛名の入口で探す。住登外と法人だけを問うので、同じ名の住民が何人いても埋もれない。"""

from __future__ import annotations

import unicodedata

from django.db.models import Q, QuerySet

from tsugaru.gyomu.atena.models import 宛名, 宛名区分, 検索名
from tsugaru.kernel import moji

最大件数 = 100
かなの記号 = frozenset("ー・")


def 探す(text: str, *, 住民も: bool = False) -> list[宛名]:
    """宛名番号・法人番号か、名の頭のかな（清濁と拗促音の違いを許す）か、名に含まれる漢字（異体字をそろえる）。並び順に100件まで。"""
    people = (
        宛名.objects.all() if 住民も else 宛名.objects.filter(区分__in=[宛名区分.住登外個人, 宛名区分.法人])
    )
    if not text:
        return []
    digits = unicodedata.normalize("NFKC", text).replace("-", "")
    if digits.isascii() and any(c.isdigit() for c in digits):
        found = people.filter(Q(pk=digits) | Q(法人番号=digits, 区分=宛名区分.法人))
    else:
        found = people.filter(pk__in=_名(text).values("宛名_id"))
    return list(found.order_by("並び鍵", "宛名番号")[:最大件数])


def _名(text: str) -> QuerySet[検索名]:
    if _かなだけ(text):
        return 検索名.objects.filter(かな緩__startswith=moji.検索かな緩(text))
    key = moji.検索漢字(text)
    pieces = [key] if len(key) <= 2 else [key[i : i + 2] for i in range(len(key) - 1)]
    return 検索名.objects.filter(字片__contains=pieces, 漢字鍵__contains=key)


def _かなだけ(text: str) -> bool:
    wide = unicodedata.normalize("NFKC", text)
    return all("ぁ" <= c <= "ヺ" or c in かなの記号 or c.isspace() for c in wide)
