"""履歴: 今の姿と、異動ごとの前の値から、各時点の姿を後ろから埋めて全件の行にする。"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tsugaru.faces.demo.population.days import NEVER
from tsugaru.faces.demo.population.events import SAME, TRACKED
from tsugaru.faces.demo.population.reasons import ARRIVALS, SETTLING, 異動事由
from tsugaru.faces.demo.population.streams import Flags, Ints
from tsugaru.faces.demo.population.world import World


@dataclass(frozen=True, slots=True)
class History:
    """履歴の行（人・日の順）。``number`` は1からの履歴番号、``state`` は ``TRACKED`` の項目の、その行の値。"""

    person: Ints
    number: Ints
    last: Flags
    day: Ints
    reason: Ints
    note: Ints
    state: dict[str, Ints]

    def carried(self, at: Flags, values: Ints) -> Ints:
        """``at`` の行の値を、次の ``at`` の行の前まで持ち越す。人の最初の行は必ず ``at`` に含める。"""
        rows = np.where(at, np.arange(len(at)), 0)
        return values[np.maximum.accumulate(rows)]


def write_history(world: World, first: tuple[Ints, Ints], current: dict[str, Ints]) -> History:
    """異動の帳面を並べ、最初の記載と最後の消除を足して、履歴にする。"""
    events = _ordered(world, first)
    person = events["person"]
    last = np.diff(person, append=-1) != 0
    starts = np.flatnonzero(np.diff(person, prepend=-1) != 0)
    number = np.arange(len(person)) - starts[person] + 1
    state = {name: _filled(person, last, events[name], current[name]) for name in TRACKED}
    return History(person, number, last, events["day"], events["reason"], events["note"], state)


def _ordered(world: World, first: tuple[Ints, Ints]) -> dict[str, Ints]:
    """最初の記載より前、消除より後、基準日より後の異動を除いて、人・日の順に並べる。"""
    people, log = world.people, world.log
    day, reason = first
    columns = log.columns()
    who, when = columns["person"], columns["day"]
    keep = (when > day[who]) & (when < people.until[who]) & (when <= world.as_of)
    everyone, gone = np.arange(len(people)), np.flatnonzero(people.until != NEVER)
    found: dict[str, Ints] = {}
    added = {
        "person": (everyone, gone),
        "day": (day, people.until[gone]),
        "reason": (reason, people.ending[gone]),
    }
    for name, values in columns.items():
        head, tail = added.get(name, (np.full(len(everyone), _blank(name)), np.full(len(gone), _blank(name))))
        found[name] = np.concatenate([head, values[keep], tail])
    order = np.lexsort((found["order"], found["day"], found["person"]))
    return {name: values[order] for name, values in found.items()}


def _blank(name: str) -> int:
    return SAME if name in TRACKED or name == "order" else 0


def _filled(person: Ints, last: Flags, before: Ints, current: Ints) -> Ints:
    """各行の値 = その後の異動のうち最も近いものの「前の値」。無ければ今の値。"""
    count = len(person)
    place = np.arange(count) + person
    stream = np.full(count + len(current), SAME)
    stream[place] = before
    stream[place[last] + 1] = current
    known = np.where(stream != SAME, np.arange(len(stream)), len(stream))
    following = np.minimum.accumulate(known[::-1])[::-1]
    filled: Ints = stream[following[place + 1]]
    return filled


def settled_rows(history: History) -> Flags:
    """住所を定めた日が変わる行。"""
    return is_reason(history, *SETTLING)


def arrival_rows(history: History) -> Flags:
    """住民となった日が変わる行（最初の行と再転入）。"""
    first: Flags = history.number == 1
    return first | is_reason(history, *ARRIVALS)


def is_reason(history: History, *reasons: 異動事由) -> Flags:
    return np.isin(history.reason, [int(r) for r in reasons])
