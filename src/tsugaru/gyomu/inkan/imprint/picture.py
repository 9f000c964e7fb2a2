"""届いたファイルを、信用せずに画像として読む。

PNG・JPEG・TIFF の一枚の静止画だけを、10 MB・5,000 万画素まで受け取る。種類は名前でなく中身で見る。
写真機の複数画像（MPO）は JPEG として届くので、先頭の画像だけを使う。
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from tsugaru.gyomu.inkan.imprint.arrays import Pixels
from tsugaru.gyomu.inkan.imprint.model import 範囲
from tsugaru.kernel.errors import 業務エラー

最大バイト数 = 10 * 1024 * 1024
最大画素数 = 50_000_000
最短の辺 = 64

_受け取る形式 = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"II*\0": "TIFF", b"MM\0*": "TIFF"}
_撮影の記録 = (ExifTags.Base.ExposureTime, ExifTags.Base.FNumber, ExifTags.Base.FocalLength)
_読めない = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, ArithmeticError)
_撮り直し = "スキャナーで1枚だけをPNG・JPEG・TIFFのいずれかで保存し直してください。"


@dataclass(frozen=True)
class 読んだ画像:
    """画素は縦×横×3（RGB）。解像度は記録された dpi（横・縦）で、無ければ None。"""

    画素: Pixels
    解像度: tuple[float, float] | None
    写真: bool


def 画像を読む(ファイル: bytes) -> 読んだ画像:
    """ファイルの中身を確かめて読み、撮影の向きを直し、透けた所を白にする。

    エラー: IN-0801 大きさ、IN-0802 種類、IN-0803 画素数、IN-0804 複数画像、IN-0805 壊れたファイル。
    """
    形式 = _形式(ファイル)
    try:
        with Image.open(io.BytesIO(ファイル), formats=[形式]) as image:
            _画素数を確かめる(image)
            _一枚であることを確かめる(image)
            image.load()
            return _整える(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise _画素が多すぎる("5千万画素を大きく超える") from e
    except (UnidentifiedImageError, *_読めない) as e:
        raise 業務エラー(
            "IN-0805", "画像ファイルが壊れているか、途中で切れています。", _撮り直し, 項目="印影"
        ) from e


def 切り取る(画像: 読んだ画像, 囲み: 範囲) -> 読んだ画像:
    """職員が囲んだ四角だけを残す。エラー: IN-0806 四角が画像の外にあるか小さすぎる。"""
    高さ, 幅 = 画像.画素.shape[:2]
    中 = 0 <= 囲み.左 < 囲み.右 <= 幅 and 0 <= 囲み.上 < 囲み.下 <= 高さ
    if not 中 or min(囲み.右 - 囲み.左, 囲み.下 - 囲み.上) < 最短の辺:
        値 = f"左{囲み.左}・上{囲み.上}・右{囲み.右}・下{囲み.下}、画像は{幅}×{高さ}画素"
        raise 業務エラー(
            "IN-0806",
            f"囲んだ範囲が画像の外にあるか、小さすぎます（{値}）。",
            "印影のまわりを少し広めに囲み直してください。",
            項目="範囲",
        )
    return 読んだ画像(画像.画素[囲み.上 : 囲み.下, 囲み.左 : 囲み.右], 画像.解像度, 画像.写真)


def _形式(ファイル: bytes) -> str:
    if not 0 < len(ファイル) <= 最大バイト数:
        raise 業務エラー(
            "IN-0801",
            f"画像ファイルの大きさ（{len(ファイル):,}バイト）を受け取れません。1バイト以上10MB以下です。",
            "印影の部分だけを300〜600dpiで読み取って保存し直してください。",
            項目="印影",
        )
    for 先頭, 形式 in _受け取る形式.items():
        if ファイル.startswith(先頭):
            return 形式
    raise 業務エラー("IN-0802", "PNG・JPEG・TIFFの画像ではありません。", _撮り直し, 項目="印影")


def _画素数を確かめる(image: Image.Image) -> None:
    幅, 高さ = image.size
    if 幅 * 高さ > 最大画素数:
        raise _画素が多すぎる(f"{幅}×{高さ}画素")
    if min(幅, 高さ) < 最短の辺:
        raise 業務エラー(
            "IN-0807",
            f"画像が小さすぎます（{幅}×{高さ}画素）。",
            "300〜600dpiで読み取り直してください。",
            項目="印影",
        )


def _画素が多すぎる(値: str) -> 業務エラー:
    return 業務エラー(
        "IN-0803",
        f"画像の画素が多すぎます（{値}）。5千万画素までです。",
        "印影の部分だけを300〜600dpiで読み取り直してください。",
        項目="印影",
    )


def _一枚であることを確かめる(image: Image.Image) -> None:
    if image.format == "MPO":
        return
    if getattr(image, "is_animated", False):
        raise 業務エラー("IN-0804", "動く画像、または複数ページのファイルです。", _撮り直し, 項目="印影")


def _整える(image: Image.Image) -> 読んだ画像:
    exif = image.getexif()
    撮影 = exif.get_ifd(ExifTags.IFD.Exif)
    解像度 = _解像度(image)
    if 解像度 and exif.get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8):
        解像度 = 解像度[::-1]
    写真 = any(tag in 撮影 for tag in _撮影の記録)
    return 読んだ画像(np.asarray(_色をそろえる(ImageOps.exif_transpose(image))), 解像度, 写真)


def _解像度(image: Image.Image) -> tuple[float, float] | None:
    dpi = image.info.get("dpi")
    if not isinstance(dpi, tuple) or len(dpi) != 2:
        return None
    横, 縦 = float(dpi[0]), float(dpi[1])
    if not (math.isfinite(横) and math.isfinite(縦) and min(横, 縦) > 1):
        return None  # 記録のない TIFF は 1 dpi と読まれる
    return 横, 縦


def _色をそろえる(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        濃淡 = np.asarray(image).astype(np.int64)
        return Image.fromarray(np.clip(濃淡 >> 8, 0, 255).astype(np.uint8)).convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        紙 = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(紙, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")
