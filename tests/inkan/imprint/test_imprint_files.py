"""悪いファイルと測れないファイルを、番号と直し方を示して断ること。"""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image
from tests.inkan.imprint.seals import 保存, 彫る, 押す, 紙

from tsugaru.gyomu.inkan.imprint import 印影を取り出す, 範囲
from tsugaru.kernel.errors import 業務エラー

角印 = 彫る("角", 15, 15, "弘前")
用紙 = 押す(紙(40, 40, 300), 角印, 300, (20, 20))
正しい = 保存(用紙, 300)


def 断られる(ファイル: bytes, code: str, **設定) -> 業務エラー:
    with pytest.raises(業務エラー) as e:
        印影を取り出す(ファイル, **設定)
    assert e.value.code == code
    assert e.value.remedy
    return e.value


def 大きすぎるPNG(幅: int, 高さ: int) -> bytes:
    """頭だけが巨大な画素数を名乗る PNG。"""

    def 塊(名: bytes, 中: bytes) -> bytes:
        return struct.pack(">I", len(中)) + 名 + 中 + struct.pack(">I", zlib.crc32(名 + 中))

    頭 = 塊(b"IHDR", struct.pack(">IIBBBBB", 幅, 高さ, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + 頭 + 塊(b"IDAT", zlib.compress(b"\0" * 1000)) + 塊(b"IEND", b"")


@pytest.mark.parametrize("ファイル", [b"", 正しい + b"\0" * (10 * 1024 * 1024)], ids=["空", "超過"])
def test_空と十メガバイト超(ファイル):
    断られる(ファイル, "IN-0801")


@pytest.mark.parametrize(
    "ファイル",
    [b"%PDF-1.7", b"GIF89a" + b"\0" * 50, b"<svg/>", b"MZ", b"RIFF\0\0\0\0WEBP"],
    ids=["PDF", "GIF", "SVG", "EXE", "WEBP"],
)
def test_種類の違うファイル(ファイル):
    断られる(ファイル, "IN-0802")


@pytest.mark.parametrize("辺", [(8000, 8000), (10_000, 10_000), (60_000, 60_000)])
def test_展開すると巨大になる画像は開かない(辺):
    断られる(大きすぎるPNG(*辺), "IN-0803")


def test_動くPNGと複数ページのTIFF():
    別 = Image.new("RGB", 用紙.size, "red")
    断られる(保存(用紙, 300, "PNG", save_all=True, append_images=[別]), "IN-0804")
    断られる(保存(用紙, 300, "TIFF", save_all=True, append_images=[別]), "IN-0804")


@pytest.mark.parametrize("形式", ["PNG", "JPEG", "TIFF"])
def test_途中で切れたファイル(形式):
    全体 = 保存(用紙, 300, 形式)
    断られる(全体[: len(全体) // 2], "IN-0805")


def test_小さすぎる画像():
    断られる(保存(Image.new("RGB", (40, 40), "white"), 300), "IN-0807")


def test_名前だけ画像のファイル():
    断られる(b"\x89PNG\r\n\x1a\n" + b"\xff" * 200, "IN-0805")


@settings(max_examples=60, deadline=None)
@given(位置=st.integers(8, len(正しい) - 1), 値=st.integers(0, 255))
def test_壊した一バイトは断られるか正しく読める(位置, 値):
    壊した = 正しい[:位置] + bytes([値]) + 正しい[位置 + 1 :]
    try:
        印影を取り出す(壊した)
    except 業務エラー as e:
        assert e.code.startswith("IN-08")


@pytest.mark.parametrize("囲み", [範囲(-1, 0, 200, 200), 範囲(0, 0, 20, 200), 範囲(300, 0, 100, 200)])
def test_外れた囲み(囲み):
    断られる(正しい, "IN-0806", 囲み=囲み)


def test_半端な向き():
    断られる(正しい, "IN-0808", 向き=45)


def test_写真の解像度は信用しない():
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.FNumber] = 1.8
    断られる(保存(用紙, 300, "JPEG", exif=exif), "IN-0811")


@pytest.mark.parametrize("形式", ["PNG", "JPEG", "TIFF"])
def test_解像度のない画像(形式):
    誤り = 断られる(保存(用紙, None, 形式), "IN-0812")
    assert "基準枠" in 誤り.remedy
    assert "300dpi" in 誤り.remedy


@pytest.mark.parametrize("dpi", [72, 96, 150, 5000])
def test_測れない解像度(dpi):
    断られる(保存(用紙, dpi), "IN-0813")


def test_紙が大きくなりすぎる解像度は信用しない():
    断られる(保存(Image.new("RGB", (4000, 3000), "white"), 200), "IN-0814")


@pytest.mark.parametrize("mode", ["RGBA", "P", "CMYK", "I;16"])
def test_色の持ち方が違っても読める(mode):
    if mode == "I;16":
        画像 = Image.fromarray(np.asarray(用紙.convert("L")).astype(np.uint16) * 257)
    else:
        画像 = 用紙.convert(mode)
    得た = 印影を取り出す(保存(画像, 300, "TIFF"))
    assert abs(得た.幅 - 1500) <= 30


def test_透けた所は白い紙とみなす():
    透明 = Image.new("RGBA", 用紙.size, (0, 0, 0, 0))
    透明.paste(用紙.crop((120, 120, 360, 360)), (120, 120))
    assert abs(印影を取り出す(保存(透明, 300)).幅 - 1500) <= 30


def test_撮影の向きを直し解像度の縦横も替える():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    横長 = 用紙.resize((用紙.width, 用紙.height * 2), Image.Resampling.BICUBIC).rotate(90, expand=True)
    buffer = io.BytesIO()
    横長.save(buffer, "PNG", exif=exif, dpi=(600, 300))
    得た = 印影を取り出す(buffer.getvalue())
    assert abs(得た.幅 - 1500) <= 30
    assert abs(得た.高さ - 1500) <= 30
