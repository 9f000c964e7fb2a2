"""通知のそろい具合: 要る数と作った数、要る額と刷った額。「一通多い・一通足りない」を、発送の前に数で見つける。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from tsugaru.gyomu.kojin.domain import notifying
from tsugaru.gyomu.kojin.domain.notice_drafting import 鍵
from tsugaru.gyomu.kojin.domain.notice_making import 作った通知の鍵
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.runs.api import Cause, Run


@dataclass(frozen=True, slots=True)
class 数:
    """一つの様式の、要る数と作った数（通と円）。"""

    様式: str
    要る: int
    作った: int
    要る額: int
    刷った額: int

    @property
    def 合う(self) -> bool:
        """数も額も合う。"""
        return (self.要る, self.要る額) == (self.作った, self.刷った額)


@dataclass(frozen=True, slots=True)
class 照合:
    """一つの突き合わせ。左と右は同じでなければならない。"""

    名: str
    左の名: str
    左: int
    右の名: str
    右: int

    @property
    def 合う(self) -> bool:
        """同じか。"""
        return self.左 == self.右


@dataclass(frozen=True, slots=True)
class 束:
    """刷って送る一つの束。"""

    番: int
    様式: str
    通: int
    義務者: int
    税額: int


def 数える(計画: 通知の計画) -> list[数]:
    """様式ごとに。要る通知の一つもない様式は並べない。作り直したものは数えない（同じ一通である）。"""
    rows = 課税通知.objects.filter(実行=計画.実行, 回=1).values_list("様式")
    made = {名: (通, int(円 or 0)) for 名, 通, 円 in rows.annotate(Count("pk"), Sum("税額"))}
    found = []
    for 名 in notifying.様式たち:
        items = 計画.様式の(名)
        if items or 名 in made:
            found.append(数(名, len(items), *(_並べる(items, made.get(名, (0, 0))))))
    return found


def _並べる(items: Sequence[一通], made: tuple[int, int]) -> tuple[int, int, int]:
    通, 円 = made
    return 通, sum(one.税額 for one in items), 円


def 突き合わせる(run: Run, 計画: 通知の計画) -> list[照合]:
    """実行・課税台帳・通知の三つの合計。当初だけが、年税額の全部を知らせる（月例は変わった人だけ）。"""
    found = [照合("年税額の合計", "実行", _実行の合計(run), "課税台帳", 計画.年税額)] if 計画.当初 else []
    本人あて = [one for one in 計画.通知 if one.様式 != notifying.義務者]
    if 計画.当初:
        人 = {one.相手 for one in 本人あて}
        found += [
            照合("納める人の数", "課税台帳", 計画.納める人, "通知の要る人", len(人)),
            照合(
                "納める額の合計", "課税台帳", 計画.年税額, "通知の要る額", sum(one.税額 for one in 本人あて)
            ),
        ]
    給与 = [sum(one.税額 for one in 計画.様式の(名)) for 名 in (notifying.義務者, notifying.納税者)]
    if 計画.当初:
        found.append(照合("給与から徴収する額", "義務者用", 給与[0], "納税義務者用", 給与[1]))
    return found


def _実行の合計(run: Run) -> int:
    total = run.buckets.filter(cause=Cause.TOTAL).first()
    return int(total.after) if total else 0


def 残り(計画: 通知の計画) -> list[一通]:
    """まだ一度も作っていない通知。"""
    made = 作った通知の鍵(計画)
    return [one for one in 計画.通知 if one.鍵 not in made]


def 担当の通知(計画: 通知の計画) -> list[一通]:
    """いま支援措置により伏せる人の、本人あての通知（封筒に住所を刷るもの）。"""
    items = [one for one in 計画.通知 if one.様式 in (notifying.決定, notifying.変更)]
    hidden = disclosure.sheltered({one.相手 for one in items})
    return [one for one in items if one.相手 in hidden]


def 鍵の文(鍵: 鍵) -> str:
    """仕事のできたものに書く鍵。"""
    様式, 相手, 番 = 鍵
    return f"{様式}/{相手}/{番}"


def 束たち(実行: int) -> list[束]:
    """作った束。"""
    rows = 課税通知.objects.filter(実行=実行, 束__gt=0, 回=1).values_list("束", "様式")
    found: dict[int, 束] = {}
    counted: Iterable[tuple[int, str, int, int]] = rows.annotate(Count("pk"), Sum("税額")).order_by("束")
    for 番, 様式, 通, 円 in counted:
        前 = found.get(番, 束(番, 様式, 0, 0, 0))
        義務者 = 通 if 様式 == notifying.義務者 else 0
        額 = 0 if 様式 == notifying.義務者 else int(円)
        found[番] = 束(番, 前.様式, 前.通 + 通, 前.義務者 + 義務者, 前.税額 + 額)
    return list(found.values())
