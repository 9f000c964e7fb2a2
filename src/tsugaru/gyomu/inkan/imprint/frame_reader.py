"""写真の中の基準枠を見つけ、正面から見た実寸の画像に直す。

二重の四角（外の輪と内の四角が同じ中心を持つ）を連結成分から探し、枠の形に最も合う四つを選ぶ。
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from PIL import Image, ImageFilter

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Pixels, Plane, Points, to_plane
from tsugaru.gyomu.inkan.imprint.frame import 単位, 印の一辺, 基準枠, 目印の位置
from tsugaru.gyomu.inkan.imprint.morphology import Component, label
from tsugaru.kernel.errors import 業務エラー

探す長辺 = 2000
正面の画素毎ミリ = 24.0


@dataclass(frozen=True)
class 正面の画像:
    """枠の印を除いた内側の画素と縮尺。元の画素毎ミリは、元の画像で最も粗い辺のもの。"""

    画素: Pixels
    画素毎ミリ: float
    元の画素毎ミリ: float


@dataclass(frozen=True)
class _Mark:
    x: float
    y: float
    size: float


def 枠を正面から見る(画素: Pixels, 枠: 基準枠) -> 正面の画像:
    """四隅の印から射影の歪みを直す。エラー: IN-0815 四隅の印か天地の目印が見つからない。"""
    明るさ = Image.fromarray(画素).convert("L")
    縮め = max(1, math.ceil(max(明るさ.size) / 探す長辺))
    四隅 = _best_corners(_marks(_dark(to_plane(明るさ.reduce(縮め)))), 枠)
    if 四隅 is None:
        raise _枠がない()
    隅 = _upright(to_plane(明るさ), 四隅 * 縮め, 枠)
    return 正面の画像(_inside(画素, 隅, 枠), 正面の画素毎ミリ, _coarsest(隅, 枠))


def _枠がない() -> 業務エラー:
    return 業務エラー(
        "IN-0815",
        "基準枠の四隅の印を確かめられません。",
        "四隅の印が影や指で隠れないように、用紙の真上から撮り直してください。",
        項目="印影",
    )


def _dark(plane: Plane) -> Mask:
    """まわりより暗い画素（影の中でも働くよう、広い平均と比べる）。"""
    window = max(plane.shape) // 16
    image = Image.fromarray((plane * 255).astype(np.uint8))
    around = to_plane(image.filter(ImageFilter.BoxBlur(window)))
    dark: Mask = plane < around * np.float32(0.72)
    return dark


def _marks(dark: Mask) -> list[_Mark]:
    """同じ中心を持つ輪と四角の組。"""
    _, components = label(dark)
    sizeable = [c for c in components if c.area >= 20 and 0.5 <= c.width / c.height <= 2]
    rings = [c for c in sizeable if c.area < 0.72 * c.width * c.height and c.width >= 14]
    cores = [c for c in sizeable if c.area > 0.4 * c.width * c.height]
    found = []
    for ring in rings:
        inner = [core for core in cores if _nested(ring, core)]
        if len(inner) == 1:
            found.append(_mark(ring, inner[0]))
    return found


def _mark(ring: Component, core: Component) -> _Mark:
    """中心は輪と四角の外接長方形の中心の平均、一辺は面積（33 単位四方）から求める。"""
    x = (ring.left + ring.right + core.left + core.right) / 4 - 0.5
    y = (ring.top + ring.bottom + core.top + core.bottom) / 4 - 0.5
    return _Mark(x, y, 7 * math.sqrt((ring.area + core.area) / 33))


def _nested(ring: Component, core: Component) -> bool:
    inside = ring.left < core.left and ring.top < core.top
    inside &= core.right < ring.right and core.bottom < ring.bottom
    off = abs(ring.left + ring.right - core.left - core.right) / 2 / ring.width
    off = max(off, abs(ring.top + ring.bottom - core.top - core.bottom) / 2 / ring.height)
    return inside and off < 0.1 and 1.5 < ring.area / core.area < 4.5


def _best_corners(marks: list[_Mark], 枠: 基準枠) -> Points | None:
    """枠の形に最も合う四つの印を、画像の上で時計回りに並べる。"""
    largest = sorted(marks, key=lambda m: -m.size)[:10]
    scored = [(_misfit(four, 枠), _clockwise(four)) for four in combinations(largest, 4)]
    fitting = [s for s in scored if s[0] < 1]
    return min(fitting, key=lambda s: s[0])[1] if fitting else None


def _clockwise(four: tuple[_Mark, ...]) -> Points:
    points = np.array([(m.x, m.y) for m in four])
    offset = points - points.mean(axis=0)
    clockwise: Points = points[np.argsort(np.arctan2(offset[:, 1], offset[:, 0]))]
    return clockwise


def _misfit(four: tuple[_Mark, ...], 枠: 基準枠) -> float:
    """印の大きさの揃い方と、辺 ÷ 印の比の枠とのずれ。1 未満なら枠とみなす。"""
    sizes = [m.size for m in four]
    corners = _clockwise(four)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1) / np.mean(sizes)
    wanted = np.array([枠.幅, 枠.高さ, 枠.幅, 枠.高さ]) / 印の一辺
    off = min(float(np.abs(np.log(sides / np.roll(wanted, k))).max()) for k in (0, 1))
    return max(off / 0.35, math.log(max(sizes) / min(sizes)) / 0.5)


def _upright(plane: Plane, corners: Points, 枠: 基準枠) -> Points:
    """天地の目印が左上の右隣に来る向きに、四隅を並べ直す。"""
    turned = [np.roll(corners, -k, axis=0) for k in range(4)]
    shown = [_tag_contrast(plane, c, 枠) for c in turned]
    best = int(np.argmax(shown))
    if shown[best] < 0.25 or sorted(shown)[-2] > shown[best] / 2:
        raise _枠がない()
    return turned[best]


def _tag_contrast(plane: Plane, corners: Points, 枠: 基準枠) -> float:
    """目印があるはずの所が、上隣の余白よりどれだけ暗いか（明るさの比）。"""
    matrix = _homography(_destination(枠), corners)
    tag, blank = (_look(plane, matrix, 目印の位置 / 100, y) for y in (0.0, 印の一辺 / 2 / 100))
    return 1 - tag / max(blank, 0.01)


def _look(plane: Plane, matrix: Points, x: float, y: float) -> float:
    reach = 単位 / 100
    grid = np.linspace(-reach, reach, 5)
    points = np.array([(x + i, y + j, 1.0) for i in grid for j in grid]) @ matrix.T
    columns = np.clip(np.rint(points[:, 0] / points[:, 2]), 0, plane.shape[1] - 1).astype(int)
    rows = np.clip(np.rint(points[:, 1] / points[:, 2]), 0, plane.shape[0] - 1).astype(int)
    return float(plane[rows, columns].mean())


def _destination(枠: 基準枠) -> Points:
    """左上・右上・右下・左下の印の中心（mm）。"""
    幅, 高さ = 枠.幅 / 100, 枠.高さ / 100
    return np.array([(0.0, 0.0), (幅, 0.0), (幅, 高さ), (0.0, 高さ)])


def _homography(source: Points, target: Points) -> Points:
    """四点を四点へ移す 3×3 の射影変換。"""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solution = np.linalg.solve(np.array(rows), target.reshape(-1))
    return np.append(solution, 1.0).reshape(3, 3)


def _inside(画素: Pixels, corners: Points, 枠: 基準枠) -> Pixels:
    """四隅の印の内側（印から 0.7 mm 離す）だけを実寸の画像にする。"""
    縁 = (印の一辺 / 2 + 単位) / 100
    place = np.array([[1 / 正面の画素毎ミリ, 0, 縁], [0, 1 / 正面の画素毎ミリ, 縁], [0, 0, 1]])
    matrix = _homography(_destination(枠), corners + 0.5) @ place
    matrix /= matrix[2, 2]
    size = tuple(round((辺 / 100 - 2 * 縁) * 正面の画素毎ミリ) for 辺 in (枠.幅, 枠.高さ))
    image = Image.fromarray(画素).transform(
        (size[0], size[1]),
        Image.Transform.PERSPECTIVE,
        tuple(float(v) for v in matrix.reshape(-1)[:8]),
        Image.Resampling.BICUBIC,
    )
    return np.asarray(image)


def _coarsest(corners: Points, 枠: 基準枠) -> float:
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return float((sides / (np.array([枠.幅, 枠.高さ, 枠.幅, 枠.高さ]) / 100)).min())
