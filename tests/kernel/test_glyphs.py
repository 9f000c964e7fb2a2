"""異体字選択子の読み替え: 二つの書体の実物と照らす。"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tsugaru.kernel import glyphs
from tsugaru.kernel.glyphs import 受け入れる, 読み替えた字
from tsugaru.platform.documents.coverage import read_glyph_table

IPAEX = Path("/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf")
IPAMJ = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")
選択子 = range(0xE0100, 0xE01F0)


def _列(path: Path) -> frozenset[tuple[int, int]]:
    """書体の持つ異体字列（標準の異体字選択子を除く）。"""
    return frozenset(pair for pair in read_glyph_table(path).sequences if pair[1] in 選択子)


@pytest.mark.skipif(not (IPAEX.exists() and IPAMJ.exists()), reason="IPAex明朝と IPAmj明朝が無い")
def test_表の列はそれぞれの集まりだけにあり由来を聞かずに読み替えられる() -> None:
    adobe, joho = _列(IPAEX), _列(IPAMJ)
    assert (len(adobe), len(joho), adobe & joho) == (352, 11385, frozenset())
    with Path(glyphs.__file__).with_name("ivs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    for row in rows:
        assert (ord(row["字"]), int(row["Adobe-Japan1"], 16)) in adobe
        assert (ord(row["字"]), int(row["Moji_Joho"], 16)) in joho


def test_Adobe_Japan1の字だけを読み替え符号位置を言う() -> None:
    text, changed = 受け入れる("三辻\U000e0101葛\U000e0100辻\U000e0103")
    assert text == "三辻\U000e0103葛\U000e0100辻\U000e0103"
    assert changed == (読み替えた字(2, "辻\U000e0101", "辻\U000e0103"),)
    assert changed[0].文 == "2文字目の「辻」を U+8FBB U+E0101 から U+8FBB U+E0103 に"


@pytest.mark.parametrize("text", ["工藤　花子", "髙﨑𠮷", "辻", "葛\U000e0100", "が\u3099", ""])
def test_ほかの文字は一つも変えない(text: str) -> None:
    assert 受け入れる(text) == (text, ())
