"""試験の宛名。住所・名は全て作りもの。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.support.people import 窓口
from tsugaru.gyomu.atena.domain import corporations, outsiders
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.outsiders import 個人
from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.kernel.clock import Clock, FixedClock
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


def 転出する(number: str, clock: FixedClock) -> None:
    _, state = 今の状態([number])[number]
    source = 出所(異動事由="201", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="届出")
    gone = replace(state, 住民状態="2", 消除事由="201", 消除日=date(2026, 4, 1))
    記録する([記録(source, gone)], 入力=窓口, clock=clock)
