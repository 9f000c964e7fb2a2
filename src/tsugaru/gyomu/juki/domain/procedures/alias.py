"""通称の記載・削除（施行令第30条の16）。外国人住民の申出による。変更は無く、削除してから記載する。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー

根拠 = "住民基本台帳法施行令第30条の16。"


def 通称を記載する(案件: 案件) -> 判断:
    """まだ通称の無い外国人住民に記載する。"""
    person = _外国人(案件)
    if person.通称:
        raise 業務エラー(
            "JK-0255", f"通称「{person.通称}」が既にあります。", "先に通称を削除してください。", 根拠=根拠
        )
    number = person.宛名番号
    changed = person.変えて(通称=案件.値(number, "通称"), 通称フリガナ=案件.値(number, "通称フリガナ"))
    return 判断((案件.書く(changed),))


def 通称を削除する(案件: 案件) -> 判断:
    """記載されている通称を除く。"""
    person = _外国人(案件)
    if not person.通称:
        raise 業務エラー(
            "JK-0256", f"{person.氏名}には通称がありません。", "対象の人を確かめてください。", 根拠=根拠
        )
    return 判断((案件.書く(person.変えて(通称="", 通称フリガナ="")),))


def _外国人(案件: 案件) -> 住民票:
    person = 案件.対象()[0]
    if person.住民種別 != "2":
        raise 業務エラー(
            "JK-0257",
            f"{person.氏名}は日本人で、通称は記載できません。",
            "旧氏の記載を選んでください。",
            根拠=根拠,
        )
    return person
