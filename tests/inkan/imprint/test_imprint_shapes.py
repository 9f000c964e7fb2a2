"""連結成分・膨張・凸包が、素朴な作りと同じ答えを出すこと。"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tsugaru.gyomu.inkan.imprint.hull import area, convex_hull, extent, long_axis, smallest_square
from tsugaru.gyomu.inkan.imprint.morphology import close, dilate, erode, label, select

面 = arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9)))


def 塗り分ける(mask: np.ndarray) -> set[frozenset[tuple[int, int]]]:
    """8 近傍の塗りつぶし。"""
    残り = {(int(r), int(c)) for r, c in zip(*np.nonzero(mask), strict=True)}
    組 = set()
    while 残り:
        待ち = [残り.pop()]
        仲間 = set(待ち)
        while 待ち:
            r, c = 待ち.pop()
            隣 = {(r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & 残り
            残り -= 隣
            仲間 |= 隣
            待ち += 隣
        組.add(frozenset(仲間))
    return 組


@settings(max_examples=200, deadline=None)
@given(面)
def test_連結成分は塗りつぶしと同じ(mask):
    labels, components = label(mask)
    得た = {frozenset(zip(*map(list, np.nonzero(labels == c.number)), strict=True)) for c in components}
    assert 得た == 塗り分ける(mask)
    for c in components:
        rows, columns = np.nonzero(select(labels, [c]))
        assert (c.left, c.top) == (columns.min(), rows.min())
        assert (c.right, c.bottom, c.area) == (columns.max() + 1, rows.max() + 1, len(rows))


@settings(max_examples=100, deadline=None)
@given(面, st.integers(0, 3), st.integers(0, 3))
def test_膨張は窓の最大_収縮はその裏(mask, x, y):
    広げた = np.pad(mask, ((y, y), (x, x)))
    窓 = np.lib.stride_tricks.sliding_window_view(広げた, (2 * y + 1, 2 * x + 1))
    assert (dilate(mask, x, y) == 窓.any(axis=(2, 3))).all()
    assert (erode(mask, x, y) == ~dilate(~mask, x, y)).all()
    assert (close(mask, x, y) >= mask).all()


@settings(max_examples=100, deadline=None)
@given(面.filter(lambda m: m.any()))
def test_凸包はすべての画素を含む最小の凸の形(mask):
    hull = convex_hull(mask)
    次 = np.roll(hull, -1, axis=0) - hull
    for r, c in zip(*np.nonzero(mask), strict=True):
        for x, y in ((c, r), (c + 1, r), (c, r + 1), (c + 1, r + 1)):
            外積 = 次[:, 0] * (y - hull[:, 1]) - 次[:, 1] * (x - hull[:, 0])
            assert (外積 >= -1e-9).all()
    rows, columns = np.nonzero(mask)
    assert extent(hull, 0) == (np.ptp(columns) + 1, np.ptp(rows) + 1)
    assert mask.sum() <= area(hull) <= (np.ptp(columns) + 1) * (np.ptp(rows) + 1)


@pytest.mark.parametrize("度", [-40, -20, 0, 20, 40])
def test_長方形の長軸と収まる正方形(度):
    t = math.radians(度)
    隅 = np.array([(-30.0, -10.0), (30.0, -10.0), (30.0, 10.0), (-30.0, 10.0)])
    hull = 隅 @ np.array([[math.cos(t), math.sin(t)], [-math.sin(t), math.cos(t)]])
    傾き, 比 = long_axis(hull)
    assert 傾き == pytest.approx(度, abs=1e-6)
    assert 比 == pytest.approx(3.0)
    assert smallest_square(hull) == pytest.approx((60 + 20) / math.sqrt(2), rel=0.005)
