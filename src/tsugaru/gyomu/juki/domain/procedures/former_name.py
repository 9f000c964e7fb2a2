"""旧氏の記載・変更・削除（施行令第30条の14）。日本人の請求による。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー

根拠 = "住民基本台帳法施行令第30条の14。"


def 旧氏を記載する(案件: 案件) -> 判断:
    """まだ旧氏の無い日本人に記載する。"""
    person = _日本人(案件)
    if person.旧氏:
        raise 業務エラー(
            "JK-0251", f"旧氏「{person.旧氏}」が既にあります。", "旧氏の変更を選んでください。", 根拠=根拠
        )
    return _付ける(案件, person)


def 旧氏を変更する(案件: 案件) -> 判断:
    """記載されている旧氏を替える。"""
    person = _ある人(案件)
    if person.旧氏 == 案件.値(person.宛名番号, "旧氏"):
        raise 業務エラー(
            "JK-0252",
            f"旧氏「{person.旧氏}」は今の旧氏と同じです。",
            "新しい旧氏を入れてください。",
            項目="旧氏",
            根拠=根拠,
        )
    return _付ける(案件, person)


def 旧氏を削除する(案件: 案件) -> 判断:
    """記載されている旧氏を除く。"""
    return 判断((案件.書く(_ある人(案件).変えて(旧氏="", 旧氏フリガナ="")),))


def _付ける(案件: 案件, person: 住民票) -> 判断:
    number = person.宛名番号
    changed = person.変えて(旧氏=案件.値(number, "旧氏"), 旧氏フリガナ=案件.値(number, "旧氏フリガナ"))
    return 判断((案件.書く(changed),))


def _日本人(案件: 案件) -> 住民票:
    person = 案件.対象()[0]
    if person.住民種別 != "1":
        raise 業務エラー(
            "JK-0253",
            f"{person.氏名}は外国人住民で、旧氏は記載できません。",
            "通称の記載を選んでください。",
            根拠=根拠,
        )
    return person


def _ある人(案件: 案件) -> 住民票:
    person = _日本人(案件)
    if not person.旧氏:
        raise 業務エラー(
            "JK-0254", f"{person.氏名}には旧氏がありません。", "旧氏の記載を選んでください。", 根拠=根拠
        )
    return person
