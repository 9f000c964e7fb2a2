"""世帯分離（住基法第25条）。同じ住所のまま、選んだ人が新しい世帯を作る。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.procedures.transfer import 移す
from tsugaru.kernel.errors import 業務エラー


def 世帯を分離する(案件: 案件) -> 判断:
    """一つの世帯の一部でなければならない。"""
    households = {p.世帯番号 for p in 案件.対象()}
    if len(households) != 1 or not 案件.残る人(next(iter(households))):
        raise 業務エラー(
            "JK-0237",
            "世帯分離は、一つの世帯の一部の人で行います。",
            "分かれて残る人がいるように選んでください。",
            根拠="住民基本台帳法第25条。",
        )
    return 移す(案件)
