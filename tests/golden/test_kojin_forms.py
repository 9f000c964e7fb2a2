"""個人住民税の帳票に刷ってよいこと・刷らねばならないこと。"""

import dataclasses
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from tests.golden.forms import (
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
from tests.golden.test_layout import character_boxes
from tsugaru.gyomu.kojin.notices.income_certificate.notice import FORM as 所得証明書
from tsugaru.gyomu.kojin.notices.reasons.notice import FORM as 理由
from tsugaru.gyomu.kojin.notices.tax import 二つの税額
from tsugaru.gyomu.kojin.notices.tax_certificate.notice import FORM as 課税証明書
from tsugaru.gyomu.kojin.notices.tax_change.notice import FORM as 変更通知書
from tsugaru.gyomu.kojin.notices.tax_decision.notice import FORM as 決定通知書
from tsugaru.gyomu.kojin.notices.withholding_employee.notice import FORM as 納税義務者用
from tsugaru.gyomu.kojin.notices.withholding_employer.notice import FORM as 義務者用
from tsugaru.platform.documents.fonts import IPAMJ_MINCHO, FontSet
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.render import Rendered, render

通知書 = (決定通知書, 変更通知書, 義務者用, 納税義務者用)


def made(form: Form, data: Any, fonts: FontSet | None = None) -> Rendered:
    return render(form, data, request_id=請求番号, issued_on=発行年月日, fonts=fonts or base_fonts())


def pages(form: Form, data: Any) -> list[str]:
    return [compact(text) for text in page_texts(made(form, data).pdf)]


@pytest.mark.parametrize("form", [決定通知書, 変更通知書, 義務者用], ids=name)
@pytest.mark.parametrize("item", ["郵便番号", "住所", "氏名"])
def test_税の宛名は窓の中に入る(form: Form, item: str) -> None:
    value = getattr(form.sample().宛名, item)
    for left, top, right, bottom in character_boxes(sample_pdf(form, base_fonts()).pdf, value):
        assert 20 <= left < right <= 105
        assert 23 <= top < bottom <= 61


@pytest.mark.parametrize("form", 通知書, ids=name)
def test_処分の通知は審査請求と取消しの訴えを教示する(form: Form) -> None:
    text = "".join(pages(form, form.sample()))
    assert "受け取った日の翌日から起算して3か月以内に、見本市長に対して審査請求" in text
    assert "知った日の翌日から起算して6か月以内に、見本市を被告として" in text
    assert "裁決を経た後でなければ提起することができません" in text


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (25, 1), (26, 2), (50, 2), (51, 3)])
def test_従業員は一枚に二十五人(count: int, sheets: int) -> None:
    sample = 義務者用.sample()
    people = (sample.従業員 * 2)[:count]
    printed = pages(義務者用, dataclasses.replace(sample, 従業員=people, 人数=count))
    lists = printed[1:]
    assert len(lists) == sheets
    assert [f"合計{count}人" in text for text in lists] == [False] * (sheets - 1) + [True]
    assert all("この頁の計" in text and "指定番号000012345" in text for text in lists)


def test_義務者用は従業員の所得と個人番号を載せない() -> None:
    text = "".join(pages(義務者用, 義務者用.sample()))
    for word in ("収入", "所得控除", "個人番号", "扶養", "総所得"):
        assert word not in text


def test_伏せた住所はその文のまま刷る() -> None:
    mask = "（支援措置により住所を記載しません）"
    text = "".join(pages(所得証明書, 所得証明書.sample()))
    assert text.count(compact(mask)) == 2
    assert "青葉" not in text


def test_決定の通知と変更の通知は標題と変更の欄が違う() -> None:
    sample = 納税義務者用.sample()
    decided = "".join(pages(納税義務者用, sample))
    tax = dataclasses.replace(sample.税額, 変更前の額=149500, 増減額=-28000, 変更月="10月")
    changed = "".join(pages(納税義務者用, dataclasses.replace(sample, 変更=True, 税額=tax)))
    assert "特別徴収税額の決定通知書" in decided
    assert "変更前の特別徴収税額" not in decided
    assert "特別徴収税額の変更通知書" in changed
    assert "変更前の特別徴収税額149,500増減額△28,000変更する月10月" in changed


def test_徴収の方法の無いものは欄ごと無い() -> None:
    sample = 決定通知書.sample()
    only = dataclasses.replace(sample, 年金徴収=None, 給与徴収の税額=98700)
    text = "".join(pages(決定通知書, only))
    assert "公的年金から引かれる分" not in text
    assert "給与から引かれる分（特別徴収）が98,700円あります" in text
    assert "普通徴収" not in "".join(pages(決定通知書, dataclasses.replace(sample, 普通徴収=None)))


def test_森林環境税の無い年度には刷らない() -> None:
    sample = 決定通知書.sample()
    older = dataclasses.replace(
        sample.税額, 森林環境税の年額=None, 森林環境税の免除額=None, 森林環境税額=None
    )
    text = "".join(pages(決定通知書, dataclasses.replace(sample, 税額=older, 本文="")))
    assert "森林環境税" not in text


