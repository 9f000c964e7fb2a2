"""画像の中から印影を一つ見つける。朱を先に探し、なければ黒を探す。

印影らしさは、墨の集まりの大きさ（朱 4〜45 mm、黒 6〜45 mm）と、凸包に沿って墨がある割合で見る。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Pixels, Plane, Points
from tsugaru.gyomu.inkan.imprint.hull import area, convex_hull
from tsugaru.gyomu.inkan.imprint.ink import separate
from tsugaru.gyomu.inkan.imprint.lines import ruled
from tsugaru.gyomu.inkan.imprint.model import 印肉の色
from tsugaru.gyomu.inkan.imprint.morphology import Component, dilate, label, select
from tsugaru.kernel.errors import 業務エラー

探す細かさ = 5.5
最大の辺 = 45.0
最小の辺 = {印肉の色.朱: 4.0, 印肉の色.黒: 6.0}  # 黒は活字と紛れる
最大の縦横比 = 2.2
縁のある割合 = 0.6
黒の縁のある割合 = 0.75
黒の詰まり = 0.12
まわり = 6.0
集まりの隙間 = {印肉の色.朱: 1.0, 印肉の色.黒: 0.6}


@dataclass(frozen=True)
class Candidate:
    """見つけた印影。box は左・上・右・下（元の画素、まわり 6 mm を含む）、面は box の中を縮めたもの。"""

    box: tuple[int, int, int, int]
    region: Mask
    lines: Mask
    colour: 印肉の色
    rim: float


@dataclass(frozen=True)
class _Sheet:
    mask: Mask
    lines: Mask
    px_per_mm: float
    factor: int
    colour: 印肉の色


def locate(pixels: Pixels, px_per_mm: float) -> Candidate:
    """印影を一つ見つける。エラー: IN-0821 見つからない、IN-0822 二つ以上ある。"""
    factor = max(1, int(px_per_mm / 探す細かさ))
    small = np.asarray(Image.fromarray(pixels).reduce(factor))
    scale = px_per_mm / factor
    ink = separate(small, scale)
    for colour in 印肉の色:
        mask = _sheet_mask(ink.density, ink.red, colour)
        lines = ruled(mask, scale) if colour is 印肉の色.黒 else np.zeros_like(mask)
        sheet = _Sheet(_without_specks(mask & ~lines, scale), lines, scale, factor, colour)
        candidates = _candidates(sheet, pixels.shape[1], pixels.shape[0])
        if candidates:
            return _only(candidates)
    raise 業務エラー(
        "IN-0821",
        "印影を見つけられません（朱・黒とも、45mmまでの縁のある形がありません）。",
        "印影を鮮明に押し直して読み取るか、画面で印影のまわりを囲んでください。",
        項目="印影",
    )


def _only(candidates: list[Candidate]) -> Candidate:
    if len(candidates) > 1:
        raise 業務エラー(
            "IN-0822",
            f"印影らしいものが{len(candidates)}個あり、一つに決められません。",
            "画面で登録する印影のまわりを囲んでください。",
            項目="範囲",
        )
    return candidates[0]


def _sheet_mask(density: Plane, red: Mask, colour: 印肉の色) -> Mask:
    return (density > 0.2) & red if colour is 印肉の色.朱 else (density > 0.3) & ~red


def _without_specks(mask: Mask, px_per_mm: float) -> Mask:
    labels, components = label(mask)
    return select(labels, [c for c in components if c.area >= 0.1 * px_per_mm**2])


def _candidates(sheet: _Sheet, width: int, height: int) -> list[Candidate]:
    """印影らしいもの。縁のあるものがあればそれだけを、朱で一つしかなければ縁がなくても返す。"""
    boxes = _clusters(sheet)
    rims = [_rim(sheet, box) for box in boxes]
    enough = 縁のある割合 if sheet.colour is 印肉の色.朱 else 黒の縁のある割合
    rimmed = [(b, r) for b, r in zip(boxes, rims, strict=True) if r >= enough]
    if not rimmed and sheet.colour is 印肉の色.朱 and len(boxes) == 1:
        rimmed = [(boxes[0], rims[0])]
    return [_candidate(sheet, box, rim, width, height) for box, rim in rimmed]


def _clusters(sheet: _Sheet) -> list[Component]:
    """近い墨をまとめ、印影の大きさのものを選ぶ。別の集まりの内にあるものは、その一部とみなす。"""
    reach = max(1, round(集まりの隙間[sheet.colour] * sheet.px_per_mm))
    _, grown = label(dilate(sheet.mask, reach, reach))
    low, high = (辺 * sheet.px_per_mm + 2 * reach for 辺 in (最小の辺[sheet.colour], 最大の辺))
    fitting = [c for c in grown if low <= min(c.width, c.height) and max(c.width, c.height) <= high]
    outer = [_shrunk(sheet, c, reach) for c in fitting if not any(_inside(c, o) for o in fitting)]
    return [c for c in outer if max(c.width, c.height) <= 最大の縦横比 * min(c.width, c.height)]


def _inside(one: Component, other: Component) -> bool:
    x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
    return one.area < other.area and other.left < x < other.right and other.top < y < other.bottom


def _shrunk(sheet: _Sheet, c: Component, reach: int) -> Component:
    """太らせた分を戻した範囲（紙の端で切れた側は戻さない）。"""
    rows, columns = np.nonzero(sheet.mask[c.top : c.bottom, c.left : c.right])
    left, top = c.left + int(columns.min()), c.top + int(rows.min())
    right, bottom = c.left + int(columns.max()) + 1, c.top + int(rows.max()) + 1
    return Component(c.number, left, top, right, bottom, len(rows))


def _hull(sheet: _Sheet, box: Component) -> Points:
    hull = convex_hull(sheet.mask[box.top : box.bottom, box.left : box.right])
    shifted: Points = hull + np.array([box.left, box.top])
    return shifted


def _rim(sheet: _Sheet, box: Component) -> float:
    """凸包に沿って墨がある割合。黒で中がほとんど空の四角（記入欄など）は 0 とする。"""
    hull = _hull(sheet, box)
    if sheet.colour is 印肉の色.黒 and box.area < 黒の詰まり * area(hull):
        return 0.0
    return rim_share(sheet.mask, hull, sheet.px_per_mm)


def rim_share(mask: Mask, hull: Points, px_per_mm: float) -> float:
    """凸包の辺を 0.2 mm ごとに見て、0.6 mm 以内に墨がある割合。"""
    near = max(1, round(0.6 * px_per_mm))
    thick = dilate(mask, near, near)
    sides = np.linalg.norm(np.roll(hull, -1, axis=0) - hull, axis=1)
    at = np.arange(0, sides.sum(), 0.2 * px_per_mm)
    stops = np.concatenate([[0.0], np.cumsum(sides)])
    closed = np.vstack([hull, hull[:1]])
    columns, rows = (
        np.clip(np.interp(at, stops, closed[:, i]).astype(int), 0, mask.shape[1 - i] - 1) for i in (0, 1)
    )
    return float(thick[rows, columns].mean())


def _candidate(sheet: _Sheet, box: Component, rim: float, width: int, height: int) -> Candidate:
    pad = round(まわり * sheet.px_per_mm)
    left, top = max(0, box.left - pad), max(0, box.top - pad)
    right = min(sheet.mask.shape[1], box.right + pad)
    bottom = min(sheet.mask.shape[0], box.bottom + pad)
    region = filled(_hull(sheet, box) - np.array([left, top]), right - left, bottom - top)
    reach = max(1, round(0.5 * sheet.px_per_mm))
    f = sheet.factor
    place = (left * f, top * f, min(right * f, width), min(bottom * f, height))
    lines = dilate(sheet.lines[top:bottom, left:right], 1, 1)
    return Candidate(place, dilate(region, reach, reach), lines, sheet.colour, rim)


def filled(hull: Points, width: int, height: int) -> Mask:
    """多角形の内側を塗った面。"""
    image = Image.new("1", (width, height))
    ImageDraw.Draw(image).polygon([(float(x), float(y)) for x, y in hull], fill=1)
    return np.asarray(image, dtype=np.bool_)
