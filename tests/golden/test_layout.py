"""紙の上の位置と寸法。期待は様式と封筒の寸法から決まり、刷った結果からは写していない。"""

import dataclasses
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pypdfium2
import pytest
from PIL import Image

from tests.golden.forms import (
    FORMS,
    MM,
    base_fonts,
    compact,
    full_fonts,
    name,
    page_images,
    page_texts,
    sample_pdf,
    発行年月日,
    請求番号,
)
from tsugaru.gyomu.inkan.notices.seal_certificate.notice import FORM as 印鑑登録証明書
from tsugaru.gyomu.juki.notices.move_out.notice import FORM as 転出証明書
from tsugaru.gyomu.juki.notices.move_out.notice import FORM_EQUIVALENT as 準ずる証明書
from tsugaru.gyomu.juki.notices.receipt.notice import FORM as 受理通知
from tsugaru.gyomu.juki.notices.record_household.notice import FORM as 世帯連記式
from tsugaru.gyomu.juki.notices.record_individual.notice import FORM as 個人票
from tsugaru.gyomu.juki.notices.removed_record.notice import FORM as 除票
from tsugaru.platform.documents.fonts import IPAEX_GOTHIC, IPAMJ_MINCHO
from tsugaru.platform.documents.form import Form, field_types, limit_of, 対象外
from tsugaru.platform.documents.render import render
from tsugaru.platform.documents.seal_sample import sample_seal

DPI = 300
POINT = 72


