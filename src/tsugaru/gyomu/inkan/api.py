"""印鑑登録の扉。ほかの業務が聞いてよいことは、登録が生きているかだけである。"""

from __future__ import annotations

from collections.abc import Iterable

from tsugaru.gyomu.inkan.models import 印鑑登録, 状態

__all__ = ["登録のある人"]


def 登録のある人(宛名番号: Iterable[str]) -> frozenset[str]:
    """与えた人のうち、登録（停止を含む）が生きている人。"""
    rows = 印鑑登録.objects.filter(宛名番号__in=sorted(set(宛名番号)), 状態__in=[状態.登録, 状態.停止])
    return frozenset(rows.values_list("宛名番号", flat=True))
