"""データと様式から PDF を作る。

- PDF/A-2u で作るので、書体に無い字があれば組版が止まる（豆腐は刷られない）。
- 日時は引数で受け取り、文書の日付にする。同じ引数からは同じバイト列ができる。
- 枠に入らない値は段々に小さくし、それでも入らなければ入るところまで刷って ``warnings`` に残す。
  黙って切ることはない。渡してよいかは呼ぶ側が職員に確かめる。
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import typst

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.coverage import missing_error, missing_glyphs, read_glyph_table
from tsugaru.platform.documents.fonts import IPAEX_GOTHIC, FontSet, installed_fonts
from tsugaru.platform.documents.form import Form, check_lengths, plain, texts
from tsugaru.platform.documents.request_mark import request_mark, svg

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
PAGE_COUNT = re.compile(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>")


@dataclass(frozen=True)
class Overflow:
    """枠に入りきらなかった項目。``printed`` は実際に刷られた部分。"""

    field: str
    text: str
    printed: str

    def __str__(self) -> str:
        """職員への知らせ。"""
        return (
            f"DC-0201 {self.field}が枠に入りきらない（全{len(self.text)}字のうち{len(self.printed)}字を印字）。"
            "手書きで補うか、備考に続きを書いて作り直す。"
        )


@dataclass(frozen=True)
class Rendered:
    """できた PDF。渡すときは ``delivery.confirm`` で請求番号とハッシュを確かめる。"""

    pdf: bytes
    sha256: str
    pages: int
    warnings: tuple[Overflow, ...]


@cache
def default_fonts() -> FontSet:
    """この機械の書体。動作中に変わらないので一度だけ探す。"""
    return installed_fonts()


def prepare() -> FontSet:
    """書体を先に読んでおく。起動のときに呼ぶと、その日の一枚目から待たせない。"""
    fonts = default_fonts()
    for each in fonts.found:
        read_glyph_table(each.path)
    return fonts


def render(
    form: Form, data: Any, *, request_id: UUID, issued_on: date, fonts: FontSet | None = None
) -> Rendered:
    """様式にデータを入れて PDF を作る。

    ``data`` は ``form.data`` の値、``request_id`` は請求の番号、``issued_on`` は文書の日付である。
    書体に無い字（DC-0101）、長すぎる項目（DC-0102）は、作る前に業務エラーとする。
    """
    fonts = fonts or default_fonts()
    _check(form, data, fonts)
    compiler = typst.Compiler(
        form.template,
        root=PACKAGE_ROOT,
        font_paths=fonts.typst_fonts,
        ignore_system_fonts=True,
        sys_inputs=_inputs(form, data, request_id, issued_on, fonts),
    )
    try:
        pdf = cast(bytes, compiler.compile(format="pdf", pdf_standards="a-2u", pdf_tags=False))
        overflows = json.loads(compiler.query("<overflow>", field="value"))
    except typst.TypstError as error:
        raise 業務エラー(
            "DC-0202",
            f"{form.title}（{form.form_id}）を組めなかった（{error}）。",
            "版面と項目を確かめる。直らなければ運用担当に知らせる。",
        ) from error
    warnings = tuple(dict.fromkeys(Overflow(each["項目"], each["本文"], each["印字"]) for each in overflows))
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), _page_count(pdf), warnings)


def _check(form: Form, data: Any, fonts: FontSet) -> None:
    """組む前に確かめられることをすべて確かめる。"""
    if not isinstance(data, form.data):
        raise 業務エラー(
            "DC-0107",
            f"{form.title}のデータではない（{type(data).__name__}）。",
            f"{form.data.__name__} を渡す。",
        )
    if all(each.face is not IPAEX_GOTHIC for each in fonts.found):
        raise 業務エラー("DC-0108", f"{IPAEX_GOTHIC.label}が無い。", IPAEX_GOTHIC.remedy)
    check_lengths(data)
    for field, text in texts(data):
        if missing := missing_glyphs(text, fonts):
            raise missing_error(field, missing, fonts)


def _inputs(form: Form, data: Any, request_id: UUID, issued_on: date, fonts: FontSet) -> dict[str, str]:
    """版面に渡す値。``設定`` は帳票の種類によらない事項、``データ`` は帳票の項目。"""
    settings = {
        "様式": form.form_id,
        "版": form.version,
        "名称": form.title,
        "請求番号": str(request_id),
        "発行年月日": [issued_on.year, issued_on.month, issued_on.day],
        "請求番号コード": svg(request_mark(request_id)),
        "値の書体": fonts.value_families,
        "見出しの書体": fonts.label_families,
    }
    return {
        "設定": json.dumps(settings, ensure_ascii=False),
        "データ": json.dumps(plain(data), ensure_ascii=False),
    }


def _page_count(pdf: bytes) -> int:
    found = PAGE_COUNT.search(pdf)
    return int(found[1]) if found else 1
