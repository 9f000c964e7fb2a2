"""個人住民税の、ただ一つの扉。ほかの業務が聞いてよいことと、資料を届ける者が要ることだけを置く。"""

from __future__ import annotations

from collections.abc import Sequence

from tsugaru.gyomu.kojin.domain.delivering import 反映する
from tsugaru.gyomu.kojin.domain.gist import 今の賦課の要点, 要点
from tsugaru.gyomu.kojin.domain.intake import 届け方, 届け方を引く
from tsugaru.gyomu.kojin.domain.linking import 決まっていない数, 決める
from tsugaru.gyomu.kojin.models import 課税資料

__all__ = [
    "今の賦課の要点",
    "反映する",
    "届け方",
    "届け方を引く",
    "決まっていない数",
    "決まっていない資料",
    "決める",
    "要点",
]


def 決まっていない資料(年度: int) -> Sequence[tuple[int, int | None, int | None]]:
    """名寄せの判断の一つもない資料の（番号, 届け物, 届け物の中の行）。窓口の申告には届け物がない。"""
    waiting = 課税資料.objects.filter(課税年度=年度, 判断=None).order_by("pk")
    return list(waiting.values_list("pk", "届け物", "行"))
