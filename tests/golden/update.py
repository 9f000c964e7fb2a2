"""期待の文字と画像を作り直す。``python -m tests.golden.update``。差は目で見てから記録する。"""

import sys

from tests.golden.forms import (
    EXPECTED,
    FORMS,
    base_fonts,
    full_fonts,
    name,
    page_images,
    page_texts,
    pinned,
    png,
    sample_pdf,
)
from tsugaru.platform.documents.fonts import FontSet


def update(variant: str, fonts: FontSet) -> None:
    """一つの書体の組について、全帳票の期待を書く。"""
    folder = EXPECTED / variant
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.iterdir():
        stale.unlink()
    for form in FORMS:
        pdf = sample_pdf(form, fonts).pdf
        (folder / f"{name(form)}.txt").write_text("\f".join(page_texts(pdf)), "utf-8")
        for number, image in enumerate(page_images(pdf), start=1):
            (folder / f"{name(form)}-{number}.png").write_bytes(png(image))


if __name__ == "__main__":
    for variant, fonts in (("base", base_fonts()), ("full", full_fonts())):
        if not pinned(fonts):
            sys.exit(f"{variant}: 書体が期待のものと違う。tests/golden/forms.py の PINNED を確かめる。")
        update(variant, fonts)
