"""試験の人。"""

from __future__ import annotations

from datetime import date
from typing import Any

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.register import 入力, 記録する
from tsugaru.gyomu.juki.domain.state import 住民票, 出所, 記録
from tsugaru.kernel.clock import Clock

窓口 = 入力(入力者="t0", 入力場所="本庁", 入力端末="試験")


def 世帯を作る(*, clock: Clock, 日: date = date(2020, 4, 1), **世帯主: Any) -> str:
    """世帯主一人の世帯を職権で記載する。返り値は世帯主の宛名番号。"""
    values: dict[str, Any] = {
        "住民種別": "1",
        "氏名": "工藤　太郎",
        "氏": "工藤",
        "名": "太郎",
        "氏名フリガナ": "クドウ　タロウ",
        "生年月日": date(1980, 5, 5),
        "性別": "1",
        "続柄1": "02",
        "世帯主氏名": "工藤　太郎",
        "住民となった日": 日,
        "住所を定めた日": 日,
    }
    values |= 世帯主
    state = 住民票(宛名番号=atena.宛名番号を採る(), 世帯番号=atena.世帯番号を採る(), **values)
    source = 出所(異動事由=異動事由.職権記載.value, 異動日=日, 有効日=日, 届出の別="職権")
    記録する([記録(source, state)], 入力=窓口, clock=clock)
    return state.宛名番号
