"""届出に打たれた文字の字形。Adobe-Japan1 の異体字列を文字情報基盤の字形に読み替え、何をどう替えたかを控えに残す。

控えの読み替えは、前と後を見る画面で、入力した人と決裁する人の両方に示す。ほかの文字は一つも変えない。
住所の文字は読み替えない（控えに場所の文字を残せないため）。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from tsugaru.gyomu.juki.domain.decision import 警告
from tsugaru.gyomu.juki.domain.fields import 型, 項目定義
from tsugaru.gyomu.juki.models import 届出
from tsugaru.kernel.glyphs import 受け入れる

P = TypeVar("P", bound=Any)
控えの項目 = "読み替え"


def そろえる(定義: Sequence[項目定義], 値: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """文字の項目を読み替えた値と、「氏の1文字目の…」の文。"""
    labels = {one.名: one.見出し for one in 定義 if one.型 is 型.文字}
    made, notes = dict(値), []
    for name, label in labels.items():
        if isinstance(made.get(name), str):
            made[name], changed = 受け入れる(made[name])
            notes += [f"{label}の{one.文}" for one in changed]
    return made, notes


def 人々をそろえる(定義: Sequence[項目定義], 人々: Sequence[P]) -> tuple[list[P], list[str]]:
    """一人一人の値。"""
    made, notes = [], []
    for person in 人々:
        values, found = そろえる(定義, person.値)
        made.append(replace(person, 値=values))
        notes += found
    return made, notes


def 読み替えの警告(row: 届出) -> tuple[警告, ...]:
    """控えに残る読み替え。"""
    return tuple(
        警告(
            番号="JK-A108",
            文=f"{note}読み替えました（文字情報基盤の字形）。",
            対処="届書の字形と同じかを確かめてください。",
        )
        for note in row.内容.get(控えの項目, [])
    )
