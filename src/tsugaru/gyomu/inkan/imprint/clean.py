"""見つけた印影から、印の墨だけを濃さの面として取り出す。

罫線や署名と重なった画素は印の墨か分からない。線を挟む両側に印の墨があるときだけ補い、補ったことを知らせる。
欠けは補わない。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Pixels, Plane, to_mask_image
from tsugaru.gyomu.inkan.imprint.hull import convex_hull
from tsugaru.gyomu.inkan.imprint.ink import Ink, ink_level, separate
from tsugaru.gyomu.inkan.imprint.locate import Candidate, filled
from tsugaru.gyomu.inkan.imprint.model import 印肉の色
from tsugaru.gyomu.inkan.imprint.morphology import close, dilate, label, select

補う幅 = 0.5
塵の面積 = 0.02
外に残す面積 = 0.3
知らせる重なり = 0.3
最低の濃さ = 0.1


@dataclass(frozen=True)
class Cleaned:
    """濃さ（0〜1、0.5 が墨の境）と墨の画素。level は元の濃さの代表、crossed は別の線と重なる面積（mm²）。"""

    soft: Plane
    mask: Mask
    level: float
    crossed: float


def clean(pixels: Pixels, px_per_mm: float, found: Candidate) -> Cleaned:
    """印影のまわりの画素から印の墨を取り出す。"""
    left, top, right, bottom = found.box
    roi = pixels[top:bottom, left:right]
    ink = separate(roi, px_per_mm)
    region = _enlarged(found.region, roi)
    own, other = _split(ink, found, roi, region)
    level = max(ink_level(np.where(other, np.float32(0), ink.density), region), 最低の濃さ)
    inked = ink.density > level / 2
    patch = inked & region & other & _between(inked & own & region, px_per_mm)
    mask = _solid((inked & own & region) | patch, px_per_mm)
    soft = np.where(dilate(mask, 1, 1) & ~(other & ~patch), ink.density / np.float32(level), 0)
    soft = np.where(patch, np.float32(1), soft)
    crossed = float((inked & other & _inside(mask)).sum()) / px_per_mm**2 if mask.any() else 0.0
    return Cleaned(np.clip(soft, 0, 1).astype(np.float32), mask, level, crossed)


def _inside(mask: Mask) -> Mask:
    return filled(convex_hull(mask), mask.shape[1], mask.shape[0])


def _enlarged(mask: Mask, roi: Pixels) -> Mask:
    size = (roi.shape[1], roi.shape[0])
    return np.asarray(to_mask_image(mask).resize(size, Image.Resampling.NEAREST)) > 127


def _split(ink: Ink, found: Candidate, roi: Pixels, region: Mask) -> tuple[Mask, Mask]:
    """印と同じ色の画素と、それを横切る別の墨（朱なら黒い墨、黒なら罫線と朱）の画素。"""
    if found.colour is 印肉の色.朱:
        own = ink.red
        other = ~own & (ink.density > max(ink_level(ink.density, region) / 2, 最低の濃さ))
    else:
        other = _enlarged(found.lines, roi) | (ink.red & (ink.density > 0.2))
        own = ~other
    return own, other


def _between(own: Mask, px_per_mm: float) -> Mask:
    """縦または横の両側 0.5 mm 以内を印の墨に挟まれた画素。"""
    reach = max(1, round(補う幅 * px_per_mm))
    return close(own, 0, reach) | close(own, reach, 0)


def _solid(mask: Mask, px_per_mm: float) -> Mask:
    """塵を除く。小さな点は、大きな部分の凸包の内にあるときだけ字の一部として残す。"""
    labels, components = label(mask)
    unit = px_per_mm**2
    large = [c for c in components if c.area >= 外に残す面積 * unit]
    if not large:
        return mask
    body = select(labels, large)
    inside = dilate(_inside(body), 1, 1)
    small = select(labels, [c for c in components if 塵の面積 * unit <= c.area < 外に残す面積 * unit])
    solid: Mask = body | (small & inside)
    return solid
