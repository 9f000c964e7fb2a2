"""大きさの定めと、照合の重ね合わせ。"""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter
from tests.inkan.imprint.seals import 保存, 印, 彫る, 押す, 紙

from tsugaru.gyomu.inkan.imprint import (
    印影を取り出す,
    大きさの定め,
    大きさを確かめる,
    照合用重ね合わせ,
)
from tsugaru.kernel.errors import 業務エラー

定め = 大きさの定め(下限の一辺=800, 上限の一辺=2500, 根拠="○○市印鑑条例第5条第1項。")
角印 = 彫る("角", 15, 15, "弘前")


def 読み取る(元: 印, 傾き: float = 0.0, 位置=(25.0, 25.0)):
    return 印影を取り出す(保存(押す(紙(50, 50, 600), 元, 600, 位置, 傾き), 600))


手本 = 読み取る(角印)


@pytest.mark.parametrize(
    ("幅", "高さ", "code"),
    [
        (800, 800, "IN-0831"),
        (600, 800, "IN-0831"),
        (801, 801, None),
        (600, 801, None),
        (2500, 2500, None),
        (1000, 2501, "IN-0832"),
        (2501, 2501, "IN-0832"),
    ],
)
def test_境の大きさ(幅, 高さ, code):
    見る = replace(手本, 幅=幅, 高さ=高さ, 正方形の一辺=max(幅, 高さ))
    if code is None:
        assert "IN-0847" in [w.code for w in 大きさを確かめる(見る, 定め)]
        return
    with pytest.raises(業務エラー) as e:
        大きさを確かめる(見る, 定め)
    assert e.value.code == code
    assert e.value.根拠 == 定め.根拠


def test_定めは市町村ごとに渡す():
    七ミリ = replace(手本, 幅=750, 高さ=750, 正方形の一辺=750)
    with pytest.raises(業務エラー, match=r"IN-0831.*7\.50mm.*8mm"):
        大きさを確かめる(七ミリ, 定め)
    assert 大きさを確かめる(七ミリ, replace(定め, 下限の一辺=700)) == ()


def test_斜めに置けば収まる細長い印を知らせる():
    細長い = replace(手本, 幅=500, 高さ=900, 正方形の一辺=728)
    assert [w.code for w in 大きさを確かめる(細長い, 定め)] == ["IN-0848"]


@pytest.mark.parametrize(("大きさ", "code"), [(7.0, "IN-0831"), (27.0, "IN-0832")])
def test_押した印の大きさで断る(大きさ, code):
    with pytest.raises(業務エラー, match=code):
        大きさを確かめる(読み取る(彫る("丸", 大きさ, 大きさ, "津")), 定め)


def test_同じ印は傾きと位置が違っても重なる():
    丸印 = 彫る("丸", 13.5, 13.5, "○")
    面 = 丸印.面.copy()
    面[20:200, 200:340] = True
    刻みのある = 印(面, 13.5, 13.5)
    a, b = 読み取る(刻みのある), 読み取る(刻みのある, 7, (20, 28))
    結果 = 照合用重ね合わせ(a.画像, b.画像)
    assert 結果.似かより >= 990
    assert abs(結果.回転 + 700 - (b.傾き - a.傾き)) <= 100


def test_違う印は似かよりが低い():
    同じ = 照合用重ね合わせ(手本.画像, 読み取る(角印, 3).画像).似かより
    字違い = 照合用重ね合わせ(手本.画像, 読み取る(彫る("角", 15, 15, "黒石")).画像).似かより
    大きさ違い = 照合用重ね合わせ(手本.画像, 読み取る(彫る("角", 18, 18, "弘前")).画像).似かより
    assert 同じ >= 980
    assert 字違い < 同じ - 50
    assert 大きさ違い < 同じ - 300


def test_太りは許し欠けは図に色で示す():
    太い面 = Image.fromarray(角印.面.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(5))
    太い = 印(np.asarray(太い面) > 127, 15, 15)
    assert 照合用重ね合わせ(手本.画像, 読み取る(太い).画像).似かより >= 980
    欠けた面 = 角印.面.copy()
    欠けた面[-60:, 200:400] = False
    図 = 照合用重ね合わせ(手本.画像, 読み取る(印(欠けた面, 15, 15)).画像).画像
    with Image.open(io.BytesIO(図)) as image:
        画素 = np.asarray(image)
    青 = Image.fromarray((画素 == (0, 90, 200)).all(axis=2).astype(np.uint8) * 255)
    k = 600 / 25.4
    広がり = (np.asarray(青.filter(ImageFilter.MinFilter(5))) > 0).sum() / k**2
    # 欠けは縁 0.6 mm × 5 mm。縁に沿う 1 画素のずれを消すため、四方を 2 画素ずつ削って比べる。
    assert abs(広がり - (0.6 - 4 / k) * (5 - 4 / k)) <= 0.5


@pytest.mark.parametrize(
    "画像", [b"", b"abc", 保存(紙(20, 20, 600), 600), 手本.画像[:200]], ids=["空", "別物", "色つき", "切れた"]
)
def test_印影でない画像は重ねない(画像):
    with pytest.raises(業務エラー, match="IN-0833"):
        照合用重ね合わせ(手本.画像, 画像)