def test_減免の列は減免があるときだけ() -> None:
    sample = 決定通知書.sample()
    cut = dataclasses.replace(sample.税額, 減免額=二つの税額(市町村民税=22300, 道府県民税=14300))
    assert "減免△" not in compact("".join(pages(決定通知書, sample)))
    text = "".join(pages(決定通知書, dataclasses.replace(sample, 税額=cut)))
    assert "減免額△22,300△14,300" in text


def test_追加の税額と納めすぎの額を言い分ける() -> None:
    sample = 変更通知書.sample()
    assert "納めすぎの額（還付・充当）56,500円" in "".join(pages(変更通知書, sample))
    more = dataclasses.replace(sample, 還付充当額=0, これから納める額=12300)
    text = "".join(pages(変更通知書, more))
    assert "これから納める額12,300円" in text
    assert "納めすぎの額（還付・充当）" not in text


def test_請求で省略した段は省略と刷り値は無い() -> None:
    sample = 課税証明書.sample()
    data = dataclasses.replace(sample, 所得控除=None, 課税=None)
    text = "".join(pages(課税証明書, data))
    assert "所得控除の内訳【省略】" in text
    assert "課税標準額・税額【省略】" in text
    for hidden in ("723,600", "1,586,000", "121,500"):
        assert hidden not in text


@pytest.mark.parametrize(("exempt", "title"), [(True, "非課税証明書"), (False, "課税証明書")])
def test_税額の有無で標題が変わる(exempt: bool, title: str) -> None:
    text = "".join(pages(課税証明書, dataclasses.replace(課税証明書.sample(), 非課税=exempt)))
    assert f"市民税・県民税{title}" in text
    assert ("課税されていません" in text) is exempt


def test_所得証明書には税額が無い() -> None:
    text = "".join(pages(所得証明書, 所得証明書.sample()))
    assert "税額" not in text
    assert "上記のとおり相違ないことを証明する。" in text


def test_零の枝は番号を持たず章の終わりに淡く並ぶ() -> None:
    sample = 理由.sample()
    text = "".join(pages(理由, sample))
    steps = sum(not 行.零 for 章 in sample.章 for 行 in 章.行)
    zeros = [行.名 + ("" if 行.値 == "0円" else f"（{行.値}）") for 行 in sample.章[1].行 if 行.零]
    assert "0円・該当なし" + "、".join(zeros) in text
    assert f"{steps}6月の額" in text


def test_六十歩の理由も読める大きさのまま次の頁へ続く() -> None:
    sample = 理由.sample()
    chapter = dataclasses.replace(sample.章[0], 行=tuple(行 for 章 in sample.章 for 行 in 章.行 if not 行.零))
    rendered = made(理由, dataclasses.replace(sample, 章=(*sample.章, chapter)))
    assert rendered.warnings == ()
    assert rendered.pages == len(page_texts(rendered.pdf)) <= 4


@pytest.mark.parametrize("form", [*通知書, 理由, 所得証明書, 課税証明書], ids=name)
def test_見本は枠に入りきる(form: Form) -> None:
    assert sample_pdf(form, base_fonts()).warnings == ()
    assert sample_pdf(form, full_fonts()).warnings == ()


def test_数字の広さは測らずに入るとする上限を超えない() -> None:
    limits = {**dict.fromkeys("0123456789", 0.63), ",": 0.27, "△": 1.0}
    for found in full_fonts().found:
        with TTFont(found.path, lazy=True) as font:
            glyphs, unit = font.getBestCmap(), font["head"].unitsPerEm
            for character, limit in limits.items():
                assert font["hmtx"][glyphs[ord(character)]][0] / unit <= limit


@pytest.mark.parametrize("amount", [999_999_999, 999_999_999_999, -999_999_999_999_999])
def test_大きな額は桁を落とさず小さくして刷る(amount: int) -> None:
    sample = 決定通知書.sample()
    row = dataclasses.replace(sample.所得[0], 所得金額=amount)
    rendered = made(決定通知書, dataclasses.replace(sample, 所得=(row, *sample.所得[1:])))
    assert rendered.warnings == ()
    assert f"4,836,000{amount:,}".replace("-", "△") in compact(page_texts(rendered.pdf)[1])


def test_ゴシックの文の中の異体字列も指す字形で刷られる() -> None:
    fonts = full_fonts()
    if all(each.face is not IPAMJ_MINCHO for each in fonts.found):
        pytest.skip("IPAmj明朝が入っていない（fonts-ipamj-mincho）。")
    images = []
    for letter in ("\u845b\U000e0103", "\u845b\U000e0102", "\u845b\U000e0105"):
        data = dataclasses.replace(決定通知書.sample(), 本文=letter + "城市市税条例の規定により通知します。")
        rendered = made(決定通知書, data, fonts)
        assert letter in compact(page_texts(rendered.pdf)[0])
        images.append(page_images(rendered.pdf, 200)[0].tobytes())
    assert len(set(images)) == 3
