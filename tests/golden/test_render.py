"""PDF を作る: 同じ請求からは同じバイト列、無い字と長すぎる値は黙って刷らない。"""

import dataclasses
import hashlib
import string
from datetime import date
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.golden.forms import (
    FORMS,
    MM,
    base_fonts,
    compact,
    name,
    page_texts,
    sample_pdf,
    発行年月日,
    請求番号,
)
from tsugaru.gyomu.juki.notices.record_household.notice import FORM as 世帯連記式
from tsugaru.gyomu.juki.notices.record_individual.notice import FORM as 個人票
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.coverage import read_glyph_table
from tsugaru.platform.documents.fonts import FontSet
from tsugaru.platform.documents.form import Form, texts
from tsugaru.platform.documents.render import Rendered, prepare, render

紙の右端 = 210 - 15
かな漢字 = "あいうえおかきくけこ亜唖娃阿哀愛挨姶逢葵一丁目番地号棟マンション０１２３"


def printed(form: Form, data: Any, request_id: UUID = 請求番号) -> Rendered:
    return render(form, data, request_id=request_id, issued_on=発行年月日, fonts=base_fonts())


def household(**changed: Any) -> Any:
    return dataclasses.replace(世帯連記式.sample(), **changed)


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_同じ請求からは同じバイト列ができる(form: Form) -> None:
    first, second = sample_pdf(form, base_fonts()), printed(form, form.sample())
    assert first == second
    assert first.sha256 == hashlib.sha256(first.pdf).hexdigest()


def test_請求番号か日付かデータが違えばバイト列も違う() -> None:
    form = 世帯連記式
    same = printed(form, form.sample())
    other_id = printed(form, form.sample(), UUID(int=1))
    other_data = printed(form, household(世帯主=None))
    other_day = render(
        form, form.sample(), request_id=請求番号, issued_on=date(2026, 5, 3), fonts=base_fonts()
    )
    assert len({each.sha256 for each in (same, other_id, other_data, other_day)}) == 4


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_見本の値はすべて刷られ知らせは無い(form: Form) -> None:
    rendered = sample_pdf(form, base_fonts())
    whole = compact("".join(page_texts(rendered.pdf)))
    missing = [field for field, text in texts(form.sample()) if compact(text) not in whole]
    assert missing == []
    assert rendered.warnings == ()


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_長期保存の規格を名乗る(form: Form) -> None:
    pdf = sample_pdf(form, base_fonts()).pdf
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in pdf


def test_頁数は世帯員四人ごとに増える() -> None:
    member = 世帯連記式.sample().世帯員[0]
    pages = [printed(世帯連記式, household(世帯員=(member,) * count)).pages for count in (1, 4, 5, 8, 9)]
    assert pages == [1, 1, 2, 2, 3]


def test_長い値は縮めて全部刷る() -> None:
    long = (
        "見本県見本市大字青葉字若葉台二丁目１２３番地の４５６　グランドステージ見本中央弐番館　アネックスタワー"
        * 2
    )
    rendered = printed(世帯連記式, household(住所=long))
    assert rendered.warnings == ()
    assert compact(long) in compact(page_texts(rendered.pdf)[0])


def test_縮めても入らない値は入るところまで刷って知らせる() -> None:
    member = dataclasses.replace(世帯連記式.sample().世帯員[0], 本籍="見本町" * 100)
    rendered = printed(世帯連記式, household(世帯員=(member,)))
    (warning,) = rendered.warnings
    assert warning.field == "世帯員[1].本籍"
    assert warning.text == member.本籍
    assert 0 < len(warning.printed) < len(member.本籍)
    assert member.本籍.startswith(warning.printed)
    assert str(warning).startswith("DC-0201 世帯員[1].本籍が枠に入りきらない（全300字のうち")


def right_edge(pdf: bytes) -> float:
    """一頁目の字のいちばん右の端（mm）。"""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        return max(text.get_charbox(index)[2] for index in range(text.count_chars())) * MM / 72


@pytest.mark.parametrize(
    "value",
    ["W" * 100, "0" * 100, "ッ" * 100, "ー" * 100, "。" * 100],
    ids=["英字", "数字", "小書き", "音引き", "句点"],
)
def test_折り返せない値も枠の外に出ない(value: str) -> None:
    member = dataclasses.replace(世帯連記式.sample().世帯員[0], 氏名=value, 筆頭者=value)
    rendered = printed(世帯連記式, household(世帯員=(member,)))
    assert {each.field for each in rendered.warnings} >= {"世帯員[1].筆頭者"}
    assert right_edge(rendered.pdf) <= 紙の右端


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=かな漢字 + string.ascii_uppercase + "ーッ　 ", min_size=1, max_size=300))
def test_どんな住所も全部刷るか知らせるかのどちらかである(address: str) -> None:
    rendered = printed(世帯連記式, household(住所=address))
    whole = compact("".join(page_texts(rendered.pdf)))
    cut = [each for each in rendered.warnings if each.field == "住所"]
    assert compact(cut[0].printed if cut else address) in whole
    assert right_edge(rendered.pdf) <= 紙の右端


@pytest.mark.parametrize("text", ["#panic()", "*太字*", "$x$", "@label", "<a>", '"', "\\", "//", "--", "[a]"])
def test_値の中の組版の記号はそのまま刷る(text: str) -> None:
    rendered = printed(世帯連記式, household(世帯主=text))
    assert text in page_texts(rendered.pdf)[0]


def test_書体に無い字は組む前に止める() -> None:
    with pytest.raises(業務エラー, match=r"DC-0101 世帯主に書体に無い字がある（2字目「😀」U\+1F600）"):
        printed(世帯連記式, household(世帯主="山😀"))


def test_上限より長い値は止める() -> None:
    with pytest.raises(業務エラー, match="DC-0102 世帯主が長すぎる（101字、上限100字）"):
        printed(世帯連記式, household(世帯主="山" * 101))
    assert printed(世帯連記式, household(世帯主="山" * 100)).pages == 2


def test_奥の項目の上限も確かめる() -> None:
    member = dataclasses.replace(世帯連記式.sample().世帯員[0], 個人番号="0" * 21)
    with pytest.raises(業務エラー, match=r"世帯員\[2\]\.個人番号"):
        printed(世帯連記式, household(世帯員=(世帯連記式.sample().世帯員[0], member)))


def test_違う帳票のデータは受け取らない() -> None:
    with pytest.raises(業務エラー, match="DC-0107"):
        printed(個人票, 世帯連記式.sample())


def test_ゴシックが無ければ作らない() -> None:
    with pytest.raises(業務エラー, match="DC-0108"):
        render(世帯連記式, 世帯連記式.sample(), request_id=請求番号, issued_on=発行年月日, fonts=FontSet(()))


def test_組めない版面は番号のある誤りになる() -> None:
    broken = dataclasses.replace(世帯連記式, folder=個人票.folder)
    with pytest.raises(業務エラー, match="DC-0202"):
        printed(broken, 世帯連記式.sample())


def test_先に読んだ書体は作るときに読み直さない() -> None:
    read_glyph_table.cache_clear()
    fonts = prepare()
    read = read_glyph_table.cache_info().misses
    assert read == len(fonts.found)
    render(世帯連記式, 世帯連記式.sample(), request_id=請求番号, issued_on=発行年月日)
    assert read_glyph_table.cache_info().misses == read
