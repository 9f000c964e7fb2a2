"""異動の帳面: 「いつ・誰が・なぜ」と、異動の**前**の値だけを書き留める。

今の姿と前の値があれば、後ろから埋めて各時点の姿が決まる（``history``）。書き留めない項目は変わらなかった項目である。
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tsugaru.faces.demo.population.reasons import 異動事由
from tsugaru.faces.demo.population.streams import Ints

SAME = -1
COLUMNS = ("person", "day", "reason", "note", "order")
TRACKED = (
    "household",
    "dwelling",
    "surname",
    "relation",
    "head",
    "register",
    "foreign",
    "maiden",
    "alias",
    "origin",
)


@dataclass(slots=True)
class Log:
    """異動の列。``parts`` の各列は同じ長さ。"""

    parts: dict[str, list[Ints]] = field(default_factory=lambda: {name: [] for name in (*COLUMNS, *TRACKED)})

    def add(self, person: Ints, day: Ints, reason: 異動事由, note: int = 0, /, **before: Ints | int) -> None:
        """異動を書き留める。``before`` は異動の前の値（``TRACKED`` の項目）。挙げない項目は変わらない。"""
        order = sum(len(part) for part in self.parts["person"])
        given = {"person": person, "day": day, "reason": reason, "note": note, **before}
        for name, part in self.parts.items():
            part.append(np.broadcast_to(np.asarray(given.get(name, SAME), dtype=np.int64), len(person)))
        self.parts["order"][-1] = np.arange(order, order + len(person))

    def columns(self) -> dict[str, Ints]:
        return {name: np.concatenate(part) for name, part in self.parts.items()}
