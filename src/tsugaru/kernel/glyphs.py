"""異体字選択子の二つの集まり（Adobe-Japan1 と Moji_Joho）の間の読み替え。

同じ「葛＋U+E0100」でも、集まりが違えば別の形になる。台帳は Moji_Joho（文字情報基盤）で持つので、
Adobe-Japan1 で届いたものは受入れの時に読み替える。表は ivs.csv にあり、IPAex明朝（Adobe-Japan1）と
IPAmj明朝（Moji_Joho）の字形の輪郭が点まで一致した組だけを載せる。表にないものは読み替えず、人に示す。
表の Adobe-Japan1 の列は Moji_Joho に一つも無い（tests/kernel/test_glyphs.py が二つの書体で確かめる）ので、
打たれた字は、由来を聞かずに「受け入れる」で読み替えられる。

まだ無いもの: 葛・芦など、二つの書体で輪郭が一致しない字の組（公の対応表による確認が要る）。
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

由来の名 = Literal["Moji_Joho", "Adobe-Japan1", "不明"]
_選択子つき = re.compile("(.)([\U000e0100-\U000e01ef])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class 読み替え:
    """結果の文字列と、読み替えられず元のまま残した（位置, 字＋選択子）。位置は元の文字列で1から数える。"""

    文字列: str
    未対応: tuple[tuple[int, str], ...] = ()


def 文字情報基盤の字形へ(text: str, 由来: 由来の名) -> 読み替え:
    """Moji_Joho の選択子へ直す。由来が不明なら、選択子の付いた字は全て未対応として返す。推し量らない。"""
    if 由来 == "Moji_Joho":
        return 読み替え(text)
    table = _表() if 由来 == "Adobe-Japan1" else {}
    left = tuple((m.start() + 1, m[0]) for m in _選択子つき.finditer(text) if m[0] not in table)
    return 読み替え(_選択子つき.sub(lambda m: table.get(m[0], m[0]), text), left)


@dataclass(frozen=True, slots=True)
class 読み替えた字:
    """読み替えた一つの字。位置は元の文字列で1から数える（選択子も一つと数える）。"""

    位置: int
    前: str
    後: str

    @property
    def 文(self) -> str:
        """「2文字目の「辻」を U+8FBB U+E0101 から U+8FBB U+E0103 に」。"""
        return f"{self.位置}文字目の「{self.前[0]}」を {_符号位置(self.前)} から {_符号位置(self.後)} に"


def 受け入れる(text: str) -> tuple[str, tuple[読み替えた字, ...]]:
    """打たれた文字列の、Adobe-Japan1 と分かる字だけを読み替える。ほかは一つも変えない。"""
    table = _表()
    found = tuple(
        読み替えた字(m.start() + 1, m[0], table[m[0]]) for m in _選択子つき.finditer(text) if m[0] in table
    )
    return _選択子つき.sub(lambda m: table.get(m[0], m[0]), text), found


def _符号位置(text: str) -> str:
    return " ".join(f"U+{ord(c):04X}" for c in text)


@lru_cache(maxsize=1)
def _表() -> dict[str, str]:
    path = Path(__file__).with_name("ivs.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["字"] + chr(int(row["Adobe-Japan1"], 16)): row["字"] + chr(int(row["Moji_Joho"], 16))
        for row in rows
    }
