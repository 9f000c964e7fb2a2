"""走査した印影の大きさ・傾き・線が、押した印と合うこと。"""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from tests.inkan.imprint.seals import (
    一致,
    保存,
    印,
    字を書く,
    彫る,
    影を落とす,
    押す,
    朱,
    紙,
    罫線を引く,
    荒らす,
    赤,
    黒,
)

from tsugaru.gyomu.inkan.imprint import (
    傾きの直し方,
    印影,
    印影を取り出す,
    印肉の色,
    寸法の測り方,
    範囲,
)
from tsugaru.kernel.errors import 業務エラー

印鑑 = {
    "丸": 彫る("丸", 13.5, 13.5, "津軽"),
    "小判": 彫る("小判", 10, 13.5, "岩木"),
    "角": 彫る("角", 18, 18, "弘前"),
}


def 合う(得た: 印影, 元: 印, 傾き: float, 下限: float = 0.85) -> None:
    """大きさ ±0.3 mm、縁のある形の傾き ±2 度、残った傾きを除いた IoU が下限以上。"""
    残り = 傾き - 得た.傾き / 100
    assert abs(得た.正方形の一辺 - 元.一辺 * 100) <= 30
    if 得た.傾きの根拠 is 傾きの直し方.縁:
        assert abs(残り) <= 2
        assert abs(得た.幅 - 元.幅 * 100) <= 30
        assert abs(得た.高さ - 元.高さ * 100) <= 30
    assert 一致(得た.画像, 元, 残り) >= 下限


@pytest.mark.parametrize("名", 印鑑)
@pytest.mark.parametrize(("色", "印肉"), [(朱, 印肉の色.朱), (赤, 印肉の色.朱), (黒, 印肉の色.黒)])
@pytest.mark.parametrize("dpi", [300, 600])
def test_白い紙の印影を実寸で取り出す(名, 色, 印肉, dpi):
    用紙 = 荒らす(押す(紙(50, 45, dpi), 印鑑[名], dpi, (26, 22), 0, 色), 3, 1)
    得た = 印影を取り出す(保存(用紙, dpi))
    合う(得た, 印鑑[名], 0, 0.9)
    assert 得た.印肉 is 印肉
    assert (得た.読取解像度, 得た.寸法の根拠) == (dpi, 寸法の測り方.走査の解像度)


@pytest.mark.parametrize("名", ["小判", "角"])
@pytest.mark.parametrize("傾き", [-38, -12, 5, 21])
def test_縁のある形は傾きを直す(名, 傾き):
    用紙 = 荒らす(押す(紙(50, 45, 400), 印鑑[名], 400, (26, 22), 傾き), 3, 2)
    得た = 印影を取り出す(保存(用紙, 400, "JPEG", quality=85))
    assert 得た.傾きの根拠 is 傾きの直し方.縁
    合う(得た, 印鑑[名], 傾き, 0.9)


@pytest.mark.parametrize("傾き", [-18, -7, 0, 11])
def test_丸は文字の線から傾きを直す(傾き):
    用紙 = 荒らす(押す(紙(40, 40, 400), 印鑑["丸"], 400, (20, 20), 傾き), 3, 3)
    得た = 印影を取り出す(保存(用紙, 400))
    assert 得た.傾きの根拠 is 傾きの直し方.文字
    assert abs(得た.傾き / 100 - 傾き) <= 2
    合う(得た, 印鑑["丸"], 傾き)


def test_文字が分からない丸は傾きを直さずに知らせる():
    渦 = 彫る("丸", 14, 14, "○")
    得た = 印影を取り出す(保存(押す(紙(40, 40, 400), 渦, 400, (20, 20), 10), 400))
    assert (得た.傾き, 得た.傾きの根拠) == (0, 傾きの直し方.直していない)
    assert "IN-0843" in [w.code for w in 得た.警告]


@pytest.mark.parametrize("名", 印鑑)
@pytest.mark.parametrize("色", [朱, 黒])
def test_影の落ちた申請書の罫線と文字を除く(名, 色):
    dpi = 300
    用紙 = 紙(150, 120, dpi)
    罫線を引く(用紙, dpi, [20, 50, 62, 100], [12, 60, 120])
    字を書く(用紙, dpi, "印鑑登録申請書　津軽太郎", (20, 28), 5)
    用紙 = 影を落とす(押す(用紙, 印鑑[名], dpi, (90, 60), 3, 色), 0.6)
    得た = 印影を取り出す(保存(荒らす(用紙, 4, 4), dpi, "JPEG", quality=80))
    合う(得た, 印鑑[名], 3)
    assert "IN-0846" in [w.code for w in 得た.警告]


