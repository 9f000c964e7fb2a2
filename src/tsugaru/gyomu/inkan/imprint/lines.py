"""用紙の罫線を見つける。最大の印影より長い、細い真っすぐな線だけを罫線とみなす。"""

from __future__ import annotations

import numpy as np

from tsugaru.gyomu.inkan.imprint.arrays import Mask
from tsugaru.gyomu.inkan.imprint.morphology import close, dilate, erode, label

罫線の長さ = 30.0
罫線の太さ = 0.6  # これより太い所は、罫線に重なった印影の線かもしれないので残す
連なりの長さ = 3.0
線からの離れ = 0.25
切れ目 = 2.5  # 縦横の罫線や印影と交わる所で切れるのをつなぐ


def ruled(mask: Mask, px_per_mm: float) -> Mask:
    """縦横の罫線の画素（傾き 4 度まで）。"""
    return _level(mask, px_per_mm) | _level(mask.T, px_per_mm).T


def _level(mask: Mask, px_per_mm: float) -> Mask:
    reach = round(連なりの長さ * px_per_mm / 2)
    thick = round(罫線の太さ * px_per_mm / 2)
    bridged = close(mask, 2, 0)
    runs = dilate(erode(bridged, reach, 0), reach, 0) & mask
    runs &= ~dilate(erode(mask, 0, thick), 0, thick)
    labels, components = label(dilate(runs, round(切れ目 * px_per_mm), 0))
    lines = np.zeros_like(mask)
    for c in components:
        if c.width >= 罫線の長さ * px_per_mm:
            place = (slice(c.top, c.bottom), slice(c.left, c.right))
            lines[place] |= _straight(runs[place] & (labels[place] == c.number), px_per_mm)
    return lines


def _straight(mask: Mask, px_per_mm: float) -> Mask:
    """当てはめた直線から離れた画素（近くを通る印影の線など）を除く。"""
    rows, columns = np.nonzero(mask)
    near = np.ones(len(rows), dtype=np.bool_)
    for reach in (2 * 線からの離れ, 線からの離れ):
        slope, level = np.polyfit(columns[near], rows[near], 1)
        near = np.abs(rows - slope * columns - level) <= max(1.0, reach * px_per_mm)
    straight = np.zeros_like(mask)
    straight[rows[near], columns[near]] = True
    return straight
