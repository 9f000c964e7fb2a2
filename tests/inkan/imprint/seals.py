"""試験のための印影と用紙。印は 1 mm 40 画素の正解の面として描き、走査や写真に見立てて紙に押す。"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

書体 = Path(find_spec("matplotlib_fontja").origin).parent / "fonts" / "ipaexg.ttf"
正解の画素毎ミリ = 40
朱, 赤, 黒 = (226, 62, 34), (200, 30, 50), (35, 32, 38)


@dataclass(frozen=True)
class 印:
    """正解の面（0 か 1）。幅と高さは mm。"""

    面: np.ndarray
    幅: float
    高さ: float

    @property
    def 一辺(self) -> float:
        """収まる最小の正方形。四角は長辺、楕円は 45 度に置いた幅 √((幅²+高さ²)/2)。"""
        角がある = self.面[3, 3] or self.面[-4, -4]
        return max(self.幅, self.高さ) if 角がある else math.hypot(self.幅, self.高さ) / math.sqrt(2)


def 彫る(形: str, 幅: float, 高さ: float, 文字: str, 太さ: float = 0.6) -> 印:
    """形（丸・小判・角）の縁の中に、文字を縦に一行で彫る。"""
    k = 正解の画素毎ミリ
    w, h = round(幅 * k), round(高さ * k)
    image = Image.new("L", (w, h))
    draw = ImageDraw.Draw(image)
    縁 = {"角": draw.rectangle}.get(形, draw.ellipse)
    縁((0, 0, w - 1, h - 1), fill=255)
    t = 太さ * k
    縁((t, t, w - 1 - t, h - 1 - t), fill=0)
    一字 = min(高さ * (0.72 if 形 != "角" else 0.8) / len(文字), 幅 * 0.68)
    font = ImageFont.truetype(str(書体), round(一字 * k))
    for i, 字 in enumerate(文字):
        y = h / 2 + (i - (len(文字) - 1) / 2) * 一字 * k
        draw.text((w / 2, y), 字, font=font, fill=255, anchor="mm", stroke_width=round(k * 0.06))
    return 印(np.asarray(image) > 127, 幅, 高さ)


def 紙(幅: float, 高さ: float, dpi: float, 色: tuple[int, int, int] = (250, 248, 244)) -> Image.Image:
    """白い用紙。大きさは mm。"""
    return Image.new("RGB", (round(幅 * dpi / 25.4), round(高さ * dpi / 25.4)), 色)


def 押す(
    用紙: Image.Image,
    押す印: 印,
    dpi: float,
    中心: tuple[float, float],
    傾き: float = 0.0,
    色: tuple[int, int, int] = 朱,
    濃さ: float = 0.92,
) -> Image.Image:
    """用紙の中心（mm）に、時計回りに傾けて押す。下の線が透けるよう乗算で重ねる。"""
    k = dpi / 25.4
    面 = Image.fromarray(押す印.面.astype(np.uint8) * 255)
    面 = 面.rotate(-傾き, Image.Resampling.BICUBIC, expand=True)
    倍 = k / 正解の画素毎ミリ
    面 = 面.resize((round(面.width * 倍), round(面.height * 倍)), Image.Resampling.BOX)
    左上 = (round(中心[0] * k - 面.width / 2), round(中心[1] * k - 面.height / 2))
    掛ける = np.ones((用紙.height, 用紙.width), np.float32)
    全体 = Image.new("L", 用紙.size)
    全体.paste(面, 左上)
    掛ける = np.asarray(全体, np.float32)[..., None] / 255 * 濃さ
    画素 = np.asarray(用紙, np.float32)
    墨 = 画素 * np.array(色, np.float32) / 250
    return Image.fromarray(np.clip(画素 * (1 - 掛ける) + 墨 * 掛ける, 0, 255).astype(np.uint8))


def 罫線を引く(用紙: Image.Image, dpi: float, 行: list[float], 列: list[float], 色=(60, 60, 60)) -> None:
    """mm の位置に、端から端まで 0.3 mm の罫線を引く。"""
    k, draw = dpi / 25.4, ImageDraw.Draw(用紙)
    太さ = max(1, round(0.3 * k))
    for y in 行:
        draw.line((0, y * k, 用紙.width, y * k), fill=色, width=太さ)
    for x in 列:
        draw.line((x * k, 0, x * k, 用紙.height), fill=色, width=太さ)


def 字を書く(用紙: Image.Image, dpi: float, 文: str, 左上: tuple[float, float], 大きさ: float) -> None:
    """mm の位置に黒い字を書く。"""
    k = dpi / 25.4
    font = ImageFont.truetype(str(書体), round(大きさ * k))
    ImageDraw.Draw(用紙).text((左上[0] * k, 左上[1] * k), 文, font=font, fill=(30, 30, 30))


def 影を落とす(用紙: Image.Image, 暗さ: float = 0.45, ぼけ: float = 20) -> Image.Image:
    """斜めの影と、端へ向かう明るさの落ち込み。"""
    面 = Image.new("L", 用紙.size, 255)
    w, h = 用紙.size
    ImageDraw.Draw(面).polygon([(0, 0), (w * 0.55, 0), (w * 0.35, h), (0, h)], fill=round(255 * 暗さ))
    影 = np.asarray(面.filter(ImageFilter.GaussianBlur(ぼけ)), np.float32) / 255
    影 *= np.linspace(1, 0.75, w, dtype=np.float32)
    return Image.fromarray((np.asarray(用紙, np.float32) * 影[..., None]).astype(np.uint8))


def 荒らす(用紙: Image.Image, 強さ: float, 種: int) -> Image.Image:
    """読み取りの雑音。"""
    乱 = np.random.default_rng(種).normal(0, 強さ, (用紙.height, 用紙.width, 3))
    return Image.fromarray(np.clip(np.asarray(用紙, np.float64) + 乱, 0, 255).astype(np.uint8))


def 保存(用紙: Image.Image, dpi: float | None, 形式: str = "PNG", **設定) -> bytes:
    """ファイルの中身。dpi が None なら解像度を記録しない。"""
    buffer = io.BytesIO()
    if dpi is not None:
        設定["dpi"] = (dpi, dpi)
    用紙.save(buffer, 形式, **設定)
    return buffer.getvalue()


def 枠を印刷(用紙: Image.Image, svg: str, dpi: float, 左上: tuple[float, float]) -> None:
    """基準枠の図の四角を、SVG に書かれたとおりに用紙へ塗る。"""
    k, draw = dpi / 25.4 / 100, ImageDraw.Draw(用紙)
    for x, y, w, h, 色 in re.findall(
        r'x="(-?\d+)" y="(-?\d+)" width="(\d+)" height="(\d+)" fill="(#\w+)"', svg
    ):
        x0, y0 = 左上[0] * 100 + int(x), 左上[1] * 100 + int(y)
        draw.rectangle((x0 * k, y0 * k, (x0 + int(w)) * k - 1, (y0 + int(h)) * k - 1), fill=色)


def 斜めから撮る(用紙: Image.Image, 大きさ: tuple[int, int], 四隅: list[tuple[float, float]]) -> Image.Image:
    """用紙の四隅（左上から時計回り）が、写真の 0〜1 の位置に来るように写す。机は暗い木の色。"""
    写る = [(x * 大きさ[0], y * 大きさ[1]) for x, y in 四隅]
    w, h = 用紙.size
    式, 値 = [], []
    for (u, v), (x, y) in zip(写る, [(0, 0), (w, 0), (w, h), (0, h)], strict=True):
        式 += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
        値 += [x, y]
    係数 = np.linalg.solve(np.array(式), np.array(値))
    return 用紙.transform(
        大きさ, Image.Transform.PERSPECTIVE, 係数, Image.Resampling.BICUBIC, fillcolor=(96, 74, 58)
    )


def 一致(png: bytes, 押した印: 印, 回転: float = 0.0) -> float:
    """取り出した印影と正解の IoU。位置だけを動かして最もよく重なる所で測る。"""
    with Image.open(io.BytesIO(png)) as image:
        得た = ~np.asarray(image.convert("1"))
    面 = Image.fromarray(押した印.面.astype(np.uint8) * 255).rotate(
        -回転, Image.Resampling.BICUBIC, expand=True
    )
    倍 = 600 / 25.4 / 正解の画素毎ミリ
    正 = np.asarray(面.resize((round(面.width * 倍), round(面.height * 倍)), Image.Resampling.BOX)) > 127
    辺 = 2 ** math.ceil(math.log2(max(*得た.shape, *正.shape) * 1.3))
    a, b = (np.pad(m, ((0, 辺 - m.shape[0]), (0, 辺 - m.shape[1]))).astype(float) for m in (得た, 正))
    重なり = np.fft.irfft2(np.fft.rfft2(a) * np.conj(np.fft.rfft2(b)), s=(辺, 辺)).max()
    return float(重なり / (a.sum() + b.sum() - 重なり))
