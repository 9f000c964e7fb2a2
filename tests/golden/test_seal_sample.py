"""見本の公印。"""

import io

import pytest
from PIL import Image

from tests.golden.forms import base_fonts
from tsugaru.platform.documents.seal_sample import RESOLUTION, sample_seal


@pytest.mark.parametrize("side", [1800, 2100, 2400])
def test_見本の公印は言った大きさの二色の画像である(side: int) -> None:
    seal = sample_seal(base_fonts().found[0].path, side=side)
    with Image.open(io.BytesIO(seal.内容)) as image:
        assert image.mode == "1"
        assert image.width == image.height == pytest.approx(side / 2540 * RESOLUTION, abs=1)
        assert image.getpixel((0, 0)) == image.getpixel((image.width - 1, image.height - 1)) == 0
    assert (seal.幅, seal.高さ) == (side, side)


def test_字は右の行から置く() -> None:
    seal = sample_seal(base_fonts().found[0].path, text="一　　　")
    with Image.open(io.BytesIO(seal.内容)) as image:
        inside = image.crop(tuple(round(image.width * each) for each in (0.15, 0.15, 0.85, 0.85)))
        half = inside.width // 2
        left = inside.crop((0, 0, half, inside.height)).convert("L").histogram()[0]
        right = inside.crop((half, 0, inside.width, inside.height // 2)).convert("L").histogram()[0]
    assert right > 0
    assert left == 0
