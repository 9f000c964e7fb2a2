"""転出（国内・特例・国外。住基法第24条・第24条の2、施行令第8条）。

予定日より前の届出では、住民のまま転出予定日と転出先（予定）を記録する。予定日の来た日に同じ判断をもう一度行うと、消除になる。
"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.alerts import 転出の遅れ
from tsugaru.gyomu.juki.domain.codes import 住民状態
from tsugaru.gyomu.juki.domain.decision import 判断, 案件, 警告
from tsugaru.gyomu.juki.domain.household import 世帯主の交代
from tsugaru.gyomu.juki.domain.person import 日の列
from tsugaru.gyomu.juki.domain.state import 住民票, 記録
from tsugaru.kernel.errors import 業務エラー


def 転出する(案件: 案件) -> 判断:
    """先の日なら予定の記録、来ていれば消除。"""
    future = 案件.日 > 案件.今日
    people = [_予定を付ける(案件, person, future) for person in 案件.対象()]
    if future:
        return 判断(tuple(案件.書く(p) for p in people))
    rows: list[記録] = [案件.書く(消除する(案件, p)) for p in people]
    alerts: list[警告] = list(転出の遅れ(案件))
    for household in dict.fromkeys(p.世帯番号 for p in people):
        changed, found = 世帯主の交代(案件, household, 案件.残る人(household))
        rows += changed
        alerts += found
    return 判断(tuple(rows), tuple(alerts))


def 消除する(案件: 案件, 人: 住民票) -> 住民票:
    """転出により消除した姿。"""
    return 人.変えて(
        住民状態=住民状態.転出者.value, 消除事由=案件.種類.事由.value, **日の列("消除日", 案件.異動日)
    )


def _予定を付ける(案件: 案件, 人: 住民票, 先の日: bool) -> 住民票:
    if 人.転出予定日 is not None and (先の日 or 人.転出予定日 != 案件.日):
        raise 業務エラー(
            "JK-0235",
            f"{人.氏名}には既に転出の予定（{人.転出予定日:%Y-%m-%d}）があります。",
            "前の転出届を取り消してから届け出てください。",
            根拠="住民基本台帳法第24条。",
        )
    return 人.変えて(
        転出予定日=案件.日,
        転出届出日=人.転出届出日 or 案件.届出日,
        転出先予定番号=案件.値(人.宛名番号, "転出先", 人.転出先予定番号),
        特例転出=案件.種類.符号 == "out_card" or 人.特例転出,
    )
