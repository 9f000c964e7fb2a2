"""登録証: 引替交付、亡失届、再交付。"""

from __future__ import annotations

from tsugaru.gyomu.inkan.domain import machine
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定め
from tsugaru.gyomu.inkan.domain.codes import 事由
from tsugaru.gyomu.inkan.domain.register import 今の登録, 入力, 書く, 登録証を渡す
from tsugaru.gyomu.inkan.models import 印鑑履歴
from tsugaru.kernel.clock import Clock


def 引き替える(
    宛名番号: str, *, 登録証番号: str, 備考: str, 基の履歴番号: int, 入力: 入力, clock: Clock
) -> 印鑑履歴:
    """著しく汚れた・傷んだ登録証を返してもらい、新しい登録証を渡す。手数料は取らない。"""
    return _渡す(宛名番号, 事由.登録証の引替, "引替", 0, 登録証番号, 備考, 基の履歴番号, 入力, clock)


def 亡失を受ける(宛名番号: str, *, 備考: str, 基の履歴番号: int, 入力: 入力, clock: Clock) -> 印鑑履歴:
    """登録証がなくなった。番号はすぐに効かなくなり、再交付か廃止まで証明は出ない。"""
    return 書く(
        宛名番号,
        事由.登録証の亡失,
        基の履歴番号=基の履歴番号,
        事由発生日=clock.today(),
        入力=入力,
        clock=clock,
        登録証番号="",
        備考=備考,
    )


def 再交付する(
    宛名番号: str,
    *,
    登録証番号: str,
    備考: str,
    基の履歴番号: int,
    定め: 条例の定め,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    """亡失した人に、手数料を取って新しい登録証を渡す。"""
    return _渡す(
        宛名番号,
        事由.登録証の再交付,
        "再交付",
        定め.再交付手数料,
        登録証番号,
        備考,
        基の履歴番号,
        入力,
        clock,
    )


def _渡す(
    宛名番号: str,
    手続: 事由,
    呼び名: str,
    手数料: int,
    登録証番号: str,
    備考: str,
    基の履歴番号: int,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    machine.確かめる(今の登録(宛名番号, 錠=True), 手続)
    登録証を渡す(登録証番号, 宛名番号, 事由=呼び名, 手数料=手数料, 入力=入力, clock=clock)
    return 書く(
        宛名番号,
        手続,
        基の履歴番号=基の履歴番号,
        事由発生日=clock.today(),
        入力=入力,
        clock=clock,
        登録証番号=登録証番号,
        備考=備考,
    )
