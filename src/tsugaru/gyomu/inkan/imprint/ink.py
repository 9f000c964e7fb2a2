"""紙の明るさと色のむらを除き、朱と黒の濃さに分ける。

影は幅 10 mm より広い暗がりとして紙の明るさに含め、それより細いものを墨とみなす。
朱は赤い光をほとんど吸わないので、緑の濃さと赤の濃さの差の割合（彩り）で黒と見分ける。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Pixels, Plane, to_plane

影の最小幅 = 10.0
紙の升目 = 0.5
朱の彩り = 0.3


@dataclass(frozen=True)
class Ink:
    """濃さは 0〜1（紙が 0）。朱は赤い墨である画素（紙でも雑音で立つので濃さと併せて使う）。"""

    density: Plane
    red: Mask


def separate(pixels: Pixels, px_per_mm: float) -> Ink:
    """RGB を濃さと色に分ける。px_per_mm は 1 mm の画素数。"""
    paper = _paper_light(pixels, px_per_mm)
    lit: Plane = (pixels / np.maximum(paper, np.float32(1))[..., None]).astype(np.float32)
    share = lit / _paper_colour(lit)
    red, green, blue = (1 - np.clip(share[..., i], 0, 1) for i in range(3))
    vivid = green - red > 朱の彩り * np.maximum(green, np.float32(0.05))
    # 青の面は JPEG で粗く間引かれるので、緑より濃いときだけ少し加える。
    density = np.maximum(green, (green + blue) / 2 * np.float32(0.9))
    return Ink(density.astype(np.float32), vivid & (blue > red))


def _paper_light(pixels: Pixels, px_per_mm: float) -> Plane:
    """画素ごとの紙の明るさ（0〜255）。升目ごとに均し、墨の暗がりを閉じて埋める。"""
    step = max(1, round(px_per_mm * 紙の升目))
    small = Image.fromarray(pixels.max(axis=2)).reduce(step)
    window = 2 * round(影の最小幅 / 紙の升目 / 2) + 1
    closed = _rank(_rank(small, window, ImageFilter.MaxFilter), window, ImageFilter.MinFilter)
    smooth = closed.filter(ImageFilter.GaussianBlur(1))
    size = (pixels.shape[1], pixels.shape[0])
    light: Plane = to_plane(smooth.resize(size, Image.Resampling.BILINEAR)) * np.float32(255)
    return light


def _rank(
    image: Image.Image, window: int, kind: type[ImageFilter.MaxFilter] | type[ImageFilter.MinFilter]
) -> Image.Image:
    """大きな窓を 5 画素の窓の繰り返しで作る（Pillow の窓は面積に比例して遅い）。"""
    for _ in range(window // 4):
        image = image.filter(kind(5))
    return image


def _paper_colour(share: Plane) -> Plane:
    """紙の色。明るい画素の中央値を白とみなす。"""
    bright = share[share.max(axis=2) > 0.9]
    if not len(bright):
        return np.ones(3, dtype=np.float32)
    colour: Plane = np.clip(np.median(bright[:: max(1, len(bright) // 100_000)], axis=0), 0.3, 1.2)
    return colour.astype(np.float32)


def ink_level(density: Plane, region: Mask) -> float:
    """墨の濃さの代表（大津の方法で紙と分けた墨の中央値）。墨がなければ 0。"""
    values = density[region]
    inked = values[values > otsu(values)]
    return float(np.median(inked)) if len(inked) else 0.0


def otsu(values: Plane) -> float:
    """紙と墨を最もよく分ける濃さ（判別分析法、256 段）。"""
    counts, edges = np.histogram(values, bins=256, range=(0, 1))
    centres = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    total = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = total / below - (total[-1] - total) / above
    spread = np.where((below > 0) & (above > 0), below * above * np.nan_to_num(gap) ** 2, -1.0)
    return float(centres[int(np.argmax(spread))])
