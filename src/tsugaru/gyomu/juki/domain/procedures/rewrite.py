"""改製（施行令第16条）。手で行い、ひとりでには起きない（標準仕様書 1.1.4）。前の住民票は改製原住民票として歴に残る。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.codes import 住民状態, 異動事由
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.person import 日の列


def 改製する(案件: 案件) -> 判断:
    """改製による消除と改製による記載を、続けて書く。"""
    [person] = 案件.対象()
    removed = person.変えて(
        住民状態=住民状態.その他消除者.value,
        消除事由=異動事由.改製による消除.value,
        **日の列("消除日", 案件.異動日),
    )
    entered = person.変えて(改製番号=person.改製番号 + 1, 改製日=案件.日)
    return 判断((案件.書く(removed, 事由=異動事由.改製による消除), 案件.書く(entered)))
