"""編集中の錠（標準仕様書 10.3）。手を入れている人の名が、ほかの職員に見える。操作のないまま15分たてば、次の人が取れる。"""

from __future__ import annotations

from django.db import transaction

from tsugaru.gyomu.juki.models import 編集中
from tsugaru.kernel.clock import JAPAN, Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.identity.seats import IDLE
from tsugaru.platform.tenancy.locks import lock


def 始める(宛名番号: str, *, 席: Seat, clock: Clock) -> 編集中:
    """錠を取る（自分の錠なら時を延ばす）。ほかの席が持っていれば、その名を添えて 業務エラー。"""
    with transaction.atomic():
        lock("juki-edit", [宛名番号])
        held = 誰が(宛名番号, clock=clock)
        if held and held.席 != 席.pk:
            raise 業務エラー(
                "JK-0501",
                f"{held.職員氏名}が{held.開始.astimezone(JAPAN):%H:%M}から編集しています。",
                "終わるのを待つか、声をかけてください。",
                根拠="標準仕様書10.3。",
            )
        row, _ = 編集中.objects.update_or_create(
            宛名番号=宛名番号,
            defaults={
                "職員番号": 席.staff.number,
                "職員氏名": 席.staff.name,
                "席": 席.pk,
                "開始": clock.now(),
            },
        )
    return row


def 離れる(宛名番号: str, *, 席: Seat) -> None:
    """自分の錠を放す（ほかの人の錠には触れない）。"""
    編集中.objects.filter(宛名番号=宛名番号, 席=席.pk).delete()


def 誰が(宛名番号: str, *, clock: Clock) -> 編集中 | None:
    """今その人を編集している錠。時の過ぎたものは無いとみなす。"""
    return 編集中.objects.filter(宛名番号=宛名番号, 開始__gt=clock.now() - IDLE).first()
