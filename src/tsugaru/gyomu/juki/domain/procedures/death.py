"""死亡（失踪宣告を含む）と職権消除（施行令第8条・第12条）。世帯主が抜ければ、届けに従って世帯主を替える。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.codes import 住民状態
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.household import 世帯主の交代
from tsugaru.gyomu.juki.domain.person import 日の列


def 死亡する(案件: 案件) -> 判断:
    """異動日は死亡の日（不詳の表記を許す）。"""
    return _消除(案件, 住民状態.死亡者)


def 職権で消除する(案件: 案件) -> 判断:
    """実態調査などにより、住民でないことが分かった人を消除する。"""
    return _消除(案件, 住民状態.その他消除者)


def _消除(案件: 案件, 状態: 住民状態) -> 判断:
    people = 案件.対象()
    rows = [
        案件.書く(
            p.変えて(住民状態=状態.value, 消除事由=案件.種類.事由.value, **日の列("消除日", 案件.異動日))
        )
        for p in people
    ]
    alerts = []
    for household in dict.fromkeys(p.世帯番号 for p in people):
        changed, found = 世帯主の交代(案件, household, 案件.残る人(household))
        rows += changed
        alerts += found
    return 判断(tuple(rows), tuple(alerts))
