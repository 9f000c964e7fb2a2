"""印影の傾きを測る。四角は縁、小判形は長軸、丸は文字の線の向きによる。確かでなければ直さない。

天地（90 度ごとの向き）は判断しない。職員が画面で見て回す。
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import ImageFilter

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Plane, Points, to_image, to_plane
from tsugaru.gyomu.inkan.imprint.hull import area, convex_hull, extent, long_axis, tightest_angle
from tsugaru.gyomu.inkan.imprint.locate import filled
from tsugaru.gyomu.inkan.imprint.model import 傾きの直し方

四角とみなす割合 = 0.88
小判とみなす比 = 1.12
文字の揃い = 0.3
文字で直す限り = 30.0
文字の範囲 = 0.8
線の揃う幅 = 6  # 半度の数
ぼかし = 0.06


@dataclass(frozen=True)
class Tilt:
    """時計回りの傾き（度、−45〜45）と、その根拠。"""

    degrees: float
    basis: 傾きの直し方


def measure_tilt(soft: Plane, mask: Mask, px_per_mm: float) -> Tilt:
    """縁の形から傾きを測り、丸ければ文字から測る。"""
    hull = convex_hull(mask)
    angle = tightest_angle(hull)
    if area(hull) / math.prod(extent(hull, angle)) >= 四角とみなす割合:
        return Tilt(angle, 傾きの直し方.縁)
    angle, ratio = long_axis(hull)
    if ratio >= 小判とみなす比:
        return Tilt(angle, 傾きの直し方.縁)
    angle, agreement = _strokes(soft, hull, px_per_mm)
    if agreement >= 文字の揃い and abs(angle) <= 文字で直す限り:
        return Tilt(angle, 傾きの直し方.文字)
    return Tilt(0.0, 傾きの直し方.直していない)


def _strokes(soft: Plane, hull: Points, px_per_mm: float) -> tuple[float, float]:
    """縁の内側の線の向き（90 度ごとに同じとみなした平均）と、その揃い方 0〜1。"""
    centre = hull.mean(axis=0)
    inner = filled((hull - centre) * 文字の範囲 + centre, soft.shape[1], soft.shape[0])
    smooth = to_plane(to_image(soft).filter(ImageFilter.GaussianBlur(ぼかし * px_per_mm)))
    down, right = (np.gradient(smooth, axis=i)[inner] for i in (0, 1))
    weight = down**2 + right**2
    quarter = np.degrees(np.arctan2(down, right)) % 90
    counts, _ = np.histogram(quarter, bins=180, range=(0, 90), weights=weight)
    share = counts / max(float(counts.sum()), 1e-9)
    around = np.sum([np.roll(share, k) for k in range(-線の揃う幅, 線の揃う幅 + 1)], axis=0)
    peak = int(np.argmax(around))
    near = np.arange(peak - 線の揃う幅, peak + 線の揃う幅 + 1)
    degrees = float((share[near % 180] * (near + 0.5)).sum() / share[near % 180].sum()) / 2
    return degrees - 90 * round(degrees / 90), float(around[peak])
