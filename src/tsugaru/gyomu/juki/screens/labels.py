"""住民票の項目の見出しと、見せてよい値。履歴・前後の対比・ある日の姿が同じ見せ方になる。"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tsugaru.gyomu.juki.domain.codes import 住民状態, 住民種別, 異動事由
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.gyomu.juki.screens import shown
from tsugaru.platform.screens.shapes import Withheld

LABELS = {
    "続柄1": "続柄", "住所番号": "住所", "本籍番号": "本籍", "転入前番号": "転入前の住所", "最終登録番号": "最終登録住所地",
    "転出先予定番号": "転出先（予定）", "転出先確定番号": "転出先（確定）", "在留満了日": "在留期間の満了の日",
    "外国人住民日": "外国人住民となった日", "規定区分": "法第30条の45の区分", "在留番号": "在留カード等の番号",
    "フリガナ確認": "振り仮名の確認", "氏名フリガナ": "氏名の振り仮名", "氏フリガナ": "氏の振り仮名", "名フリガナ": "名の振り仮名",
    "旧氏フリガナ": "旧氏の振り仮名", "通称フリガナ": "通称の振り仮名", "筆頭者氏": "筆頭者の氏", "筆頭者名": "筆頭者の名",
    "国籍名": "国籍・地域", "在留期間": "在留期間等", "氏名ローマ字": "氏名（ローマ字）", "氏名漢字": "氏名（漢字）",
}  # fmt: skip
HIDDEN = frozenset(
    [
        "宛名番号",
        "続柄2",
        "続柄3",
        "続柄4",
        "記載順位",
        "国籍コード",
        "改製番号",
        "生年月日不詳",
        "生年月日表記",
        "住民日不詳",
        "住民日表記",
        "住定日不詳",
        "住定日表記",
        "消除日不詳",
        "消除日表記",
        "外住日不詳",
        "外住日表記",
    ]
)
"""ほかの項目と一つにして見せるか、職員が読む意味のない項目。"""
PLACES = frozenset(["住所番号", "本籍番号", "転入前番号", "最終登録番号", "転出先予定番号", "転出先確定番号"])
"""値が住所番号の項目。門を通った文字だけを見せる。"""
TRIPLES = {
    "生年月日": ("生年月日不詳", "生年月日表記"), "住民となった日": ("住民日不詳", "住民日表記"),
    "住所を定めた日": ("住定日不詳", "住定日表記"), "消除日": ("消除日不詳", "消除日表記"),
    "外国人住民日": ("外住日不詳", "外住日表記"),
}  # fmt: skip


class HasPlaces(Protocol):
    """住所番号を、見せてよい文字にできるもの。"""

    def place(self, number: int | None) -> str | Withheld: ...


def label(name: str) -> str:
    """項目の見出し。"""
    return LABELS.get(name, name)


def value_of(person: HasPlaces, state: 住民票, name: str) -> object:
    """項目の値を、見せてよい形で。"""
    value = getattr(state, name)
    if name in PLACES:
        return person.place(value)
    if name in TRIPLES and value is not None:
        flag, text = TRIPLES[name]
        return shown.uncertain(value, getattr(state, flag), getattr(state, text))
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return _coded(state, name, value)


def _coded(state: 住民票, name: str, value: object) -> object:
    """符号は呼び名にする。"""
    if value in ("", None):
        return ""
    names = {
        "続柄1": lambda: state.続柄表記,
        "性別": lambda: shown.SEXES.get(str(value), ""),
        "住民状態": lambda: 住民状態(value).表示,
        "住民種別": lambda: 住民種別(value).name,
        "規定区分": lambda: shown.residence_class(str(value)),
        "フリガナ確認": lambda: shown.READINGS[str(value)],
        "消除事由": lambda: 異動事由(value).表示,
    }
    if name in names:
        return names[name]()
    return shown.day(value) if isinstance(value, date) else value
