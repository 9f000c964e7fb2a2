"""登録に打たれた文字の字形。Adobe-Japan1 の異体字列を文字情報基盤の字形に読み替え、何をどう替えたかを監査に残す。"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from tsugaru.gyomu.atena.domain.corporations import 法人の事項
from tsugaru.gyomu.atena.domain.outsiders import 個人
from tsugaru.kernel.glyphs import 受け入れる
from tsugaru.platform.audit import api as audit

T = TypeVar("T", 個人, 法人の事項)


def そろえる(内容: T) -> tuple[T, list[str]]:
    """文字の項目を読み替えた内容と、「氏名の1文字目の…」の文。ほかの文字は一つも変えない。"""
    made: dict[str, Any] = {}
    notes: list[str] = []
    for field in fields(内容):
        value = getattr(内容, field.name)
        if isinstance(value, str):
            made[field.name], changed = 受け入れる(value)
            notes += [f"{field.name}の{one.文}" for one in changed]
    return replace(内容, **made), notes


def 残す(宛名番号: str, notes: list[str]) -> None:
    """読み替えたことを残す。"""
    if notes:
        audit.record(act="字形の読み替え", subjects=[宛名番号], gyomu="atena", detail={"読み替え": notes})
