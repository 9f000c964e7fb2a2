"""文字。蓄える文字は一つも変えない（NFC も NFKC もかけない）。探すための鍵だけを別に作る。"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from tsugaru.kernel.errors import 業務エラー

選択子 = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_見えない = {
    *range(0x00, 0x20), *range(0x7F, 0xA0), 0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0001, 0xE0080),
}  # fmt: skip
_絵文字 = (
    (0x1F000, 0x1FAFF), (0x2600, 0x2604), (0x2607, 0x263F), (0x2641, 0x2641), (0x2643, 0x26FF), (0x2705, 0x2705),
    (0x2728, 0x2728), (0x274C, 0x274C), (0x2753, 0x2757), (0x2795, 0x2797), (0x1F1E6, 0x1F1FF),
)  # fmt: skip


def _悪い字(字: str, 前: str) -> str | None:
    point = ord(字)
    if point in _見えない:
        return "見えない制御文字"
    if 0xD800 <= point <= 0xDFFF or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return "文字でない符号"
    if 選択子.match(字):
        return None if 前 and _漢字である(前) else "漢字に付いていない異体字選択子"
    if any(low <= point <= high for low, high in _絵文字):
        return "絵文字"
    return None


def _漢字である(字: str) -> bool:
    return unicodedata.name(字, "").startswith("CJK")


def 検査する文字列(
    text: str, *, 項目: str, 最大文字数: int, 改行可: bool = False, code: str = "MJ-0001"
) -> str:
    """受け取ってよい文字だけなら、そのまま返す。文字数は異体字選択子を数えない。違えば 業務エラー。"""
    length = len(選択子.sub("", text))
    if length > 最大文字数:
        raise 業務エラー(
            code,
            f"{項目}が{length}文字あります（{最大文字数}文字まで）。",
            "短くして入れ直してください。",
            項目=項目,
        )
    前 = ""
    for place, 字 in enumerate(text, start=1):
        reason = None if 改行可 and 字 in "\n\r" else _悪い字(字, 前)
        if reason:
            raise 業務エラー(
                code,
                f"{項目}の{place}文字目に使えない文字があります（{reason} U+{ord(字):04X}）。",
                "その文字を消して入れ直してください。",
                項目=項目,
            )
        前 = 字
    return text


_半角濁点 = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
_空白 = re.compile(r"[\s\u3000・･，,.]+")
_長音 = re.compile("[ー－−‐‑–—―ｰ~〜～-]")
_小書き = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_清音 = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴヰヱヲ",
    "カキクケコサシスセソタシステトハヒフヘホハヒフヘホウイエオ",
)
_オ段ウ = re.compile("([オコソトノホモヨロゴゾドボポ])ウ")


def 検索かな(text: str) -> str:
    """かなの検索鍵（厳密）: 半角→全角、ひらがな→カタカナ、空白と区切りを除く。"""
    wide = unicodedata.normalize("NFKC", text.translate(_半角濁点))
    kana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide)
    return _空白.sub("", kana).upper()


def 検索かな緩(text: str) -> str:
    """かなの検索鍵（緩やか）: さらに 長音を除き、オ段＋ウ→オ段、拗促音→直音、濁音・半濁音→清音。"""
    kana = _長音.sub("", 検索かな(text)).translate(_小書き)
    return _オ段ウ.sub(r"\1", kana).translate(_清音)


@lru_cache(maxsize=1)
def _異体字() -> dict[int, str]:
    path = Path(__file__).with_name("itaiji.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return {ord(v): row["代表"] for row in csv.DictReader(stream) for v in row["異体"].split()}


def 検索漢字(text: str) -> str:
    """漢字の検索鍵: 異体字選択子を除き、互換漢字と異体字を代表の字にそろえ、空白を除く。"""
    bare = 選択子.sub("", text)
    plain = unicodedata.normalize("NFKC", bare)
    return _空白.sub("", plain.translate(_異体字())).upper()


def 字片(鍵: str) -> list[str]:
    """一字と二字の切れ端（SQL の public.bigrams と同じ）。"""
    return sorted({鍵[i : i + n] for n in (1, 2) for i in range(len(鍵) - n + 1)})
