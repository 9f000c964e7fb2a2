"""二つの印影を重ね、職員が見比べるための図と似かよりの数を作る。

同じ印かどうかを決めるのは職員である。似かよりは目安で、この値による自動の判定に使わない。
朱肉の量や押し方で線は太りも欠けもするので、0.2 mm までのずれは一致とみなして数える。
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Plane, to_mask_image, to_plane
from tsugaru.gyomu.inkan.imprint.model import 仕上がり解像度
from tsugaru.gyomu.inkan.imprint.morphology import dilate
from tsugaru.kernel.errors import 業務エラー

粗い縮め = 4
回転の幅 = 10.0
ずれの許し = 5
最大の辺 = 1500

_両方, _一方だけ, _他方だけ, _紙 = (40, 40, 40), (0, 90, 200), (230, 120, 0), (255, 255, 255)


@dataclass(frozen=True)
class 重ね合わせ:
    """画像は PNG（濃灰が両方、青が a だけ、橙が b だけ）。

    似かよりは千分率、回転は b を時計回りに回した角度（1/100 度）。
    """

    画像: bytes
    似かより: int
    回転: int


def 照合用重ね合わせ(a: bytes, b: bytes) -> 重ね合わせ:
    """印影の画像（印影を取り出す が返す PNG）二つを、縮尺を変えずに重ねる。

    b を ±10 度まで回し、平行に動かして最もよく重なる所を選ぶ。エラー: IN-0833 取り出した印影の画像でない。
    """
    一方, 他方 = _読む(a), _読む(b)
    辺 = -(-max(*一方.shape, *他方.shape) * 3 // 128) * 64  # 長辺の 1.5 倍を 64 の倍数に切り上げる
    一方, 他方 = _中央に置く(一方, 辺), _中央に置く(他方, 辺)
    粗い = _最もよい回転(_縮める(一方), _縮める(他方), np.arange(-回転の幅, 回転の幅 + 1, 1.0))
    角 = _最もよい回転(_縮める(一方), _縮める(他方), 粗い + np.arange(-1, 1.01, 0.25))
    回した = _回す(to_mask_image(他方), 角) > 0.5
    動かした = _動かす(回した, *_ずれ(一方, 回した))
    return 重ね合わせ(_図(一方, 動かした), _似かより(一方, 動かした), round(角 * 100))


def _読む(png: bytes) -> Mask:
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.mode != "1" or max(image.size) > 最大の辺 or not _実寸(image):
                raise _印影でない()
            墨: Mask = ~np.asarray(image, dtype=np.bool_)
    except (OSError, ValueError, SyntaxError) as e:
        raise _印影でない() from e
    if not 墨.any():
        raise _印影でない()
    return 墨


def _実寸(image: Image.Image) -> bool:
    return all(round(float(v)) == 仕上がり解像度 for v in image.info.get("dpi", (0, 0)))


def _印影でない() -> 業務エラー:
    return 業務エラー(
        "IN-0833",
        "重ね合わせる画像が、取り出した印影の画像（600dpiの白黒）ではありません。",
        "登録原票の印影と、同じ方法で取り出した印影を選んでください。",
        項目="印影",
    )


def _中央に置く(墨: Mask, 辺: int) -> Mask:
    上, 左 = (辺 - 墨.shape[0]) // 2, (辺 - 墨.shape[1]) // 2
    return np.pad(墨, ((上, 辺 - 墨.shape[0] - 上), (左, 辺 - 墨.shape[1] - 左)))


def _縮める(墨: Mask) -> Image.Image:
    return to_mask_image(墨).reduce(粗い縮め)


def _回す(墨: Image.Image, 度: float) -> Plane:
    return to_plane(墨.rotate(-度, Image.Resampling.BICUBIC))


def _最もよい回転(一方: Image.Image, 他方: Image.Image, 角度: np.typing.NDArray[np.float64]) -> float:
    """補間でぼけた分だけ不利にならないよう、重なりを回した面の大きさで割って比べる。"""
    基準 = to_plane(一方)
    回した = [_回す(他方, float(度)) for 度 in 角度]
    重なり = [_相関(基準, 面).max() / float(np.linalg.norm(面)) for 面 in 回した]
    return float(角度[int(np.argmax(重なり))])


def _相関(一方: Plane, 他方: Plane) -> np.typing.NDArray[np.float64]:
    """動かし方ごとに重なる画素数（巡回。余白があるので端は回り込まない）。"""
    形 = 一方.shape
    積 = np.fft.rfft2(一方) * np.conj(np.fft.rfft2(他方))
    return np.asarray(np.fft.irfft2(積, s=形), dtype=np.float64)


def _ずれ(一方: Mask, 他方: Mask) -> tuple[int, int]:
    相関 = _相関(一方.astype(np.float32), 他方.astype(np.float32))
    行, 列 = np.unravel_index(int(np.argmax(相関)), 相関.shape)
    return int(行), int(列)


def _動かす(墨: Mask, 下: int, 右: int) -> Mask:
    return np.roll(墨, (下, 右), axis=(0, 1))


def _似かより(一方: Mask, 他方: Mask) -> int:
    """互いの墨のうち、相手の墨から 0.2 mm 以内にある画素の割合（千分率）。"""
    合う = int((一方 & dilate(他方, ずれの許し, ずれの許し)).sum())
    合う += int((他方 & dilate(一方, ずれの許し, ずれの許し)).sum())
    return 合う * 1000 // int(一方.sum() + 他方.sum())


def _図(一方: Mask, 他方: Mask) -> bytes:
    色 = np.array([_紙, _一方だけ, _他方だけ, _両方], dtype=np.uint8)
    面 = 色[一方.astype(np.uint8) + 2 * 他方.astype(np.uint8)]
    行, 列 = np.nonzero((一方 | 他方).any(axis=1))[0], np.nonzero((一方 | 他方).any(axis=0))[0]
    切った = 面[max(0, 行[0] - 24) : 行[-1] + 25, max(0, 列[0] - 24) : 列[-1] + 25]
    buffer = io.BytesIO()
    Image.fromarray(切った).save(buffer, "PNG", dpi=(仕上がり解像度, 仕上がり解像度))
    return buffer.getvalue()
