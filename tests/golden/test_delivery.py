"""渡す前に、PDF が請求のものであることを確かめる。"""

import dataclasses
import hashlib
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.golden.forms import (
    FORMS,
    base_fonts,
    name,
    page_images,
    page_texts,
    sample_pdf,
    発行年月日,
    請求番号,
)
from tsugaru.gyomu.inkan.notices.seal_certificate.notice import FORM as 印鑑登録証明書
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.delivery import confirm, request_id_of
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.render import render
from tsugaru.platform.documents.request_mark import SIZE, request_mark, svg


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_請求番号は付帯情報と文字と二次元コードから読み返せる(form: Form) -> None:
    pdf = sample_pdf(form, base_fonts()).pdf
    assert request_id_of(pdf) == 請求番号
    for text, image in zip(page_texts(pdf), page_images(pdf, 300), strict=True):
        assert str(請求番号) in text
        codes = [code.text for code in zxingcpp.read_barcodes(image)]
        assert codes == [str(請求番号).upper()]


def test_請求番号とハッシュが合えばそのまま渡す() -> None:
    rendered = sample_pdf(FORMS[0], base_fonts())
    assert confirm(rendered.pdf, request_id=請求番号, sha256=rendered.sha256) is rendered.pdf


def test_別の請求のものは渡さない() -> None:
    rendered = sample_pdf(FORMS[0], base_fonts())
    with pytest.raises(業務エラー, match="DC-0301"):
        confirm(rendered.pdf, request_id=uuid4(), sha256=rendered.sha256)


def test_一バイトでも違えば渡さない() -> None:
    rendered = sample_pdf(FORMS[0], base_fonts())
    changed = bytes([*rendered.pdf[:-1], rendered.pdf[-1] ^ 1])
    with pytest.raises(業務エラー, match="DC-0301"):
        confirm(changed, request_id=請求番号, sha256=rendered.sha256)


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"<pdf:Keywords>a, b</pdf:Keywords>",
        "<pdf:Keywords>請求番号:x</pdf:Keywords>".encode(),
        f"<pdf:Keywords>請求番号:{UUID(int=1)}, 請求番号:{UUID(int=2)}</pdf:Keywords>".encode(),
    ],
    ids=["空", "番号なし", "番号でない", "番号が二つ"],
)
def test_請求番号の無いものは渡さない(pdf: bytes) -> None:
    assert request_id_of(pdf) is None
    with pytest.raises(業務エラー, match="DC-0301"):
        confirm(pdf, request_id=UUID(int=1), sha256=hashlib.sha256(pdf).hexdigest())


@settings(max_examples=100, deadline=None)
@given(st.uuids())
def test_二次元コードはどの請求番号でも読める(request_id: UUID) -> None:
    rows = request_mark(request_id)
    image = Image.new("L", (SIZE + 8, SIZE + 8), 255)
    for y, row in enumerate(rows):
        for x, bit in enumerate(row):
            image.putpixel((x + 4, y + 4), 0 if bit == "1" else 255)
    (code,) = zxingcpp.read_barcodes(
        image.resize((image.width * 4, image.height * 4), Image.Resampling.NEAREST)
    )
    assert UUID(code.text) == request_id
    assert (code.format, code.ec_level) == (zxingcpp.BarcodeFormat.QRCode, "M")


def test_二次元コードの図は黒い目の数だけ四角を描く() -> None:
    rows = request_mark(請求番号)
    assert svg(rows).count("h1v1h-1z") == "".join(rows).count("1")


def test_同時に作っても別の人のものと入れ替わらない() -> None:
    people = {UUID(int=number): f"見本　{number:03d}番" for number in range(1, 41)}

    def issue(request_id: UUID) -> tuple[UUID, bytes, str]:
        data = dataclasses.replace(印鑑登録証明書.sample(), 氏名=people[request_id])
        made = render(印鑑登録証明書, data, request_id=request_id, issued_on=発行年月日, fonts=base_fonts())
        return request_id, made.pdf, made.sha256

    with ThreadPoolExecutor(max_workers=4) as pool:
        issued = list(pool.map(issue, people))
    for request_id, pdf, sha256 in issued:
        text = page_texts(confirm(pdf, request_id=request_id, sha256=sha256))[0]
        assert [name for name in people.values() if name in text] == [people[request_id]]
