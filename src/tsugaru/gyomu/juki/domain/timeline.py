"""ある日の姿、ある日に知っていた姿。

決まりは一つ: 「時刻 t までに処理された行のうち、有効日が d 以前で、履歴番号が最も大きい行」が、t に知っていた d の姿である。
この決まりが正しいのは、遡った異動が、後の異動を載せ直した行を伴うからである（載せ直す）。
取消しの行の有効日は、取り消した異動の有効日である。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from tsugaru.gyomu.juki.domain.state import 住民票, 出所, 状態, 記録, 項目名
from tsugaru.gyomu.juki.models import 住民履歴


def その日の行(rows: Sequence[住民履歴], 日: date, *, 知った時: datetime | None = None) -> 住民履歴 | None:
    """rows は一人の歴（順は問わない）。該当が無ければ None（まだ住民でなかった）。"""
    seen = [r for r in rows if r.有効日 <= 日 and (知った時 is None or r.処理日時 <= 知った時)]
    return max(seen, key=lambda r: r.履歴番号, default=None)


def 有効な行(rows: Sequence[住民履歴], *, 知った時: datetime | None = None) -> list[住民履歴]:
    """今知っている時の流れ: 有効日の順に、後から書かれた行に覆われていない行。"""
    known = [r for r in rows if 知った時 is None or r.処理日時 <= 知った時]
    result: list[住民履歴] = []
    for row in sorted(known, key=lambda r: -r.履歴番号):
        if not result or row.有効日 < result[-1].有効日:
            result.append(row)
    return result[::-1]


def 載せ直す(rows: Sequence[住民履歴], 新しい: 記録) -> list[記録]:
    """遡った異動を、後の異動の上に重ねる。返すのは書くべき行の列（先頭が遡った異動そのもの）。

    新しい.状態 は「今の姿」を基に作られているので、変わった項目だけを有効日の時点の姿に当て、その後の行へ順に伝える。
    後の行が同じ項目を自分で変えていれば、その先へは伝えない。
    """
    line = 有効な行(rows)
    later = [r for r in line if r.有効日 > 新しい.出所.有効日]
    if not later:
        return [新しい]
    now = 状態(line[-1])
    changed = {n: getattr(新しい.状態, n) for n in 新しい.状態.違い(now)}
    before = その日の行(rows, 新しい.出所.有効日)
    previous = 状態(before) if before else None
    base = previous.変えて(**changed) if previous else 新しい.状態
    result = [replace(新しい, 状態=base)]
    for row in later:
        original = 状態(row)
        own = set(original.違い(previous)) if previous else set(項目名)
        changed = {n: v for n, v in changed.items() if n not in own}
        result.append(記録(_写した出所(row, 新しい.出所), original.変えて(**changed)))
        previous = original
    return result


def _写した出所(row: 住民履歴, 元: 出所) -> 出所:
    return 出所(
        異動事由=row.異動事由,
        異動日=row.異動日,
        異動日不詳=row.異動日不詳,
        異動日表記=row.異動日表記,
        有効日=row.有効日,
        届出日=row.届出日,
        届出の別=row.届出の別,
        届出番号=元.届出番号,
        留意事項=f"遡った異動により履歴{row.履歴番号}を載せ直し",
    )


def 取り消した姿(rows: Sequence[住民履歴]) -> 住民票 | None:
    """最新の（まだ取り消されていない）異動を無かったことにした姿。初めての記載の取消しなら None。"""
    line = 有効な行(rows)
    return 状態(line[-2]) if len(line) > 1 else None
