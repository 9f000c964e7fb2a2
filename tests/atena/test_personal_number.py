"""住登外者の個人番号: 照会の根拠と四情報の全てがそろわなければ、番号は入らない。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.atena.people import 住登外を作る, 太郎, 川向こう, 手
from tests.support.staff import Desk
from tsugaru.gyomu.atena.domain import personal_number
from tsugaru.gyomu.atena.domain.compare import 四情報
from tsugaru.gyomu.atena.domain.personal_number import 照会
from tsugaru.gyomu.atena.models import 番号確認
from tsugaru.kernel import check_digit
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db
# 省令の計算式から作った、誰のものでもない番号
番号 = f"98320567321{check_digit.個人番号の検査数字('98320567321')}"
台帳 = 四情報(氏名="成田　太郎", 生年月日=太郎().生年月日, 性別="1", 住所=川向こう)
尋ね = 照会(
    根拠="番号法第14条第2項（固定資産税）", 照会先="住基ネット", 照会日=date(2026, 4, 1), 文書番号="税12"
)


def 確定(number: str, clock: FixedClock, **differs: Any) -> 番号確認:
    values: dict[str, Any] = {"回答": 台帳, "番号": 番号, "回答日": date(2026, 4, 3)} | differs
    return personal_number.確定する(number, 台帳=台帳, 手続=手(clock), **values)


def test_未確認から照会中を経て確定する(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    assert personal_number.状態(number) == "未確認"
    personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    assert personal_number.状態(number) == "照会中"
    確定(number, clock)
    assert personal_number.状態(number) == "確定"
    assert disclosure.find_by_number("個人番号", 番号) == [number]
    assert personal_number.同じ番号をもつ(番号, {number})


def test_照会せずに番号は入れられない(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    with pytest.raises(業務エラー, match="AT-0402"):
        確定(number, clock)
    assert disclosure.find_by_number("個人番号", 番号) == []


@pytest.mark.parametrize(
    "違い",
    [
        {"氏名": "成田　太朗"},
        {"氏名": "成田　太郞"},  # 異体字も、台帳を直すまでは一致としない
        {"生年月日": None},
        {"性別": "0"},
        {"住所": replace(川向こう, lot="１２番地４")},
        {"住所": None},
    ],
)
def test_四情報の一つでもそろわなければ確定しない(
    desk: Desk, clock: FixedClock, 違い: dict[str, Any]
) -> None:
    number = 住登外を作る(clock)
    personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0404"):
        確定(number, clock, 回答=replace(台帳, **違い))
    assert disclosure.find_by_number("個人番号", 番号) == []
    assert personal_number.状態(number) == "照会中"


def test_別の人に登録されている番号は確定しない(desk: Desk, clock: FixedClock) -> None:
    first, second = 住登外を作る(clock), 住登外を作る(clock)
    for number in (first, second):
        personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    確定(first, clock)
    with pytest.raises(業務エラー, match=rf"AT-0405 .*{first}"):
        確定(second, clock)


def test_検査数字の合わない番号と照会より前の回答は断る(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0111") as caught:
        確定(number, clock, 番号="123456789012")
    assert "123456789012" not in str(caught.value)
    with pytest.raises(業務エラー, match="AT-0403"):
        確定(number, clock, 回答日=date(2026, 3, 31))


def test_取り下げれば未確認に戻りもう一度照会できる(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0406"):
        personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    personal_number.取り下げる(number, 手続=手(clock))
    assert personal_number.状態(number) == "未確認"
    personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    assert personal_number.状態(number) == "照会中"


def test_根拠のない照会は始まらない(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    with pytest.raises(業務エラー, match="AT-0102"):
        personal_number.照会を始める(number, replace(尋ね, 根拠="　"), 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0401"):
        personal_number.照会を始める(number, replace(尋ね, 照会先="電話"), 手続=手(clock))


@pytest.mark.parametrize("値", [None, False])
def test_四情報のそろわない確定の行はデータベースも断る(
    desk: Desk, clock: FixedClock, 値: bool | None
) -> None:
    number = 住登外を作る(clock)
    row = personal_number.照会を始める(number, 尋ね, 手続=手(clock))
    row.pk, row.履歴番号, row.状態, row.回答日 = None, 2, "確定", date(2026, 4, 3)
    row.氏名一致 = row.生年月日一致 = row.性別一致 = True
    row.住所一致 = 値
    with pytest.raises(DatabaseError, match="atena_number_four_ck"), transaction.atomic():
        row.save(force_insert=True)
