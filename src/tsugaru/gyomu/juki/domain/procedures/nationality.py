"""帰化・国籍取得と国籍喪失（施行令第12条、標準仕様書 4.5）。

前の住民票を消除し、同じ日に新しい住民票を記載する。宛名番号・番号・住民となった日・住所・世帯は引き継ぐ。
"""

from __future__ import annotations

from typing import Any

from tsugaru.gyomu.juki.domain.codes import 住民状態, 異動事由
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.person import 当てる, 日の列
from tsugaru.gyomu.juki.domain.procedures.enter import 確かめる
from tsugaru.gyomu.juki.domain.state import 住民票, 空の値
from tsugaru.kernel.errors import 業務エラー

外国人だけの項目 = (
    "氏名ローマ字", "氏名漢字", "通称", "通称フリガナ", "外国人住民日", "外住日不詳", "外住日表記", "国籍コード", "国籍名",
    "規定区分", "在留資格", "在留期間", "在留満了日", "在留番号",
)  # fmt: skip
日本人だけの項目 = (
    "氏", "名", "氏フリガナ", "名フリガナ", "旧氏", "旧氏フリガナ", "本籍番号", "筆頭者氏", "筆頭者名",
)  # fmt: skip


def 帰化する(案件: 案件) -> 判断:
    """外国人住民を日本人として記載し直す（国籍取得も同じ）。"""
    person = _種別の人(案件, "2")
    return _記載し直す(案件, person, 異動事由.職権消除_帰化等, 異動事由.職権記載_帰化等, 外国人だけの項目)


def 国籍を喪失する(案件: 案件) -> 判断:
    """日本人を外国人住民として記載し直す。外国人住民となった日は、入力が無ければ異動日。"""
    person = _種別の人(案件, "1")
    return _記載し直す(案件, person, 異動事由.職権消除_国籍喪失, 異動事由.職権記載_国籍喪失, 日本人だけの項目)


def _種別の人(案件: 案件, 種別: str) -> 住民票:
    person = 案件.対象()[0]
    if person.住民種別 != 種別:
        raise 業務エラー(
            "JK-0258",
            f"{person.氏名}は{'日本人' if 種別 == '2' else '外国人住民'}です。",
            f"{案件.種類.名称}の対象の人を確かめてください。",
            根拠="住民基本台帳法第30条の45。",
        )
    return person


def _記載し直す(
    案件: 案件, person: 住民票, 消除: 異動事由, 記載: 異動事由, 消える項目: tuple[str, ...]
) -> 判断:
    removed = person.変えて(
        住民状態=住民状態.その他消除者.value, 消除事由=消除.value, **日の列("消除日", 案件.異動日)
    )
    blanks: dict[str, Any] = {name: 空の値[name] for name in 消える項目}
    if person.住民種別 == "1":
        blanks |= 日の列("外国人住民日", 案件.異動日)
    fresh = person.変えて(**blanks, 住民種別="1" if person.住民種別 == "2" else "2", 氏名フリガナ="")
    entered = 当てる(fresh, 案件.各人[person.宛名番号])
    確かめる(entered)
    return 判断((案件.書く(removed, 事由=消除), 案件.書く(entered, 事由=記載)))