def cropped(image: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """紙の上の範囲（左・上・右・下、mm）。"""
    left, top, right, bottom = (round(each / MM * DPI) for each in box)
    return image.crop((left, top, right, bottom))


def black_box(image: Image.Image) -> tuple[int, int, int, int]:
    """黒い画素の範囲。"""
    box = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(("width", "height"), [(800, 800), (1500, 1500), (2500, 2500), (1200, 2400)])
def test_印影は実寸で刷られる(width: int, height: int) -> None:
    (gothic,) = [each.path for each in base_fonts().found if each.face is IPAEX_GOTHIC]
    seal = dataclasses.replace(sample_seal(gothic), 幅=width, 高さ=height)
    data = dataclasses.replace(印鑑登録証明書.sample(), 印影=seal)
    pdf = render(印鑑登録証明書, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    frame = cropped(page_images(pdf, DPI)[0], (16, 52, 66, 94))
    left, top, right, bottom = black_box(frame)
    assert (right - left) / DPI * MM == pytest.approx(width / 100, abs=0.2)
    assert (bottom - top) / DPI * MM == pytest.approx(height / 100, abs=0.2)


def character_boxes(pdf: bytes, needle: str) -> list[tuple[float, float, float, float]]:
    """一頁目で最初に見つかった文字列の、字ごとの範囲（左・上・右・下、mm）。"""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        found = text.search(needle).get_next()
        assert found is not None
        start, count = found
        boxes = [text.get_charbox(index) for index in range(start, start + count)]
        height = page.get_height()
    scale = MM / POINT
    return [
        (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
        for left, bottom, right, top in boxes
    ]


@pytest.mark.parametrize("item", ["郵便番号", "住所", "方書", "氏名"])
def test_宛名は窓の中に入る(item: str) -> None:
    value = getattr(受理通知.sample().宛名, item)
    for left, top, right, bottom in character_boxes(sample_pdf(受理通知, base_fonts()).pdf, value):
        assert 20 <= left < right <= 105
        assert 23 <= top < bottom <= 61


@pytest.mark.parametrize("form", [世帯連記式, 個人票, 除票, 転出証明書], ids=lambda form: form.form_id)
def test_認証文は最後の頁だけに刷り全頁に発行番号と頁を刷る(form: Form) -> None:
    sample = form.sample()
    pages = [compact(text) for text in page_texts(sample_pdf(form, base_fonts()).pdf)]
    certified = [compact(sample.発行.認証文) in page for page in pages]
    assert certified == [False] * (len(pages) - 1) + [True]
    for number, page in enumerate(pages, start=1):
        assert compact(sample.発行.発行番号) + f"{number}/{len(pages)}" in page


def test_省略と空欄は決まった書き方で刷る() -> None:
    sample = 個人票.sample()
    person = dataclasses.replace(sample.本人, 個人番号=None, 転入前住所="")
    data = dataclasses.replace(sample, 本人=person, 統合記載欄=None)
    pdf = render(個人票, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    text = compact(page_texts(pdf)[0])
    assert "個人番号【省略】" in text
    assert "転入前住所【空欄】" in text
    assert "統合記載欄（異動履歴・留意事項）【省略】" in text


def test_省略した項目の値はどこにも無い() -> None:
    sample = 個人票.sample()
    person = dataclasses.replace(sample.本人, 個人番号=None, 本籍=None, 筆頭者=None, 続柄=None)
    data = dataclasses.replace(sample, 本人=person, 統合記載欄=None, 世帯主=None)
    pdf = render(個人票, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    text = compact("".join(page_texts(pdf)))
    for hidden in (sample.本人.個人番号, sample.本人.本籍, sample.本人.筆頭者):
        assert compact(hidden) not in text


@pytest.mark.parametrize("official", [True, False])
def test_公用の印は公用のときだけ刷る(official: bool) -> None:
    sample = 世帯連記式.sample()
    data = dataclasses.replace(sample, 発行=dataclasses.replace(sample.発行, 公用=official))
    pdf = render(世帯連記式, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    assert ("公用" in compact(page_texts(pdf)[0])) is official


def test_長い履歴は次の頁に続き頭の行を繰り返す() -> None:
    sample = 個人票.sample()
    data = dataclasses.replace(sample, 統合記載欄=sample.統合記載欄 * 20)
    rendered = render(個人票, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts())
    pages = [compact(text) for text in page_texts(rendered.pdf)]
    assert rendered.pages == len(pages) > 1
    assert all("年月日事由内容" in page for page in pages[:-1])
    assert sum(page.count("世帯主変更") for page in pages) == 20


def test_再交付の転出証明書はそうと分かる() -> None:
    data = dataclasses.replace(転出証明書.sample(), 再交付=True)
    pdf = render(転出証明書, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    assert "転出証明書（再交付）" in compact(page_texts(pdf)[0])


def test_外国人住民の個人票は在留の事項を刷る() -> None:
    foreigner = 世帯連記式.sample().世帯員[4]
    items = dataclasses.replace(foreigner.外国人, 国籍地域="ベトナム", 在留資格="技能実習")
    person = dataclasses.replace(foreigner, 外国人=items)
    data = dataclasses.replace(個人票.sample(), 本人=person, 統合記載欄=None)
    rendered = render(個人票, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts())
    text = compact(page_texts(rendered.pdf)[0])
    assert (rendered.pages, rendered.warnings) == (1, ())
    for printed in (
        "国籍・地域ベトナム",
        "在留資格技能実習",
        "在留期間等の満了の日【省略】",
        "通称高橋みほん",
    ):
        assert printed in text
    assert "本籍" not in text


@pytest.mark.parametrize(("given", "printed"), [("見本市若葉町8番地2", True), (None, False), (対象外, False)])
def test_異動前住所は申出があったときだけ刷る(given: str | None, printed: bool) -> None:
    sample = 世帯連記式.sample()
    member = dataclasses.replace(sample.世帯員[0], 異動前住所=given)
    data = dataclasses.replace(sample, 世帯員=(member,))
    pdf = render(世帯連記式, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
    assert ("異動前住所" in compact(page_texts(pdf)[0])) is printed


def test_準ずる証明書は標題と日の見出しだけが違う() -> None:
    sample = 転出証明書.sample()
    pair = [
        render(form, sample, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts()).pdf
        for form in (転出証明書, 準ずる証明書)
    ]
    proper, equivalent = (compact("".join(page_texts(pdf))) for pdf in pair)
    changed = proper.replace("転出証明書", "転出証明書に準ずる証明書", 1)
    assert equivalent == changed.replace("転出予定年月日", "転出年月日", 1)


def test_異体字列は指す字形で刷られ文字としても残る() -> None:
    fonts = full_fonts()
    if all(each.face is not IPAMJ_MINCHO for each in fonts.found):
        pytest.skip("IPAmj明朝が入っていない（fonts-ipamj-mincho）。")
    images = []
    for surname in ("\u845b", "\u845b\U000e0103", "\u845b\U000e0102", "\u845b\U000e0105"):
        data = dataclasses.replace(印鑑登録証明書.sample(), 氏名=surname)
        pdf = render(印鑑登録証明書, data, request_id=請求番号, issued_on=発行年月日, fonts=fonts).pdf
        assert f"氏名{surname}氏名のカタカナ表記" in compact(page_texts(pdf)[0])
        images.append(cropped(page_images(pdf, DPI)[0], (106, 48, 194, 57)).tobytes())
    # 文字情報一覧表: U+845B と E0103 は MJ022336、E0102 は MJ022335、E0105 は MJ022341。
    base, same, *others = images
    assert base == same
    assert len({base, *others}) == 3


def filled(data: Any, declared: Any = None) -> Any:
    """文字列の項目をすべて上限の長さの「山」にしたデータ。"""
    if is_dataclass(data):
        kinds = field_types(type(data))
        return dataclasses.replace(
            data, **{each.name: filled(getattr(data, each.name), kinds[each.name]) for each in fields(data)}
        )
    if isinstance(data, tuple):
        return tuple(filled(item, get_args(declared)[0]) for item in data)
    return "山" * (limit_of(declared) or 1) if isinstance(data, str) else data


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_どの項目が上限いっぱいでも紙の余白を侵さない(form: Form) -> None:
    data = filled(form.sample())
    rendered = render(form, data, request_id=請求番号, issued_on=発行年月日, fonts=base_fonts())
    assert rendered.warnings
    for left, top, right, bottom in all_margins(rendered.pdf):
        assert min(left, right) >= 14
        assert top >= 10
        assert bottom >= 3


def all_margins(pdf: bytes) -> Iterator[tuple[float, float, float, float]]:
    """空白でない字から紙の縁まで（左・上・右・下、mm）。紙は縦でも横でもよい。"""
    scale = MM / POINT
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text, width, height = page.get_textpage(), page.get_width(), page.get_height()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if right > left and top > bottom:
                    yield left * scale, (height - top) * scale, (width - right) * scale, bottom * scale
