"""用紙の罫線を見つける。最大の印影より長い、細い真っすぐな線だけを罫線とみなす。"""

from __future__ import annotations

from tsugaru.gyomu.inkan.imprint.arrays import Mask
from tsugaru.gyomu.inkan.imprint.morphology import close, dilate, erode, label, select

罫線の長さ = 30.0
罫線の太さ = 1.0
連なりの長さ = 3.0
切れ目 = 1.0  # 縦横の罫線や印影と交わる所で切れるのをつなぐ


def ruled(mask: Mask, px_per_mm: float) -> Mask:
    """縦横の罫線の画素（傾き 4 度まで）。"""
    return _level(mask, px_per_mm) | _level(mask.T, px_per_mm).T


def _level(mask: Mask, px_per_mm: float) -> Mask:
    reach = round(連なりの長さ * px_per_mm / 2)
    thick = round(罫線の太さ * px_per_mm / 2)
    bridged = close(mask, 2, 0)
    runs = dilate(erode(bridged, reach, 0), reach, 0) & mask
    runs &= ~dilate(erode(mask, 0, thick), 0, thick)
    labels, components = label(dilate(runs, round(切れ目 * px_per_mm), 1))
    return select(labels, [c for c in components if c.width >= 罫線の長さ * px_per_mm]) & mask
