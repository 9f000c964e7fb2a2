"""住民の異動に追いつく: 住民でなくなった人、名の合わなくなった印の登録を職権で抹消し、期限の過ぎた照会を終える。

正しさは今の住民票との突合せにあり、知らせ（outbox）は「誰を突き合わせるか」を教えるだけである。だから知らせが遅れても、
重なっても、結果は変わらない。証明を出す前には、知らせによらず必ず本人を突き合わせる。
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

from django.db import transaction

from tsugaru.gyomu.inkan.domain.changes import 切り替える, 抹消する
from tsugaru.gyomu.inkan.domain.codes import 事由, 抹消事由
from tsugaru.gyomu.inkan.domain.lettering import 文字が合う
from tsugaru.gyomu.inkan.domain.register import 今の登録, 職権
from tsugaru.gyomu.inkan.domain.residents import 今の住民, 住民である, 住民状態, 住民票, 関わる異動
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態, 読取位置
from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit

生きている = (状態.照会中, 状態.登録, 状態.停止)
消除のわけ = {住民状態.転出者.value: 抹消事由.転出, 住民状態.死亡者.value: 抹消事由.死亡}


def 追いつく(*, clock: Clock) -> list[str]:
    """新しい知らせを読み、関わる人を突き合わせ、期限の過ぎた照会を終える。印鑑登録のどの画面も初めに呼ぶ。

    ほかの要求が読んでいる最中なら待たずに戻る（その要求が同じことをする）。返り値は抹消した人。
    """
    期限の過ぎた照会を終える(clock=clock)
    始め, _ = 読取位置.objects.get_or_create(業務="juki", defaults={"位置": 0, "読取日時": clock.now()})
    if 関わる異動(始め.位置)[0] == 始め.位置:
        return []
    with transaction.atomic():
        位置 = 読取位置.objects.select_for_update(skip_locked=True).filter(業務="juki").first()
        return [] if 位置 is None else _読み進める(位置, clock)


def _読み進める(位置: 読取位置, clock: Clock) -> list[str]:
    抹消: list[str] = []
    次, 人 = 関わる異動(位置.位置)
    while 次 != 位置.位置:
        抹消 += 突き合わせる(人, clock=clock)
        位置.位置, 位置.読取日時 = 次, clock.now()
        次, 人 = 関わる異動(位置.位置)
    位置.save(update_fields=["位置", "読取日時"])
    return 抹消


def 突き合わせる(宛名番号: Iterable[str], *, clock: Clock) -> list[str]:
    """生きている登録を今の住民票と突き合わせ、抹消すべきものを抹消する。返り値は抹消した人。"""
    登録者 = 印鑑登録.objects.filter(宛名番号__in=set(宛名番号), 状態__in=生きている)
    番号 = sorted(登録者.values_list("宛名番号", flat=True))
    住民 = 今の住民(番号)
    return [one for one in 番号 if _一人を突き合わせる(one, 住民.get(one), clock)]


def _一人を突き合わせる(宛名番号: str, 人: 住民票 | None, clock: Clock) -> bool:
    row = 今の登録(宛名番号, 錠=True)
    if row is None or row.状態 not in 生きている:
        return False
    わけと日 = 抹消すべきわけ(row, 人, clock.today())
    if わけと日 is None:
        return False
    わけ, 日 = わけと日
    with _職権で():
        抹消する(
            宛名番号,
            わけ=わけ,
            日=日,
            備考="住民の異動による",
            基の履歴番号=None,
            入力=職権,
            clock=clock,
        )
    return True


def _職権で() -> AbstractContextManager[None]:
    """画面を開いた職員の行為としてではなく、システムの行為として監査に残す（端末と要求の番号は残す）。"""
    return audit.actor(replace(audit.current_actor(), number="system", section="system"))


def 抹消すべきわけ(row: 印鑑登録, 人: 住民票 | None, 今日: date) -> tuple[抹消事由, date] | None:
    """抹消の事由と日。抹消しなくてよければ None。"""
    if 人 is None:
        return 抹消事由.その他の消除, 今日
    if not 住民である(人, 今日):
        わけ = 抹消事由.転出 if 人.在る else 消除のわけ.get(人.住民状態, 抹消事由.その他の消除)
        return わけ, min(人.消除日 or 人.転出予定日 or 今日, 今日)
    if not 文字が合う(row.印鑑文字, 人, row.カタカナ表記):
        return 抹消事由.氏名等の変更, 今日
    return None


def 期限の過ぎた照会を終える(*, clock: Clock) -> int:
    """回答期限を過ぎた照会中の申請を終える。返り値は件数。"""
    過ぎた = 印鑑登録.objects.filter(状態=状態.照会中, 回答期限__lt=clock.today())
    番号 = sorted(過ぎた.values_list("宛名番号", flat=True))
    for one in 番号:
        row = 今の登録(one, 錠=True)
        if row is None or row.状態 != 状態.照会中:
            continue  # 待つ間に、ほかの要求が先に終えた
        with _職権で():
            切り替える(
                one,
                事由.回答期限の経過,
                備考="期限までに回答がなかった",
                基の履歴番号=None,
                入力=職権,
                clock=clock,
            )
    return len(番号)
