"""転居（住基法第23条）。世帯のまま、一部が新しい世帯を作って、または既にある世帯に入って、住所を替える。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.alerts import 届出遅延
from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.person import 当てる, 日の列
from tsugaru.gyomu.juki.domain.procedures.transfer import 移す
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー


def 転居する(案件: 案件) -> 判断:
    """世帯の別が「同」なら世帯の全員、ほかは選んだ人だけが動く。"""
    people = 案件.対象()
    if 案件.共通.get("世帯の別") == "同":
        _全員か(案件, people)
        return 判断(tuple(案件.書く(_住所を替える(案件, p)) for p in people), 届出遅延(案件))
    moved = 移す(案件)
    rows = tuple(
        案件.書く(_住所を替える(案件, r.状態)) if r.状態.宛名番号 in 案件.各人 else r for r in moved.記録
    )
    return 判断(rows, moved.警告)


def _全員か(案件: 案件, people: list[住民票]) -> None:
    for household in dict.fromkeys(p.世帯番号 for p in people):
        left = 案件.残る人(household)
        if left:
            names = "、".join(p.氏名 for p in left)
            raise 業務エラー(
                "JK-0231",
                f"世帯の一部（{names}）が残る転居です。",
                "世帯の別で「新しい世帯を作る」か「既にある世帯に入る」を選んでください。",
                項目="世帯の別",
                根拠="住民基本台帳法第23条・第25条。",
            )


def _住所を替える(案件: 案件, 人: 住民票) -> 住民票:
    number = 案件.値(人.宛名番号, "住所", None)
    if number is None:
        raise 業務エラー(
            "JK-0232",
            f"{人.氏名}の新しい住所がありません。",
            "転居先の住所を入れてください。",
            項目="住所",
            根拠="住民基本台帳法第23条。",
        )
    return 当てる(人, {"住所": number}).変えて(**日の列("住所を定めた日", 案件.異動日))
