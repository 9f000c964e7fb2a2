"""検索結果に住民記録が足すこと: 開く先、今の住所番号、生年月日を西暦で示す人か。"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from tsugaru.gyomu.juki.domain.codes import 住民種別
from tsugaru.gyomu.juki.models import 住民
from tsugaru.platform.screens.providers import Found


def found(subjects: Sequence[str]) -> dict[str, Found]:
    """住民・除票者だけが入る。"""
    rows = 住民.objects.filter(宛名番号__in=subjects).values_list("宛名番号", "住所番号", "住民種別")
    return {
        number: Found(
            url=reverse("juki:person", args=[number]),
            address=address,
            western=kind == 住民種別.外国人.value,
        )
        for number, address, kind in rows
    }
