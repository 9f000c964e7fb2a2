"""ある日の姿、ある日に知っていた姿、遡り、取消し。

決まりは一つ: 「時刻 t までに処理された行のうち、有効日が d 以前で、履歴番号が最も大きい行」が、t に知っていた d の姿である。
この決まりが正しいのは、遡った異動が後の異動を載せ直した行を伴い、取消しが前の時の流れを写し直した行を伴うからである。
遡って変えた項目は、その項目が次に変わる日の前まで効く。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol, TypeVar

from tsugaru.gyomu.juki.domain.codes import 住民状態, 異動事由
from tsugaru.gyomu.juki.domain.state import 住民票, 出所, 状態, 記録, 項目名
from tsugaru.gyomu.juki.models import 住民履歴


class 歴の行(Protocol):
    """表の行でも、記憶の中の行でもよい。"""

    @property
    def 履歴番号(self) -> int: ...
    @property
    def 有効日(self) -> date: ...
    @property
    def 処理日時(self) -> datetime: ...


R = TypeVar("R", bound=歴の行)


@dataclass(frozen=True, slots=True)
class 行:
    """歴の一行を値にしたもの。"""

    履歴番号: int
    処理日時: datetime
    出所: 出所
    状態: 住民票

    @property
    def 有効日(self) -> date:
        """この行が述べる姿の始まる日。"""
        return self.出所.有効日


def 行にする(rows: Iterable[住民履歴]) -> list[行]:
    """表の行を値に、履歴番号の順で。"""
    names = 出所.__dataclass_fields__
    made = [行(r.履歴番号, r.処理日時, 出所(**{n: getattr(r, n) for n in names}), 状態(r)) for r in rows]
    return sorted(made, key=lambda r: r.履歴番号)


def その日の行(rows: Iterable[R], 日: date, *, 知った時: datetime | None = None) -> R | None:
    """rows は一人の歴（順は問わない）。該当が無ければ None（まだ住民でなかった）。"""
    seen = [r for r in rows if r.有効日 <= 日 and (知った時 is None or r.処理日時 <= 知った時)]
    return max(seen, key=lambda r: r.履歴番号, default=None)


def 有効な行(rows: Iterable[R], *, 知った時: datetime | None = None) -> list[R]:
    """知っている時の流れ: 有効日の順に、後から書かれた行に覆われていない行。"""
    known = [r for r in rows if 知った時 is None or r.処理日時 <= 知った時]
    result: list[R] = []
    for row in sorted(known, key=lambda r: -r.履歴番号):
        if not result or row.有効日 < result[-1].有効日:
            result.append(row)
    return result[::-1]


def 載せ直す(rows: Sequence[行], 新しい: 記録) -> list[記録]:
    """遡った異動を、後の異動の下に差し込む。返すのは書くべき行の列（先頭が遡った異動そのもの）。

    新しい.状態 は、その有効日の姿から作られていなければならない。
    """
    day = 新しい.出所.有効日
    before = その日の行(rows, day)
    previous = before.状態 if before else None
    changed = {n: getattr(新しい.状態, n) for n in 新しい.状態.違い(previous)} if previous else {}
    result = [新しい]
    for row in (r for r in 有効な行(rows) if r.有効日 > day):
        own = set(row.状態.違い(previous)) if previous else set(項目名)
        changed = {n: v for n, v in changed.items() if n not in own}
        result.append(記録(_写した出所(row, 新しい.出所, "遡った異動"), row.状態.変えて(**changed)))
        previous = row.状態
    return result


def _写した出所(row: 行, 元: 出所, なぜ: str) -> 出所:
    return replace(
        row.出所,
        届出番号=元.届出番号,
        取消対象履歴=元.取消対象履歴,
        留意事項=f"{なぜ}により履歴{row.履歴番号}を載せ直し",
    )


def 重ねる(
    歴: dict[str, list[行]], 新しい: Iterable[記録], *, 処理日時: datetime
) -> tuple[list[記録], dict[str, list[行]]]:
    """いくつもの記録を、順に載せ直しながら重ねる。返り値は（書くべき記録の列, 書いた後の歴）。"""
    after = {number: list(rows) for number, rows in 歴.items()}
    written: list[記録] = []
    for one in 新しい:
        rows = after.setdefault(one.状態.宛名番号, [])
        laid = 載せ直す(rows, one)
        last = rows[-1].履歴番号 if rows else 0
        rows += [行(last + i, 処理日時, r.出所, r.状態) for i, r in enumerate(laid, 1)]
        written += laid
    return written, after


def 組に分ける(rows: Sequence[行]) -> list[list[行]]:
    """一つの届出が続けて書いた行を一組にする（届出番号の無い行は一行で一組）。"""
    groups: list[list[行]] = []
    for row in rows:
        number = row.出所.届出番号
        if groups and number is not None and groups[-1][0].出所.届出番号 == number:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def 取り消せる組(rows: Sequence[行]) -> list[list[行]]:
    """取り消せる異動: 生きている最も新しい異動と、最後の処理が取消しならその取消し。新しい順。"""
    groups = 組に分ける(rows)
    alive: list[list[行]] = []
    undone: dict[int, list[行]] = {}
    for group in groups:
        target = group[0].出所.取消対象履歴
        if target is None:
            alive.append(group)
        elif alive and alive[-1][0].履歴番号 == target:
            undone[group[0].履歴番号] = alive.pop()
        elif target in undone:
            alive.append(undone.pop(target))
    last = groups[-1:] if groups and groups[-1][0].履歴番号 in undone else []
    return last + alive[-1:]


def 取り消す(rows: Sequence[行], 組: Sequence[行], *, 出所: 出所) -> list[記録]:
    """組を無かったことにする行の列。組が書かれる前の時の流れを、上から写し直す。

    出所 の異動日は取消しの日。異動事由・有効日・取消対象履歴はここで決まる。
    初めての記載の取消しは、その日から消除された姿になる（異動の取消し（減））。
    """
    start = min(r.有効日 for r in 組)
    before = [r for r in rows if r.履歴番号 < 組[0].履歴番号]
    base = その日の行(before, start)
    later = [r for r in 有効な行(before) if r.有効日 > start]
    first = base.状態 if base else _無かった姿(組[0].状態, 出所.異動日)
    last = later[-1].状態 if later else first
    head = replace(
        出所,
        異動事由=_取消しの事由(rows[-1].状態, last).value,
        有効日=start,
        取消対象履歴=組[0].履歴番号,
    )
    return [記録(head, first), *(記録(_写した出所(r, head, "異動の取消し"), r.状態) for r in later)]


def _無かった姿(記載: 住民票, 取消日: date) -> 住民票:
    return 記載.変えて(
        住民状態=住民状態.その他消除者.value, 消除事由=異動事由.異動の取消し_減.value, 消除日=取消日
    )


def _取消しの事由(今: 住民票, 後: 住民票) -> 異動事由:
    if 今.在る == 後.在る:
        return 異動事由.異動の取消し_修正
    return 異動事由.異動の取消し_増 if 後.在る else 異動事由.異動の取消し_減
