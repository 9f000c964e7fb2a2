"""人を別の世帯に移す（分離・合併・構成変更・一部の転居に共通）。抜けた世帯の世帯主は、届けに従って替える。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.alerts import 届出遅延
from tsugaru.gyomu.juki.domain.decision import 判断, 案件, 警告
from tsugaru.gyomu.juki.domain.household import 世帯主の交代
from tsugaru.gyomu.juki.domain.procedures.enter import 記載する世帯
from tsugaru.gyomu.juki.domain.relations import 続柄を付ける
from tsugaru.gyomu.juki.domain.state import 記録
from tsugaru.kernel.errors import 業務エラー


def 移す(案件: 案件) -> 判断:
    """対象の人を、新しい世帯か入る世帯に移し、入力された続柄を付ける。"""
    people, target = 案件.対象(), 記載する世帯(案件)
    order = len(案件.残る人(target))
    rows: list[記録] = []
    for index, person in enumerate(people, 1):
        links = 案件.値(person.宛名番号, "続柄", ())
        if not links:
            raise 業務エラー(
                "JK-0233",
                f"{person.氏名}の、移る世帯での続柄がありません。",
                "続柄を選んでください。",
                項目="続柄",
                根拠="住民基本台帳法第7条第4号。",
            )
        moved = 続柄を付ける(person, links).変えて(世帯番号=target, 記載順位=order + index)
        rows.append(案件.書く(moved))
    if not order and not any(r.状態.世帯主である for r in rows):
        raise 業務エラー(
            "JK-0221",
            "新しい世帯に世帯主がいません。",
            "一人の続柄を世帯主にしてください。",
            項目="続柄",
            根拠="住民基本台帳法第7条第4号。",
        )
    alerts: list[警告] = list(届出遅延(案件))
    for household in dict.fromkeys(p.世帯番号 for p in people if p.世帯番号 != target):
        changed, found = 世帯主の交代(案件, household, 案件.残る人(household))
        rows += changed
        alerts += found
    return 判断(tuple(rows), tuple(alerts))
