"""JSON の事例を計算し、JSON の答えにする。

事例は事実の名と値の組で、次の名だけは別に扱う。員の単位の名（`親族` など）は一人ずつの並び、
`定め` は定めの上書き（定めの名 → 項目 → 値）、`時点` はその事例だけの時点、`名` と `出典` は読み流す。
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tsugaru.law.engine.errors import 事実の誤り
from tsugaru.law.engine.evaluate import 計算
from tsugaru.law.engine.system import 制度
from tsugaru.law.engine.words import 時点

_別に扱う名 = ("定め", "時点", "名", "出典")


def 事例を計算する(制度: 制度, 事例: object, いつ: 時点 | None, 条例: Path | None = None) -> 計算:
    """一つの事例の計算。時点がどこにもなければ 事実の誤り。"""
    if not isinstance(事例, Mapping):
        raise 事実の誤り(
            "JT-1023", "事例は事実の名と値の組です", '{"給与等の収入金額": 5000000} の形にしてください'
        )
    いつの値 = 事例.get("時点", いつ.値 if いつ else None)
    if not isinstance(いつの値, int):
        raise 事実の誤り(
            "JT-1024", f"事例に{制度.初.軸}がありません", "--year か、事例の 時点 で与えてください"
        )
    事実 = {名: 値 for 名, 値 in 事例.items() if 名 not in _別に扱う名}
    return 制度.計算(時点(制度.初.軸, いつの値), 事実, 条例, 事例.get("定め"))


def 答えにする(制度: 制度, 件: 計算) -> dict[str, Any]:
    """全部の結果。判定できない結果は null で、足りない事実を `判定できない` に書く。"""
    主な単位, *員の単位 = 制度.単位
    名たち = {単位: [一歩.名 for 一歩 in 件.図.順 if 一歩.単位 == 単位] for 単位 in 制度.単位}
    答え: dict[str, Any] = {
        "制度": 制度.名,
        "時点": 件.図.いつ.値,
        "結果": {名: 件.値(名) for 名 in 名たち[主な単位]},
        "判定できない": {名: 不足 for 名 in 名たち[主な単位] if (不足 := 件.足りない事実(名))},
        "規則の代わりに与えた名": sorted(件.与えた),
        "注意": list(_注意(制度, 件)),
        "未確認の定め": sorted(名 for 名, 一つ in 件.定め.items() if 一つ.改正 and not 一つ.改正.確認済み),
    }
    for 単位 in 員の単位:
        答え[単位] = [{名: 件.値(名, 番) for 名 in 名たち[単位]} for 番 in range(len(件.員))]
    return 答え


def _注意(制度: 制度, 件: 計算) -> Iterator[str]:
    """途中の額だけを与え、判定に使う額が既定のままになっている所。"""
    for 名 in sorted(件.与えた & set(制度.併せて要る)):
        無い = [一つ for 一つ in 制度.併せて要る[名] if 一つ not in 件.与えた and not 件.値(一つ)]
        if 無い:
            yield f"{名} を与えたときは、{'・'.join(無い)} も与えてください（今は 0 として判定しています）。"
