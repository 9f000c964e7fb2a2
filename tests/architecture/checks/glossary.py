"""用語集の検査。表の形と、使わない語が識別子になっていないこと。"""

import re
from dataclasses import dataclass

COLUMNS = ["語", "出典", "English", "使わない語"]


@dataclass(frozen=True)
class Term:
    """用語集の 1 行。"""

    word: str
    source: str
    english: str
    avoided: tuple[str, ...]


def terms(markdown: str) -> list[Term]:
    """GLOSSARY.md の表を全て読む。見出しと罫線の行は除く。"""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in markdown.splitlines()
        if line.startswith("|") and not set(line) <= set("|-: ")
    ]
    return [Term(row[0], row[1], row[2], _words(row[3])) for row in rows if row != COLUMNS]


def glossary_faults(found: list[Term]) -> list[str]:
    """重なった語、空の欄、使う語なのに使わない語にも載っているもの。"""
    words = [term.word for term in found]
    avoided = {word for term in found for word in term.avoided}
    faults = [
        f"{word} が重なっています" for word in sorted({word for word in words if words.count(word) > 1})
    ]
    faults += [
        f"{term.word} の出典か英語がありません" for term in found if not (term.source and term.english)
    ]
    faults += [f"{word} は使う語でも使わない語でもあります" for word in sorted(avoided & set(words))]
    return faults


def avoided_faults(names: list[tuple[int, str]], found: list[Term]) -> list[str]:
    """識別子がそのまま使わない語であるもの。「行: 何が」の文。"""
    better = {word: term.word for term in found for word in term.avoided}
    return [f"{line}: {name} ではなく {better[name]} と書きます" for line, name in names if name in better]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[、,]\s*", cell) if word)
