"""住民記録の、ただ一つの扉。ほかの業務が聞いてよいことだけを置く（標準仕様書 7.2.2）。

住所と番号はここに無い（platform.disclosure が開く）。届出中（仮登録）のことは、ここからは見えない。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tsugaru.gyomu.juki.domain.assemble import 歴を読む
from tsugaru.gyomu.juki.domain.census import その日の住民, 今の住所番号
from tsugaru.gyomu.juki.domain.codes import 住民状態, 異動事由, 規定区分
from tsugaru.gyomu.juki.domain.events import 異動, 異動を読む
from tsugaru.gyomu.juki.domain.glance import 一人の行
from tsugaru.gyomu.juki.domain.holds import 効いている抑止
from tsugaru.gyomu.juki.domain.register import 世帯の状態
from tsugaru.gyomu.juki.domain.state import 住民票, 状態
from tsugaru.gyomu.juki.domain.timeline import その日の行
from tsugaru.gyomu.juki.models import 住民
from tsugaru.kernel.clock import Clock

__all__ = [
    "その日の住民",
    "その日の状態",
    "世帯員",
    "今の住所番号",
    "住民の状態",
    "住民状態",
    "住民票",
    "異動",
    "異動を読む",
    "異動事由",
    "発行できない理由",
    "規定区分",
]


def 住民の状態(宛名番号: Iterable[str]) -> dict[str, 住民票]:
    """宛名番号 → 今の住民票・除票。住民だったことのない人は入らない。"""
    numbers = sorted(set(宛名番号))
    rows = 一人の行(numbers[0]) if len(numbers) == 1 else 住民.objects.filter(宛名番号__in=numbers)
    return {row.宛名番号: 状態(row) for row in rows}


def 世帯員(世帯番号: str) -> list[住民票]:
    """その世帯の今の住民（記載順。除票を除く）。"""
    return 世帯の状態(世帯番号)


def その日の状態(宛名番号: str, 日: date, *, 知った時: datetime | None = None) -> 住民票 | None:
    """その日の姿。知った時 を入れると、その時に知っていた姿。まだ住民でなければ None。"""
    found = その日の行(歴を読む([宛名番号]).get(宛名番号, ()), 日, 知った時=知った時)
    return found.状態 if found else None


def 発行できない理由(宛名番号: str, *, clock: Clock) -> str | None:
    """証明の発行を止める抑止の理由。無ければ None（警告だけの抑止は含まない）。"""
    rows = 効いている抑止([宛名番号], "発行", clock=clock)
    return next((row.理由 for row in rows if row.水準 == "エラー"), None)
