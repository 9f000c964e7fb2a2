"""真偽の面の膨張・収縮と連結成分（NumPy だけで書く）。

膨張は正方形の窓で行い、窓の大きさによらず画素数に比例する時間で終わる。
連結成分は横の連なり（run）をつなぐ方法で、斜めも隣とみなす（8 近傍）。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsugaru.gyomu.inkan.imprint.arrays import Labels, Mask


@dataclass(frozen=True)
class Component:
    """一つの連結成分。番号は 1 から、範囲は左・上・右・下（右と下は含まない）、面積は画素数。"""

    number: int
    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def width(self) -> int:
        """横の画素数。"""
        return self.right - self.left

    @property
    def height(self) -> int:
        """縦の画素数。"""
        return self.bottom - self.top


def dilate(mask: Mask, x: int, y: int) -> Mask:
    """横に x、縦に y 画素だけ太らせる。"""
    return _spread(_spread(mask, x).T, y).T


def erode(mask: Mask, x: int, y: int) -> Mask:
    """横に x、縦に y 画素だけ痩せさせる。画像の外は墨とみなす（端を削らない）。"""
    return ~dilate(~mask, x, y)


def close(mask: Mask, x: int, y: int) -> Mask:
    """横 2x・縦 2y 画素までの隙間を埋める。"""
    padded = np.pad(mask, ((y, y), (x, x)))
    closed = erode(dilate(padded, x, y), x, y)
    return closed[y : closed.shape[0] - y, x : closed.shape[1] - x]


def _spread(mask: Mask, reach: int) -> Mask:
    if reach <= 0:
        return mask
    width = mask.shape[1]
    total = np.zeros((mask.shape[0], width + 1), dtype=np.int32)
    np.cumsum(mask, axis=1, out=total[:, 1:])
    columns = np.arange(width)
    right = np.minimum(columns + reach + 1, width)
    left = np.maximum(columns - reach, 0)
    spread: Mask = total[:, right] > total[:, left]
    return spread


def label(mask: Mask) -> tuple[Labels, list[Component]]:
    """連結成分に 1 からの番号を振る。面（墨のない画素は 0）と、番号順の成分を返す。"""
    rows, starts, ends = _runs(mask)
    roots = _join(len(rows), *_touching(rows, starts, ends, mask.shape[1]))
    numbers: Labels = np.unique(roots, return_inverse=True)[1].astype(np.int32) + np.int32(1)
    labels = np.zeros(mask.shape, dtype=np.int32)
    labels[mask] = np.repeat(numbers, ends - starts)
    return labels, _components(numbers, rows, starts, ends)


def select(labels: Labels, components: list[Component]) -> Mask:
    """選んだ成分の画素だけの面。"""
    wanted = np.zeros(int(labels.max(initial=0)) + 1, dtype=np.bool_)
    wanted[[c.number for c in components]] = True
    return wanted[labels]


def _runs(mask: Mask) -> tuple[Labels, Labels, Labels]:
    """行ごとの連なり。行・始まり・終わり（含まない）を、行、始まりの順に並べる。"""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return rows.astype(np.int32), starts.astype(np.int32), ends.astype(np.int32)


def _touching(rows: Labels, starts: Labels, ends: Labels, width: int) -> tuple[Labels, Labels]:
    """上の行の連なりと（斜めを含めて）触れる組。"""
    stride = width + 2
    first = np.searchsorted(rows * np.int64(stride) + ends, (rows - 1) * np.int64(stride) + starts, "left")
    last = np.searchsorted(rows * np.int64(stride) + starts, (rows - 1) * np.int64(stride) + ends, "right")
    count = np.maximum(last - first, 0)
    lower = np.repeat(np.arange(len(rows)), count)
    step = np.arange(len(lower)) - np.repeat(np.cumsum(count) - count, count)
    return lower.astype(np.int32), (np.repeat(first, count) + step).astype(np.int32)


def _join(count: int, one: Labels, other: Labels) -> Labels:
    """組を辿って同じ成分に同じ根を与える（小さい番号へ寄せ、道を半分に縮める）。"""
    root = np.arange(count, dtype=np.int32)
    while len(one):
        a, b = root[one], root[other]
        if np.array_equal(a, b):
            break
        low = np.minimum(a, b)
        np.minimum.at(root, a, low)
        np.minimum.at(root, b, low)
        root = root[root]
    while not np.array_equal(root, root[root]):
        root = root[root]
    return root


def _components(numbers: Labels, rows: Labels, starts: Labels, ends: Labels) -> list[Component]:
    count = int(numbers.max(initial=0)) + 1
    left = np.full(count, np.iinfo(np.int32).max)
    top, right, bottom = left.copy(), np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    np.minimum.at(left, numbers, starts)
    np.minimum.at(top, numbers, rows)
    np.maximum.at(right, numbers, ends)
    np.maximum.at(bottom, numbers, rows + 1)
    area = np.bincount(numbers, weights=ends - starts, minlength=count)
    return [
        Component(n, int(left[n]), int(top[n]), int(right[n]), int(bottom[n]), int(area[n]))
        for n in range(1, count)
    ]
