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
    *range(0x20), *range(0x7F, 0xA0), 0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
    *range(0x2060, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0001, 0xE0080),
}  # fmt: skip
# 絵として描かれる字（Unicode の Emoji_Presentation）。♪ や ★ のような JIS X 0208 の記号は含まない。
_絵文字 = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c"
    "\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff]"
)
_漢字 = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


def _悪い字(字: str, 前: str) -> str | None:
    point = ord(字)
    if point in _見えない:
        return "見えない制御文字"
    if 0xD800 <= point <= 0xDFFF or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return "文字でない符号"
    if 選択子.match(字):
        return None if _漢字.match(前) else "漢字に付いていない異体字選択子"
    if _絵文字.match(字):
        return "絵文字"
    return None


def 検査する文字列(
    text: str, *, 項目: str = "文字列", 最大文字数: int, 改行可: bool = False, code: str = "MJ-0001"
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
_オ段ウ = re.compile("([オコソトノホモヨロ])ウ+")


def 検索かな(text: str) -> str:
    """かなの検索鍵（厳密）: 半角→全角、ひらがな→カタカナ、空白と区切りを除く。"""
    wide = unicodedata.normalize("NFKC", text.translate(_半角濁点))
    kana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide)
    return _空白.sub("", kana).upper()


def 検索かな緩(text: str) -> str:
    """かなの検索鍵（緩やか）: さらに 長音を除き、オ段＋ウ→オ段、拗促音→直音、濁音・半濁音→清音。"""
    kana = _長音.sub("", 検索かな(text)).translate(_小書き).translate(_清音)
    return _オ段ウ.sub(r"\1", kana)


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
