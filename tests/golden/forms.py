"""試験する帳票と、いつも同じ PDF を作るための決まった値。"""

import hashlib
import io
import re
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import pypdfium2
from PIL import Image

from tsugaru.gyomu.inkan.notices.seal_certificate import notice as seal_certificate
from tsugaru.gyomu.inkan.notices.seal_inquiry import notice as seal_inquiry
from tsugaru.gyomu.juki.notices.move_out import notice as move_out
from tsugaru.gyomu.juki.notices.protection_end import notice as protection_end
from tsugaru.gyomu.juki.notices.receipt import notice as receipt
from tsugaru.gyomu.juki.notices.record_household import notice as record_household
from tsugaru.gyomu.juki.notices.record_individual import notice as record_individual
from tsugaru.gyomu.juki.notices.record_items import notice as record_items
from tsugaru.gyomu.juki.notices.removed_record import notice as removed_record
from tsugaru.gyomu.kojin.notices.income_certificate import notice as income_certificate
from tsugaru.gyomu.kojin.notices.reasons import notice as reasons
from tsugaru.gyomu.kojin.notices.tax_certificate import notice as tax_certificate
from tsugaru.gyomu.kojin.notices.tax_change import notice as tax_change
from tsugaru.gyomu.kojin.notices.tax_decision import notice as tax_decision
from tsugaru.gyomu.kojin.notices.withholding_employee import notice as withholding_employee
from tsugaru.gyomu.kojin.notices.withholding_employer import notice as withholding_employer
from tsugaru.platform.documents.fonts import IPAEX_GOTHIC, IPAMJ_MINCHO, FontSet, installed_fonts
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.render import Rendered, render

FORMS: tuple[Form, ...] = tuple(
    module.FORM
    for module in (
        record_household,
        record_individual,
        removed_record,
        record_items,
        move_out,
        receipt,
        protection_end,
        seal_certificate,
        seal_inquiry,
        tax_decision,
        tax_change,
        withholding_employer,
        withholding_employee,
        income_certificate,
        tax_certificate,
        reasons,
    )
)
請求番号 = UUID("0198aa00-0000-7000-8000-00000000abcd")
発行年月日 = date(2026, 5, 2)
IMAGE_DPI = 60
MM = 25.4
EXPECTED = Path(__file__).parent / "expected"
PINNED = {
    IPAEX_GOTHIC: "3b9955a5e437ffb24c41548e79296fa724822da21ee75dc1b94f6ccdb8f400dd",
    IPAMJ_MINCHO: "75268aa9ac2d92080048196af08adee37f1c286cf4b7777ed5ac3722a8737f5f",
}


def name(form: Form) -> str:
    """様式のフォルダの名。試験の名と期待のファイルの名に使う。"""
    return form.folder.name


@cache
def base_fonts() -> FontSet:
    """Python パッケージに付いてくる書体だけの組。どの機械でも同じ版面になる。"""
    return installed_fonts().only(IPAEX_GOTHIC)


@cache
def full_fonts() -> FontSet:
    """IPAmj明朝を含む組。"""
    return installed_fonts().only(IPAEX_GOTHIC, IPAMJ_MINCHO)


@cache
def pinned(fonts: FontSet) -> bool:
    """書体のファイルが、期待の画像を作ったときのものと同じか。"""
    return all(
        hashlib.sha256(each.path.read_bytes()).hexdigest() == PINNED[each.face] for each in fonts.found
    )


@cache
def sample_pdf(form: Form, fonts: FontSet) -> Rendered:
    """見本を決まった請求番号と日付で組む。同じ引数では一度だけ組む。"""
    return render(form, form.sample(), request_id=請求番号, issued_on=発行年月日, fonts=fonts)


def page_texts(pdf: bytes) -> list[str]:
    """頁ごとの文字。行の終わりをそろえる。"""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def compact(text: str) -> str:
    """空白と改行を除いた文字。割付けや折返しによらず比べるために使う。"""
    return re.sub(r"\s", "", text)


def page_images(pdf: bytes, dpi: int = IMAGE_DPI) -> list[Image.Image]:
    """頁ごとの灰色の画像。"""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def png(image: Image.Image) -> bytes:
    """期待の画像として残す小さな PNG（16階調）。"""
    output = io.BytesIO()
    image.point(lambda value: value // 17 * 17).save(output, "PNG", optimize=True)
    return output.getvalue()
