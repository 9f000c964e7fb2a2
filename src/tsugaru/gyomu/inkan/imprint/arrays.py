"""画像処理で使う配列の呼び名と、0〜1 の面を Pillow の画像と行き来する道具。

座標は画像のもの（x は右、y は下）。面は float32、紙が 0、濃い墨や朱が 1。
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

Mask = npt.NDArray[np.bool_]
Plane = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
Points = npt.NDArray[np.float64]


def to_image(plane: Plane) -> Image.Image:
    """0〜1 の面を 8 bit 濃淡の画像にする。"""
    return Image.fromarray(np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8))


def to_plane(image: Image.Image) -> Plane:
    """8 bit 濃淡の画像を 0〜1 の面にする。"""
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def to_mask_image(mask: Mask) -> Image.Image:
    """真偽の面を 0/255 の画像にする。"""
    return Image.fromarray(mask.astype(np.uint8) * np.uint8(255))
