"""異動の取消し（標準仕様書 4.6）。届出の前の姿を写した行を上に足す。取り消した行も、取消しの行も残る。

一つの届出で動いた人は、全員が一緒に戻る。誰かに後の異動があれば、先にそれを取り消す。
"""

from __future__ import annotations

from collections.abc import Sequence

from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.state import 記録
from tsugaru.gyomu.juki.domain.timeline import 取り消す, 取り消せる組, 行
from tsugaru.kernel.errors import 業務エラー

根拠 = "標準仕様書4.6。"
_番号の事由 = frozenset(
    e.value
    for e in (
        異動事由.個人番号の変更請求,
        異動事由.個人番号の職権修正,
        異動事由.個人番号の職権記載,
        異動事由.住民票コードの変更請求,
        異動事由.住民票コードの職権記載,
    )
)


def 異動を取り消す(案件: 案件) -> 判断:
    """対象の人の（指定が無ければ最も新しい）異動と、同じ届出で動いた全員の異動を取り消す。"""
    [number] = 案件.各人
    target = _選ぶ(案件, number)
    case = target[0].出所.届出番号
    if target[0].出所.異動事由 in _番号の事由:
        raise 業務エラー(
            "JK-0263",
            "番号の異動は取り消せません。",
            "正しい番号で、番号の職権修正をしてください。",
            根拠="番号法第7条。",
        )
    rows: list[記録] = []
    for person, history in 案件.歴.items():
        if person == number:
            rows += 取り消す(history, target, 出所=案件.出所を作る())
        elif case is not None and any(r.出所.届出番号 == case for r in history):
            rows += 取り消す(history, _同じ届出の組(history, case), 出所=案件.出所を作る())
    return 判断(tuple(rows), 載せ済み=True)


def _選ぶ(案件: 案件, 宛名番号: str) -> Sequence[行]:
    found = 取り消せる組(案件.歴.get(宛名番号, ()))
    wanted = 案件.共通.get("取消対象") or ""
    for group in found:
        if not wanted or wanted in {str(r.履歴番号) for r in group}:
            return group
    raise 業務エラー(
        "JK-0261",
        f"宛名番号{宛名番号}に、取り消せる異動（履歴番号{wanted or 'なし'}）がありません。",
        "後の異動から順に取り消してください。",
        項目="取消対象",
        根拠=根拠,
    )


def _同じ届出の組(history: Sequence[行], 届出番号: int) -> Sequence[行]:
    for group in 取り消せる組(history):
        if group[0].出所.届出番号 == 届出番号:
            return group
    raise 業務エラー(
        "JK-0262",
        f"同じ届出で動いた{history[-1].状態.氏名}に、後の異動があります。",
        "先にその異動を取り消してください。",
        根拠=根拠,
    )
