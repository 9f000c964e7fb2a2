"""団体の名前と番号が src に無いことの検査。違いは municipalities/ のデータに置く。"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

NAME_KEYS = re.compile(r"名|name|host|slug|かな|カナ|kana", re.IGNORECASE)
SUFFIX = re.compile(r"[市町村区]$")


def place_words(code: str, settings: Mapping[str, Any]) -> set[str]:
    """1 団体を指す語: 6 桁と 5 桁の番号、名前、市町村を取った名前。"""
    names = {
        value for key, value in settings.items() if NAME_KEYS.search(str(key)) and isinstance(value, str)
    }
    own = {name for name in names if SUFFIX.search(name)}
    hosts = {
        value for key, value in settings.items() if str(key) in {"host", "slug"} and isinstance(value, str)
    }
    return {code, code[:5]} | own | {SUFFIX.sub("", name) for name in own} | hosts


def place_faults(text: str, words: Iterable[str]) -> list[str]:
    """文の中に現れた語。番号は前後が数字・英字でないときだけ数える。"""
    return [f"団体の語 {word} があります" for word in sorted(words) if _appears(word, text)]


def _appears(word: str, text: str) -> bool:
    if len(word) < 2:
        return False
    if word.isascii():
        return re.search(rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])", text) is not None
    return word in text
