"""凸包と、それを囲む最小の長方形・正方形。

条例の「一辺の長さ何ミリメートルの正方形に収まる」は向きを問わないので、凸包を回して最小の一辺を求める。
"""

from __future__ import annotations

import math

import numpy as np

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Points


def convex_hull(mask: Mask) -> Points:
    """墨の画素の四隅を囲む凸包の頂点（n×2、x・y）。墨は一画素以上あること。"""
    rows = np.nonzero(mask.any(axis=1))[0]
    left = mask[rows].argmax(axis=1)
    right = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
    corners = [np.stack([x, y], axis=1) for x in (left, right) for y in (rows, rows + 1)]
    points = np.unique(np.concatenate(corners).astype(np.float64), axis=0)
    ordered = [(float(x), float(y)) for x, y in points]
    return np.array(_half(ordered) + _half(ordered[::-1]))


def _half(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for x, y in points:
        while len(chain) > 1:
            (ax, ay), (bx, by) = chain[-2:]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain[:-1]


def area(hull: Points) -> float:
    """多角形の面積（画素数）。"""
    x, y = hull[:, 0], hull[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def extent(hull: Points, degrees: float) -> tuple[float, float]:
    """時計回りに degrees 傾いた軸で測った横と縦の長さ。"""
    t = math.radians(degrees)
    along = hull @ np.array([math.cos(t), math.sin(t)])
    across = hull @ np.array([-math.sin(t), math.cos(t)])
    return float(np.ptp(along)), float(np.ptp(across))


def tightest_angle(hull: Points) -> float:
    """最小面積の外接長方形の傾き（時計回り、−45 より大きく 45 度以下）。"""
    sides = np.roll(hull, -1, axis=0) - hull
    angles = {_quarter(math.degrees(math.atan2(y, x))) for x, y in sides}
    return min(sorted(angles, key=abs), key=lambda a: math.prod(extent(hull, a)))


def smallest_square(hull: Points) -> float:
    """凸包が収まる最小の正方形の一辺。半度刻みで回して求める（誤差は一辺の 0.5% 未満）。"""
    return min(max(extent(hull, a / 2)) for a in range(-90, 90))


def long_axis(hull: Points) -> tuple[float, float]:
    """縁の内側の慣性主軸の傾き（縦横の近い方から時計回り、度）と、長軸 ÷ 短軸。"""
    covariance = _covariance(hull)
    values, vectors = np.linalg.eigh(covariance)
    x, y = vectors[:, 1]
    return _quarter(math.degrees(math.atan2(y, x))), math.sqrt(float(values[1]) / max(float(values[0]), 1e-9))


def _covariance(hull: Points) -> Points:
    """多角形を中心からの三角形に分けて足し合わせた二次モーメント。"""
    centre = hull.mean(axis=0)
    a = hull - centre
    b = np.roll(a, -1, axis=0)
    twice = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    mass = twice.sum() / 2
    mean = ((a + b) * twice[:, None]).sum(axis=0) / 6 / mass
    s = a + b
    outer = np.einsum("n,ni,nj->ij", twice, a, a) + np.einsum("n,ni,nj->ij", twice, b, b)
    outer += np.einsum("n,ni,nj->ij", twice, s, s)
    covariance: Points = outer / 24 / mass - np.outer(mean, mean)
    return covariance


def _quarter(degrees: float) -> float:
    """90 度ごとに同じとみなして −45 より大きく 45 以下にする。"""
    turned = math.fmod(degrees, 90)
    if turned > 45:
        return turned - 90
    return turned + 90 if turned <= -45 else turned
