"""走査または写真から、登録する印影を作る。

読む → 縮尺を決める → 見つける → 墨だけにする → 傾きを直す → 600 dpi の白黒に整える、の順に一度だけ通る。
"""

from __future__ import annotations

import hashlib
import io
import math

import numpy as np
from PIL import Image

from tsugaru.gyomu.inkan.imprint.arrays import Mask, Plane, to_image, to_mask_image, to_plane
from tsugaru.gyomu.inkan.imprint.clean import Cleaned, clean, 知らせる重なり
from tsugaru.gyomu.inkan.imprint.frame import 基準枠
from tsugaru.gyomu.inkan.imprint.hull import convex_hull, extent, smallest_square
from tsugaru.gyomu.inkan.imprint.locate import Candidate, locate, rim_share
from tsugaru.gyomu.inkan.imprint.model import 仕上がり解像度, 傾きの直し方, 印影, 範囲, 読取警告
from tsugaru.gyomu.inkan.imprint.picture import 切り取る, 画像を読む
from tsugaru.gyomu.inkan.imprint.scale import 一インチ, 寸法のある画像, 寸法を決める
from tsugaru.gyomu.inkan.imprint.tilt import Tilt, measure_tilt
from tsugaru.kernel.errors import 業務エラー

仕上がり画素毎ミリ = 仕上がり解像度 / 一インチ
余白 = 1.0
薄い濃さ = 0.3
縁の揃い = 0.95


def 印影を取り出す(
    ファイル: bytes, *, 枠: 基準枠 | None = None, 囲み: 範囲 | None = None, 向き: int = 0
) -> 印影:
    """画像ファイルから印影を一つ取り出す。

    枠は、基準枠のある申請書を撮ったときに渡す。囲みは職員が画面で囲んだ四角（元の画像の画素）。
    向きは時計回りに回す角度（0・90・180・270 度）で、逆さに読み取ったときに使う。
    エラー: IN-0801〜IN-0823。大きさの定めは「大きさを確かめる」で見る。
    """
    if 向き not in (0, 90, 180, 270):
        raise 業務エラー(
            "IN-0808",
            f"回す角度（{向き}度）が正しくありません。",
            "0・90・180・270度から選んでください。",
            項目="向き",
        )
    画像 = 画像を読む(ファイル)
    測った = 寸法を決める(画像 if 囲み is None else 切り取る(画像, 囲み), 枠)
    見つけた = locate(測った.画素, 測った.画素毎ミリ)
    墨 = clean(測った.画素, 測った.画素毎ミリ, 見つけた)
    傾き = measure_tilt(墨.soft, 墨.mask, 測った.画素毎ミリ)
    面 = np.rot90(_正す(墨.soft, 傾き.degrees, 測った.画素毎ミリ), -(向き // 90))
    return _印影(面 > 0.5, 測った, 見つけた, 墨, 傾き)


def _正す(soft: Plane, degrees: float, px_per_mm: float) -> Plane:
    """傾きを戻しながら 600 dpi に写す（一度だけ補間する）。"""
    image = to_image(soft)
    縮め = max(1, int(px_per_mm / 仕上がり画素毎ミリ))
    image = image.reduce(縮め)
    倍 = 仕上がり画素毎ミリ * 縮め / px_per_mm
    辺 = math.ceil(math.hypot(*image.size) * 倍)
    c, s = math.cos(math.radians(degrees)) / 倍, math.sin(math.radians(degrees)) / 倍
    x, y = image.width / 2, image.height / 2
    行列 = (c, -s, x - (c - s) * 辺 / 2, s, c, y - (s + c) * 辺 / 2)
    return to_plane(image.transform((辺, 辺), Image.Transform.AFFINE, 行列, Image.Resampling.BICUBIC))


def _印影(墨: Mask, 測った: 寸法のある画像, 見つけた: Candidate, 元: Cleaned, 傾き: Tilt) -> 印影:
    if not 墨.any():
        raise 業務エラー(
            "IN-0823", "印影が薄すぎて読み取れません。", "朱肉を十分に付けて押し直してください。", 項目="印影"
        )
    凸包 = convex_hull(墨)
    横, 縦 = extent(凸包, 0)
    png = _png(_切り出す(墨))
    return 印影(
        画像=png,
        幅=_百分の一ミリ(横),
        高さ=_百分の一ミリ(縦),
        正方形の一辺=_百分の一ミリ(smallest_square(凸包)),
        解像度=仕上がり解像度,
        読取解像度=測った.読取解像度,
        寸法の根拠=測った.根拠,
        傾き=round(傾き.degrees * 100),
        傾きの根拠=傾き.basis,
        印肉=見つけた.colour,
        警告=測った.警告 + _警告(元, 傾き, rim_share(墨, 凸包, 仕上がり画素毎ミリ)),
        sha256=hashlib.sha256(png).hexdigest(),
    )


def _百分の一ミリ(画素数: float) -> int:
    return round(画素数 / 仕上がり画素毎ミリ * 100)


def _切り出す(墨: Mask) -> Mask:
    行, 列 = np.nonzero(墨.any(axis=1))[0], np.nonzero(墨.any(axis=0))[0]
    中 = 墨[行[0] : 行[-1] + 1, 列[0] : 列[-1] + 1]
    return np.pad(中, round(余白 * 仕上がり画素毎ミリ))


def _png(墨: Mask) -> bytes:
    buffer = io.BytesIO()
    白黒 = to_mask_image(~墨).convert("1", dither=Image.Dither.NONE)
    白黒.save(buffer, "PNG", dpi=(仕上がり解像度, 仕上がり解像度))
    return buffer.getvalue()


def _警告(元: Cleaned, 傾き: Tilt, 縁: float) -> tuple[読取警告, ...]:
    警告 = []
    if 傾き.basis is 傾きの直し方.直していない:
        警告.append(読取警告("IN-0843", "傾きを確かに測れないため、読み取ったままの向きです。"))
    if 縁 < 縁の揃い:
        警告.append(読取警告("IN-0844", f"縁の約{1 - 縁:.0%}が欠けているか、縁がありません。"))
    if 元.level < 薄い濃さ:
        警告.append(読取警告("IN-0845", "印影が薄く、かすれを欠けと見分けられない可能性があります。"))
    if 元.crossed >= 知らせる重なり:
        文 = f"印影が罫線や文字と重なっています（約{元.crossed:.1f}平方ミリ）。線を除いたので実物と見比べてください。"
        警告.append(読取警告("IN-0846", 文))
    return tuple(警告)
