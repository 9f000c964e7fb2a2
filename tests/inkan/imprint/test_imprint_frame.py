"""解像度のない写真を、申請書の基準枠で測れること。"""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from tests.inkan.imprint.seals import (
    一致,
    保存,
    字を書く,
    彫る,
    影を落とす,
    押す,
    斜めから撮る,
    朱,
    枠を印刷,
    紙,
    荒らす,
    黒,
)

from tsugaru.gyomu.inkan.imprint import 印影を取り出す, 基準枠, 基準枠の図, 寸法の測り方
from tsugaru.kernel.errors import 業務エラー

枠 = 基準枠()
小判印 = 彫る("小判", 10, 13.5, "岩木")
角印 = 彫る("角", 18, 18, "弘前")
正面 = [(0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)]
斜め = [(0.08, 0.05), (0.93, 0.1), (0.97, 0.95), (0.04, 0.9)]


def 申請書(印, 色=朱, 縮尺: float = 1.0) -> Image.Image:
    dpi = 400
    用紙 = 紙(90, 80, dpi)
    枠を印刷(用紙, 基準枠の図(枠), dpi * 縮尺, (25 / 縮尺, 20 / 縮尺))
    字を書く(用紙, dpi, "この枠の中に押してください", (20, 4), 4)
    return 押す(用紙, 印, dpi, (45, 40), 4, 色)


def 写真(用紙: Image.Image, 四隅=斜め, 大きさ=(2000, 1700)) -> bytes:
    return 保存(荒らす(斜めから撮る(用紙, 大きさ, 四隅), 4, 1), 72, "JPEG", quality=85)


@pytest.mark.parametrize("印", [小判印, 角印])
@pytest.mark.parametrize("色", [朱, 黒])
def test_影のある斜めの写真から実寸で取り出す(印, 色):
    得た = 印影を取り出す(写真(影を落とす(申請書(印, 色), 0.6)), 枠=枠)
    assert abs(得た.幅 - 印.幅 * 100) <= 30
    assert abs(得た.高さ - 印.高さ * 100) <= 30
    assert abs(得た.傾き - 400) <= 200
    assert 一致(得た.画像, 印, 4 - 得た.傾き / 100) >= 0.85
    assert 得た.寸法の根拠 is 寸法の測り方.基準枠


@pytest.mark.parametrize("回", [1, 2, 3])
def test_横や逆さの写真も天地が正しい(回):
    四隅 = 正面[-回:] + 正面[:-回]
    得た = 印影を取り出す(写真(申請書(小判印), 四隅, (2000, 2000)), 枠=枠)
    逆 = 一致(得た.画像, 小判印, 180)
    assert 得た.幅 < 得た.高さ
    assert 一致(得た.画像, 小判印) > 逆


def test_四隅の印が隠れている():
    用紙 = 申請書(角印)
    ImageDraw.Draw(用紙).ellipse((300, 220, 480, 400), fill=(200, 160, 140))
    with pytest.raises(業務エラー, match="IN-0815"):
        印影を取り出す(写真(用紙), 枠=枠)


def test_天地の目印がない():
    用紙 = 申請書(角印)
    k = 400 / 25.4
    ImageDraw.Draw(用紙).rectangle((29 * k, 18 * k, 33 * k, 22 * k), fill="white")
    with pytest.raises(業務エラー, match="IN-0815"):
        印影を取り出す(写真(用紙), 枠=枠)


def test_遠くから撮った粗い写真():
    with pytest.raises(業務エラー, match="IN-0816"):
        印影を取り出す(写真(申請書(角印), 正面, (500, 450)), 枠=枠)


def test_縮めて印刷された枠を走査の解像度から見破る():
    得た = 印影を取り出す(保存(申請書(角印, 縮尺=0.96), 400), 枠=枠)
    assert "IN-0842" in [w.code for w in 得た.警告]
    実寸 = 印影を取り出す(保存(申請書(角印), 400), 枠=枠)
    assert "IN-0842" not in [w.code for w in 実寸.警告]
