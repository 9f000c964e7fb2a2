"""歴に書く、ただ一つの口。状態機械を確かめ、行と監査を一つのトランザクションで書く。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from tsugaru.gyomu.inkan.domain import machine
from tsugaru.gyomu.inkan.domain.codes import 事由
from tsugaru.gyomu.inkan.models import 印鑑履歴, 印鑑登録, 登録証
from tsugaru.gyomu.inkan.models.register import 登録事項
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock

事項の名 = tuple(f.attname for f in 登録事項._meta.concrete_fields if f.attname != "宛名番号")


@dataclass(frozen=True, slots=True)
class 入力:
    """誰が・どの端末で。"""

    入力者: str
    入力端末: str


職権 = 入力("system", "")


def 今の登録(宛名番号: str, *, 錠: bool = False) -> 印鑑登録 | None:
    """今の登録（終わったものを含む）。書く前に読むときは錠をかける。"""
    if 錠:
        lock("inkan", [宛名番号])
    return 印鑑登録.objects.select_related("印影").filter(pk=宛名番号).first()


def 版を確かめる(今: 印鑑登録 | None, 基の履歴番号: int) -> None:
    """画面が開いた時から歴が進んでいれば IN-0302。"""
    番号 = 今.履歴番号 if 今 else 0
    if 番号 != 基の履歴番号:
        raise 業務エラー(
            "IN-0302",
            f"画面を開いた後に、この人の印鑑登録が変わりました（{基の履歴番号}番→{番号}番）。",
            "開き直して、今の登録を確かめてください。",
        )


def 書く(
    宛名番号: str,
    手続: 事由,
    *,
    基の履歴番号: int | None,
    事由発生日: date,
    入力: 入力,
    clock: Clock,
    **変更: Any,
) -> 印鑑履歴:
    """一行足す。変えない項目は前の行のまま。基の履歴番号 が None なら版を問わない（職権の自動処理）。"""
    with transaction.atomic():
        今 = 今の登録(宛名番号, 錠=True)
        if 基の履歴番号 is not None:
            版を確かめる(今, 基の履歴番号)
        machine.確かめる(今, 手続)
        values = {名: getattr(今, 名) for 名 in 事項の名} if 今 else {}
        values |= 変更 | {
            "履歴番号": (今.履歴番号 if 今 else 0) + 1,
            "事由": 手続.value,
            "事由発生日": 事由発生日,
            "状態": machine.後の状態(今, 手続).value,
            "入力者": 入力.入力者,
            "入力端末": 入力.入力端末,
            "処理日時": clock.now(),
        }
        row = 印鑑履歴.objects.create(宛名番号=宛名番号, **values)
        audit.record(
            act=f"印鑑登録（{手続.表示}）",
            subjects=[宛名番号],
            gyomu="inkan",
            detail={"row": row.履歴番号, "reason": 手続.value},
        )
    return row


def 登録証を渡す(番号: str, 宛名番号: str, *, 事由: str, 手数料: int, 入力: 入力, clock: Clock) -> None:
    """登録証の番号をこの人のものにする。使われた番号は IN-0401。"""
    lock("inkan-card", [番号])
    if 登録証.objects.filter(pk=番号).exists():
        raise 業務エラー(
            "IN-0401",
            f"登録証番号{番号}は、既に交付した登録証の番号です。",
            "未使用の登録証の番号を入れてください。",
            項目="登録証番号",
        )
    登録証.objects.create(
        番号=番号, 宛名番号=宛名番号, 事由=事由, 手数料=手数料, 交付日時=clock.now(), 交付者=入力.入力者
    )
