"""書体を探し、無い字を印刷の前に見つける。"""

import os
from pathlib import Path

import pytest

from tests.golden.forms import base_fonts, full_fonts
from tsugaru.platform.documents import fonts as fonts_module
from tsugaru.platform.documents.coverage import clusters, missing_error, missing_glyphs
from tsugaru.platform.documents.fonts import (
    FACES,
    FONT_DIRS_VARIABLE,
    IPAEX_GOTHIC,
    IPAMJ_MINCHO,
    FontSet,
    bundled_directory,
    find_fonts,
    font_report,
    search_directories,
)

葛 = "\u845b"
異体字1 = "\U000e0100"
文字情報基盤の異体字 = "\U000e0103"


def with_ipamj() -> FontSet:
    fonts = full_fonts()
    if all(each.face is not IPAMJ_MINCHO for each in fonts.found):
        pytest.skip("IPAmj明朝が入っていない（fonts-ipamj-mincho）。")
    return fonts


def test_ゴシックはいつも付いてくる() -> None:
    bundled = bundled_directory()
    assert bundled is not None
    assert [each.face for each in find_fonts([bundled]).found] == [IPAEX_GOTHIC]


def test_書体のパッケージが無ければ探すフォルダに入れない(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_module, "BUNDLED_PACKAGE", "no_such_package_for_fonts")
    assert bundled_directory() is None
    assert search_directories({}) == fonts_module.SYSTEM_FONT_DIRS


def test_環境変数のフォルダを先に探す(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    directories = search_directories({FONT_DIRS_VARIABLE: f"{first}{os.pathsep}{second}"})
    assert directories[:2] == (first, second)
    assert bundled_directory() in directories


def test_先に見つかった書体を使う(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / IPAEX_GOTHIC.file_name).write_bytes(b"")
    found = find_fonts([tmp_path / "missing", tmp_path / "b", tmp_path / "a"]).found
    assert [each.path.parent.name for each in found] == ["b"]


def test_診断は無い書体と起きることを述べる() -> None:
    report = {each.face: each for each in font_report(base_fonts())}
    assert set(report) == set(FACES)
    assert report[IPAEX_GOTHIC].path is not None
    assert report[IPAMJ_MINCHO].path is None
    assert "止まる" in report[IPAMJ_MINCHO].consequence


def test_見出しはゴシックを先に値は明朝を先に探す() -> None:
    fonts = with_ipamj()
    assert fonts.label_families[0] == IPAEX_GOTHIC.family
    assert fonts.value_families[0] == IPAMJ_MINCHO.family


def test_異体字セレクタは前の字と一組になる() -> None:
    assert list(clusters(f"{葛}{異体字1}城")) == [f"{葛}{異体字1}", "城"]
    assert list(clusters("")) == []


@pytest.mark.parametrize("text", ["髙橋　﨑", "ｱ１Ａ", "山田\n太郎", ""])
def test_ゴシックにある字は足りている(text: str) -> None:
    assert missing_glyphs(text, base_fonts()) == ()


@pytest.mark.parametrize(
    ("text", "position", "code_points"),
    [
        ("山😀", 2, "U+1F600"),
        ("\u0e01", 1, "U+0E01"),
        ("\U00100000", 1, "U+100000"),
        (f"{葛}\U000e01ef", 1, "U+845B U+E01EF"),
        (f"あ{葛}{異体字1}\U000e0101", 2, "U+845B U+E0100 U+E0101"),
    ],
)
def test_無い字は位置と符号とともに知らせる(text: str, position: int, code_points: str) -> None:
    (missing,) = missing_glyphs(text, base_fonts())
    assert (missing.position, missing.code_points) == (position, code_points)


def test_異体字列は文字情報基盤の書体だけで刷れるとする() -> None:
    text = f"{葛}{文字情報基盤の異体字}"
    assert [each.text for each in missing_glyphs(text, base_fonts())] == [text]
    assert missing_glyphs(text, with_ipamj()) == ()


def test_別の組の異体字列は文字情報基盤の書体があっても無い字とする() -> None:
    text = f"{葛}{異体字1}"
    assert [each.text for each in missing_glyphs(text, with_ipamj())] == [text]


def test_知らせは無い書体の入れ方を述べる() -> None:
    text = f"{葛}{異体字1}"
    error = missing_error("世帯主", missing_glyphs(text, base_fonts()), base_fonts())
    assert error.code == "DC-0101"
    assert error.項目 == "世帯主"
    assert "U+845B U+E0100" in error.message
    assert "fonts-ipamj-mincho" in error.remedy


def test_漢字でない字には書体の入れ方を勧めない() -> None:
    error = missing_error("備考", missing_glyphs("😀", base_fonts()), base_fonts())
    assert "fonts-ipamj-mincho" not in error.remedy
