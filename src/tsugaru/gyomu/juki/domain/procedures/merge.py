"""世帯合併（世帯の全員が別の世帯に入る）と、世帯構成変更（世帯の一部が別の世帯に入る）。住基法第25条。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.procedures.transfer import 移す
from tsugaru.kernel.errors import 業務エラー


def 世帯を合併する(案件: 案件) -> 判断:
    """選んだ世帯に残る人がいてはならない。"""
    left = [p.氏名 for h in {p.世帯番号 for p in 案件.対象()} for p in 案件.残る人(h)]
    if left:
        raise 業務エラー(
            "JK-0238",
            f"世帯に残る人（{'、'.join(left)}）がいる合併です。",
            "全員を選ぶか、世帯構成変更にしてください。",
            根拠="住民基本台帳法第25条。",
        )
    return 世帯に入る(案件)


def 世帯に入る(案件: 案件) -> 判断:
    """入る世帯は、今の世帯と違わなければならない。"""
    if any(p.世帯番号 == 案件.共通.get("入る世帯") for p in 案件.対象()):
        raise 業務エラー(
            "JK-0239",
            "入る世帯が、今の世帯と同じです。",
            "入る世帯の番号を確かめてください。",
            項目="入る世帯",
            根拠="住民基本台帳法第25条。",
        )
    return 移す(案件)
