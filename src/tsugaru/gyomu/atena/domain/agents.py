"""関係人: 納税管理人・相続人の代表者・法定代理人など。相手も宛名番号をもつ人・法人でなければならない。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.offices import 業務の名, 業務を確かめる
from tsugaru.gyomu.atena.domain.periods import 効いている
from tsugaru.gyomu.atena.models import 宛名, 関係人
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock
from tsugaru.platform.tenancy.prepared import Prepared


@dataclass(frozen=True, slots=True)
class 種別:
    """関係の種類と根拠条文。"""

    名: str
    根拠: str


種別の表 = {
    "1": 種別("納税管理人", "地方税法第300条（市町村民税）、第355条（固定資産税）"),
    "2": 種別("相続人の代表者", "地方税法第9条の2"),
    "3": 種別("法定代理人・成年後見人", "民法第818条、第859条"),
    "4": 種別("破産管財人・相続財産清算人", "破産法第78条、民法第952条"),
    "5": 種別("その他の連絡相手", "本人の申出"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class 関係:
    """一つの関係。業務が空なら全ての業務。"""

    種別: str
    相手番号: str
    業務: str
    始期: date
    終期: date | None = None
    届出日: date | None = None


def 定める(宛名番号: str, 内容: 関係, *, 手続: 手続) -> 関係人:
    """関係人を立てる・替える。"""
    業務を確かめる(内容.業務)
    checks.期間(内容.始期, 内容.終期)
    if 内容.届出日:
        checks.過去の日(内容.届出日, 手続.clock.today(), 項目="届出日")
    if 内容.種別 not in 種別の表:
        raise 業務エラー(
            "AT-0209", f"種別「{内容.種別[:5]}」は選べません。", "一覧から選んでください。", 項目="種別"
        )
    _相手を確かめる(宛名番号, 内容.相手番号)
    with transaction.atomic():
        lock("subject", [宛名番号])
        return _足す(宛名番号, 内容, 手続, 取止め=False)


def やめる(宛名番号: str, pk: int, *, やめる日: date, 手続: 手続) -> 関係人:
    """関係を終える。"""
    with transaction.atomic():
        lock("subject", [宛名番号])
        row = next((r for r in 効いている関係人(宛名番号, やめる日) if r.pk == pk), None)
        if row is None:
            raise 業務エラー(
                "AT-0210",
                "その関係人は、その日には立てられていません。",
                "関係人の一覧で期間を確かめてください。",
            )
        内容 = 関係(種別=row.種別, 相手番号=row.相手番号, 業務=row.業務, 始期=やめる日, 届出日=row.届出日)
        return _足す(宛名番号, 内容, 手続, 取止め=True)


_一人 = Prepared(lambda number: 関係人.objects.filter(宛名番号=number), number=str)


def 効いている関係人(宛名番号: str, 日: date) -> list[関係人]:
    """その日の関係人（種別と業務ごとに一人）。"""
    return 効いている(_一人.rows(number=宛名番号), 日, lambda row: (row.種別, row.業務))


def 業務の関係人たち(
    宛名番号: Iterable[str], 業務: str, 日: date, 種別たち: Sequence[str]
) -> dict[str, 関係人]:
    """宛名番号 → その業務の書類を受ける関係人。種別は、先に書いたものが勝つ。業務の指定が全ての業務の指定に勝つ。"""
    rows = 関係人.objects.filter(宛名番号__in=set(宛名番号), 業務__in=("", 業務), 種別__in=種別たち)
    now = 効いている(rows, 日, lambda row: (row.宛名番号, row.種別, row.業務))
    weaker_first = sorted(now, key=lambda row: (-種別たち.index(row.種別), row.業務))
    return {row.宛名番号: row for row in weaker_first}


def 引き受けている(宛名番号: str, 日: date) -> list[関係人]:
    """その人が関係人になっている相手の側の行。"""
    whose = 関係人.objects.filter(相手番号=宛名番号).values_list("宛名番号", flat=True).distinct()
    rows = 関係人.objects.filter(宛名番号__in=list(whose))
    now = 効いている(rows, 日, lambda row: (row.宛名番号, row.種別, row.業務))
    return [row for row in now if row.相手番号 == 宛名番号]


def _相手を確かめる(宛名番号: str, 相手番号: str) -> None:
    if 相手番号 == 宛名番号:
        raise 業務エラー(
            "AT-0211",
            "本人を自分の関係人にはできません。",
            "相手の宛名番号を入れてください。",
            項目="相手番号",
        )
    if not 宛名.objects.filter(宛名番号=相手番号).exists():
        raise 業務エラー(
            "AT-0212",
            f"宛名番号 {相手番号[:15]} の人・法人はありません。",
            "先に住登外の個人か法人として登録し、その番号を入れてください。",
            項目="相手番号",
        )


def _足す(宛名番号: str, 内容: 関係, 手続: 手続, *, 取止め: bool) -> 関係人:
    手続.確かめる()
    same = 関係人.objects.filter(宛名番号=宛名番号, 種別=内容.種別, 業務=内容.業務)
    row = 関係人.objects.create(
        宛名番号=宛名番号,
        種別=内容.種別,
        相手番号=内容.相手番号,
        業務=内容.業務,
        履歴番号=same.count() + 1,
        届出日=内容.届出日,
        始期=内容.始期,
        終期=内容.終期,
        取止め=取止め,
        備考=手続.備考,
        処理日時=手続.clock.now(),
        入力者=手続.入力者,
    )
    audit.record(
        act="関係人の取止め" if 取止め else "関係人の登録",
        subjects=[宛名番号, 内容.相手番号],
        gyomu="atena",
        detail={"種別": 種別の表[内容.種別].名, "業務": 業務の名[内容.業務]},
    )
    return row
