"""試験の宛名。住所・名は全て作りもの。"""

from __future__ import annotations

from datetime import date
from typing import Any

from tsugaru.gyomu.atena.domain import corporations, outsiders
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.outsiders import 個人
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure.api import Address

誕生日 = 不詳日(date(1960, 3, 3))
川向こう = Address(prefecture="試験県", city="隣町", town="大字川向", lot="１２番地３", postcode="0390000")


def 手(clock: Clock, 入力者: str = "t0", 日: date = date(2026, 4, 1)) -> 手続:
    return 手続(異動日=日, 入力者=入力者, clock=clock)


def 太郎(**differs: Any) -> 個人:
    values: dict[str, Any] = {
        "氏名": "成田　太郎", "フリガナ": "ナリタ　タロウ", "性別": "1", "生年月日": 誕生日, "業務": "kotei",
    }  # fmt: skip
    return 個人(**values | differs)


def 住登外を作る(clock: Clock, 住所: Address | None = 川向こう, **differs: Any) -> str:
    return outsiders.登録する(太郎(**differs), 住所, 手続=手(clock))


def 法人を作る(clock: Clock, **differs: Any) -> str:
    values = {"商号": "株式会社試験りんご園", "フリガナ": "カブシキガイシャシケンリンゴエン"} | differs
    return corporations.登録する(corporations.法人の事項(**values), 川向こう, 手続=手(clock))