def test_欠けは埋めずに知らせる():
    面 = Image.fromarray(印鑑["角"].面)
    ImageDraw.Draw(面).rectangle((0, 200, 40, 420), fill=0)
    欠けた = 印(np.asarray(面), 18, 18)
    得た = 印影を取り出す(保存(押す(紙(40, 40, 600), 欠けた, 600, (20, 20)), 600))
    assert 一致(得た.画像, 欠けた) >= 0.95
    assert 一致(得た.画像, 印鑑["角"]) < 一致(得た.画像, 欠けた)
    assert "IN-0844" in [w.code for w in 得た.警告]


def test_薄い印影を知らせる():
    薄い = 押す(紙(40, 40, 600), 印鑑["角"], 600, (20, 20), 濃さ=0.3)
    assert "IN-0845" in [w.code for w in 印影を取り出す(保存(薄い, 600)).警告]


def test_低い解像度を知らせる():
    得た = 印影を取り出す(保存(押す(紙(40, 40, 200), 印鑑["角"], 200, (20, 20)), 200))
    assert "IN-0841" in [w.code for w in 得た.警告]
    合う(得た, 印(印鑑["角"].面, 18, 18), 0)


def test_縦横の解像度が違っても実寸になる():
    用紙 = 押す(紙(40, 40, 600), 印鑑["小判"], 600, (20, 20))
    用紙 = 用紙.resize((用紙.width, 用紙.height // 2), Image.Resampling.BOX)
    buffer = io.BytesIO()
    用紙.save(buffer, "TIFF", dpi=(600, 300))
    得た = 印影を取り出す(buffer.getvalue())
    合う(得た, 印鑑["小判"], 0)


def test_向きを回して取り出す():
    逆さ = 押す(紙(40, 40, 600), 印鑑["小判"], 600, (20, 20)).rotate(90, expand=True)
    得た = 印影を取り出す(保存(逆さ, 600), 向き=90)
    assert 一致(得た.画像, 印鑑["小判"]) >= 0.9
    assert 得た.幅 < 得た.高さ


def test_画像は余白一ミリの白黒で付随情報を持たない():
    得た = 印影を取り出す(保存(押す(紙(40, 40, 600), 印鑑["角"], 600, (20, 20)), 600))
    assert hashlib.sha256(得た.画像).hexdigest() == 得た.sha256
    with Image.open(io.BytesIO(得た.画像)) as image:
        assert image.mode == "1"
        assert [round(v) for v in image.info["dpi"]] == [600, 600]
        assert set(image.info) == {"dpi"}
        assert abs(image.width / 600 * 2540 - 得た.幅 - 200) <= 10


def test_二つの印影は囲んで選ぶ():
    dpi = 300
    用紙 = 押す(紙(90, 50, dpi), 印鑑["角"], dpi, (22, 25))
    用紙 = 押す(用紙, 印鑑["小判"], dpi, (65, 25))
    with pytest.raises(業務エラー, match=r"IN-0822.*2個"):
        印影を取り出す(保存(用紙, dpi))
    右半分 = 範囲(用紙.width // 2, 0, 用紙.width, 用紙.height)
    合う(印影を取り出す(保存(用紙, dpi), 囲み=右半分), 印鑑["小判"], 0)


@pytest.mark.parametrize("色", [朱, 黒])
def test_印影のない紙(色):
    用紙 = 荒らす(紙(60, 60, 300), 4, 5)
    ImageDraw.Draw(用紙).line((50, 300, 500, 320), fill=色, width=8)
    with pytest.raises(業務エラー, match="IN-0821"):
        印影を取り出す(保存(用紙, 300))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    大きさ=st.floats(9, 24),
    傾き=st.floats(-40, 40),
    dpi=st.sampled_from([300, 400, 600]),
    種=st.integers(0, 1000),
)
def test_どの大きさと傾きの角印も実寸で真っすぐになる(大きさ, 傾き, dpi, 種):
    角印 = 彫る("角", 大きさ, 大きさ, "弘前市印"[: 2 if 大きさ < 15 else 4], 太さ=0.5)
    用紙 = 荒らす(押す(紙(50, 50, dpi), 角印, dpi, (25, 25), 傾き), 3, 種)
    得た = 印影を取り出す(保存(用紙, dpi))
    assert abs(得た.幅 - 大きさ * 100) <= 30
    assert abs(得た.高さ - 大きさ * 100) <= 30
    assert abs(得た.傾き / 100 - 傾き) <= 2
    assert 一致(得た.画像, 角印, 傾き - 得た.傾き / 100) >= 0.85
