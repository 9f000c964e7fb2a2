"""書体に無い字を、印刷の前に見つける。

組版の器は、書体に無い異体字列を断りなく基本の字形で刷る。別の字の証明書になるため、先に自分で確かめる。
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.fonts import IPAMJ_MINCHO, FontSet

VARIATION_SELECTORS = range(0xE0100, 0xE01F0)
STANDARD_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class GlyphTable:
    """書体一つが持つ字と異体字列（cmap の format 14）。"""

    characters: frozenset[int]
    sequences: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class MissingGlyph:
    """書体に無い字。``position`` は文字列の何字目か（1から、異体字セレクタは数えない）。"""

    text: str
    position: int

    @property
    def code_points(self) -> str:
        """符号位置の表示。例: ``U+845B U+E0100``。"""
        return " ".join(f"U+{ord(character):04X}" for character in self.text)


@lru_cache(maxsize=8)
def read_glyph_table(path: Path) -> GlyphTable:
    """書体ファイルから字の表を読む。書体は動作中に変わらないので覚えておく。"""
    with TTFont(path, lazy=True) as font:
        sequences = {
            (base, selector)
            for table in font["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, _glyph in pairs
        }
        return GlyphTable(frozenset(font.getBestCmap()), frozenset(sequences))


def clusters(text: str) -> Iterator[str]:
    """文字列を、基本の字と続く異体字セレクタの組に分ける。"""
    held = ""
    for character in text:
        if held and is_selector(character):
            held += character
            continue
        if held:
            yield held
        held = character
    if held:
        yield held


def is_selector(character: str) -> bool:
    """異体字セレクタか。"""
    return ord(character) in VARIATION_SELECTORS or ord(character) in STANDARD_SELECTORS


def can_be_set(cluster: str, fonts: FontSet) -> bool:
    """その字を書体の組で正しい字形に刷れるか。異体字列は Moji_Joho の書体だけを数える。"""
    if len(cluster) == 1:
        return any(ord(cluster) in read_glyph_table(each.path).characters for each in fonts.found)
    if len(cluster) > 2:
        return False
    pair = (ord(cluster[0]), ord(cluster[1]))
    return any(pair in read_glyph_table(each.path).sequences for each in fonts.found if each.face.moji_joho)


def missing_glyphs(text: str, fonts: FontSet) -> tuple[MissingGlyph, ...]:
    """書体に無い字を、出てくる順にすべて返す。改行は字ではないので見ない。"""
    return tuple(
        MissingGlyph(cluster, position)
        for position, cluster in enumerate(clusters(text), start=1)
        if cluster not in {"\n", " "} and not can_be_set(cluster, fonts)
    )


def missing_error(field: str, missing: tuple[MissingGlyph, ...], fonts: FontSet) -> 業務エラー:
    """書体に無い字の知らせ。項目・字・符号位置・どうすればよいかを述べる。"""
    listed = "、".join(f"{each.position}字目「{each.text}」{each.code_points}" for each in missing[:5])
    has_ipamj = any(each.face is IPAMJ_MINCHO for each in fonts.found)
    remedy = (
        "字形と符号を確かめ、字を入れ直すか、その字を持つ書体を加える。"
        if has_ipamj or not _could_be_han(missing)
        else f"この機械に{IPAMJ_MINCHO.label}が無い。{IPAMJ_MINCHO.remedy}"
    )
    return 業務エラー("DC-0101", f"{field}に書体に無い字がある（{listed}）。", remedy, 項目=field)


def _could_be_han(missing: tuple[MissingGlyph, ...]) -> bool:
    return any(unicodedata.category(each.text[0]) == "Lo" for each in missing)
