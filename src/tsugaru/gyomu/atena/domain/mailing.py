"""送付先: 業務ごとに、書類を住所と別の所へ送る。

根拠: 地方税法第20条（書類の送達）。業務の指定が勝ち、なければ全ての業務の指定、どちらもなければ住所へ送る。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.offices import 業務の名, 業務を確かめる
from tsugaru.gyomu.atena.domain.periods import 効いている
from tsugaru.gyomu.atena.models import 送付先
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.tenancy.locks import lock
from tsugaru.platform.tenancy.prepared import Prepared

送付先の理由 = {
    "施設入所": "施設・病院にいる",
    "勤務先": "勤務先・事務所",
    "家族": "家族あて",
    "成年後見": "成年後見人など",
    "納税管理人": "納税管理人",
    "相続人代表": "相続人の代表者",
    "その他": "その他",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class 送付の定め:
    """一つの業務の送付先。業務が空なら全ての業務。宛名人が空なら本人あて。"""

    業務: str
    始期: date
    終期: date | None = None
    宛名人: str = ""
    理由: str = "その他"


def 定める(宛名番号: str, 内容: 送付の定め, 場所: Address, *, 手続: 手続) -> 送付先:
    """送付先を設ける・替える（前の行は残る）。"""
    業務を確かめる(内容.業務)
    checks.期間(内容.始期, 内容.終期)
    if 内容.宛名人:
        checks.氏名(内容.宛名人, 項目="宛名人")
    if 内容.理由 not in 送付先の理由:
        raise 業務エラー(
            "AT-0207", f"理由「{内容.理由[:10]}」は選べません。", "一覧から選んでください。", 項目="理由"
        )
    checks.住所(場所)
    with transaction.atomic():
        lock("subject", [宛名番号])
        number = disclosure.put_address(宛名番号, "送付先", 場所)
        return _足す(宛名番号, 内容, number, 手続, 取止め=False)


def やめる(宛名番号: str, 業務: str, *, やめる日: date, 手続: 手続) -> 送付先:
    """やめる日から住所（又は全ての業務の送付先）へ戻る。"""
    with transaction.atomic():
        lock("subject", [宛名番号])
        now = {row.業務: row for row in 効いている送付先(宛名番号, やめる日)}
        if 業務 not in now:
            raise 業務エラー(
                "AT-0208",
                f"{業務の名.get(業務, 業務[:12])}の送付先は、その日には設けられていません。",
                "送付先の一覧で業務と期間を確かめてください。",
                項目="業務",
            )
        内容 = 送付の定め(業務=業務, 始期=やめる日, 宛名人=now[業務].宛名人, 理由=now[業務].理由)
        return _足す(宛名番号, 内容, now[業務].送付先番号, 手続, 取止め=True)


_一人 = Prepared(lambda number: 送付先.objects.filter(宛名番号=number), number=str)


def 効いている送付先(宛名番号: str, 日: date) -> list[送付先]:
    """その日に効いている送付先（業務ごとに一つ）。"""
    return 効いている(_一人.rows(number=宛名番号), 日, lambda row: row.業務)


def 業務の送付先(宛名番号: str, 業務: str, 日: date) -> 送付先 | None:
    """その業務の書類を送る先。None なら住所へ。"""
    found = {row.業務: row for row in 効いている送付先(宛名番号, 日)}
    return found.get(業務) or found.get("")


def 業務の送付先たち(宛名番号: Iterable[str], 業務: str, 日: date) -> dict[str, 送付先]:
    """宛名番号 → その業務の書類を送る先。入っていない人は住所へ。"""
    rows = 送付先.objects.filter(宛名番号__in=set(宛名番号), 業務__in=("", 業務))
    now = 効いている(rows, 日, lambda row: (row.宛名番号, row.業務))
    return {row.宛名番号: row for row in sorted(now, key=lambda row: row.業務)}


def _足す(宛名番号: str, 内容: 送付の定め, number: int | None, 手続: 手続, *, 取止め: bool) -> 送付先:
    手続.確かめる()
    row = 送付先.objects.create(
        宛名番号=宛名番号,
        業務=内容.業務,
        履歴番号=送付先.objects.filter(宛名番号=宛名番号, 業務=内容.業務).count() + 1,
        始期=内容.始期,
        終期=内容.終期,
        取止め=取止め,
        宛名人=内容.宛名人,
        理由=内容.理由,
        送付先番号=number,
        備考=手続.備考,
        処理日時=手続.clock.now(),
        入力者=手続.入力者,
    )
    audit.record(
        act="送付先の取止め" if 取止め else "送付先の登録",
        subjects=[宛名番号],
        gyomu="atena",
        detail={"業務": 業務の名[内容.業務], "履歴番号": row.履歴番号},
    )
    return row
