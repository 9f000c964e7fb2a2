"""期間と期間集合。初めの日を含み、終わりの日を含まない（半開）。終わりが None なら今も続く。

帳票の「○日から○日まで」は終わりの日を含むので、表すときは 最終日 を、作るときは 期間.両端 を使う。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


def _早い(a: date | None, b: date | None) -> date | None:
    """終わりの早い方。None は限りなく先。"""
    return b if a is None else a if b is None else min(a, b)


@dataclass(frozen=True, slots=True)
class 期間:
    """一続きの日々。空の期間は作れない。"""

    始: date
    終: date | None = None

    def __post_init__(self) -> None:
        if self.終 is not None and self.終 <= self.始:
            raise ValueError(f"期間の終わり（{self.終}）は初め（{self.始}）より後の日です")

    @classmethod
    def 両端(cls, 初日: date, 最終日: date | None) -> 期間:
        """両端の日を含む書き方から作る。9999-12-31 まで続くものは 最終日 を None とする。"""
        return cls(初日, None if 最終日 is None else 最終日 + timedelta(days=1))

    @property
    def 最終日(self) -> date | None:
        """含まれる最後の日。続いているなら None。"""
        return None if self.終 is None else self.終 - timedelta(days=1)

    @property
    def 日数(self) -> int | None:
        """含まれる日の数。続いているなら None。"""
        return None if self.終 is None else (self.終 - self.始).days

    def __contains__(self, 日: date) -> bool:
        return self.始 <= 日 and (self.終 is None or 日 < self.終)

    def 交わり(self, 他: 期間) -> 期間 | None:
        """両方に含まれる日々。なければ None。"""
        start, end = max(self.始, 他.始), _早い(self.終, 他.終)
        return 期間(start, end) if end is None or start < end else None


class 期間集合:
    """重ならず、接しもしない期間を古い順に並べたもの。同じ日々なら作り方によらず等しい。"""

    __slots__ = ("_期間",)

    def __init__(self, 期間たち: Iterable[期間] = ()) -> None:
        self._期間 = tuple(_整える(期間たち))

    def __iter__(self) -> Iterator[期間]:
        return iter(self._期間)

    def __len__(self) -> int:
        return len(self._期間)

    def __contains__(self, 日: date) -> bool:
        return any(日 in each for each in self._期間)

    def __eq__(self, 他: object) -> bool:
        return isinstance(他, 期間集合) and self._期間 == 他._期間

    def __hash__(self) -> int:
        return hash(self._期間)

    def __repr__(self) -> str:
        return f"期間集合({list(self._期間)!r})"

    def __or__(self, 他: 期間集合) -> 期間集合:
        """どちらかに含まれる日々。"""
        return 期間集合((*self, *他))

    def __and__(self, 他: 期間集合) -> 期間集合:
        """両方に含まれる日々。"""
        return 期間集合(both for a in self for b in 他 if (both := a.交わり(b)))

    def __sub__(self, 他: 期間集合) -> 期間集合:
        """他に含まれない日々。"""
        left = list(self)
        for hole in 他:
            left = [piece for each in left for piece in _除く(each, hole)]
        return 期間集合(left)


def _整える(期間たち: Iterable[期間]) -> list[期間]:
    done: list[期間] = []
    for each in sorted(期間たち, key=lambda p: p.始):
        last = done[-1] if done else None
        if last is None or (last.終 is not None and last.終 < each.始):
            done.append(each)
        else:
            end = None if last.終 is None or each.終 is None else max(last.終, each.終)
            done[-1] = 期間(last.始, end)
    return done


def _除く(元: 期間, 穴: 期間) -> Iterator[期間]:
    both = 元.交わり(穴)
    if both is None:
        yield 元
        return
    if 元.始 < both.始:
        yield 期間(元.始, both.始)
    if both.終 is not None and (元.終 is None or both.終 < 元.終):
        yield 期間(both.終, 元.終)
