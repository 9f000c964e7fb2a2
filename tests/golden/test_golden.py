"""見本の帳票が、期待の文字と版面のとおりであること。"""

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.golden.forms import (
    EXPECTED,
    FORMS,
    base_fonts,
    full_fonts,
    name,
    page_images,
    page_texts,
    pinned,
    sample_pdf,
)
from tsugaru.platform.documents.fonts import IPAMJ_MINCHO, FontSet
from tsugaru.platform.documents.form import Form

許す差の割合 = 0.002
濃さの差 = 96


def fonts_of(variant: str) -> FontSet:
    fonts = base_fonts() if variant == "base" else full_fonts()
    if variant == "full" and all(each.face is not IPAMJ_MINCHO for each in fonts.found):
        pytest.skip("IPAmj明朝が入っていない（fonts-ipamj-mincho）。")
    return fonts


def different_ratio(actual: Image.Image, expected: Image.Image) -> float:
    """ぼかしてから比べ、濃さが大きく違う画素の割合。縁の滲みは差に数えない。"""
    blurred = [image.filter(ImageFilter.BoxBlur(1)) for image in (actual, expected)]
    difference = ImageChops.difference(*blurred).point(lambda value: 255 * (value > 濃さの差 // 2))
    return difference.histogram()[255] / (actual.width * actual.height)


@pytest.mark.parametrize("variant", ["base", "full"])
@pytest.mark.parametrize("form", FORMS, ids=name)
def test_文字は期待と一字も違わない(form: Form, variant: str) -> None:
    fonts = fonts_of(variant)
    expected = (EXPECTED / variant / f"{name(form)}.txt").read_text("utf-8")
    assert "\f".join(page_texts(sample_pdf(form, fonts).pdf)) == expected


@pytest.mark.parametrize("variant", ["base", "full"])
@pytest.mark.parametrize("form", FORMS, ids=name)
def test_版面は期待との差が許す内である(form: Form, variant: str) -> None:
    fonts = fonts_of(variant)
    if variant == "full" and not pinned(fonts):
        pytest.skip("IPAmj明朝の版が期待の画像のものと違う。")
    assert pinned(fonts)
    pages = page_images(sample_pdf(form, fonts).pdf)
    expected = sorted((EXPECTED / variant).glob(f"{name(form)}-*.png"))
    assert len(pages) == len(expected)
    for page, path in zip(pages, expected, strict=True):
        with Image.open(path) as image:
            assert page.size == image.size
            assert different_ratio(page, image) <= 許す差の割合


def test_版面の比べ方は一行のずれを見つける() -> None:
    page = page_images(sample_pdf(FORMS[0], base_fonts()).pdf)[0]
    assert different_ratio(page, page) == 0
    assert different_ratio(ImageChops.offset(page, 0, 4), page) > 許す差の割合
    erased = page.copy()
    erased.paste(255, (100, 60, 300, 90))
    assert different_ratio(erased, page) > 許す差の割合
