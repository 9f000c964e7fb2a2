"""今の賦課の要点: ほかの業務が聞く額と該当だけ。住所も事実も出さない。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tsugaru.gyomu.kojin.domain import roll
from tsugaru.gyomu.kojin.models import 賦課


@dataclass(frozen=True, slots=True, kw_only=True)
class 要点:
    """一人の一年度。額は円。合計所得金額 が None なら判定できない。"""

    宛名番号: str
    課税年度: int
    番: int
    合計所得金額: int | None
    総所得金額等: int
    市町村民税の所得割額: int
    市町村民税の均等割額: int
    年税額: int
    均等割が非課税である: bool
    所得割が非課税である: bool

    @property
    def 非課税か(self) -> bool:
        """市町村民税の均等割も所得割も課されない（地方税法第295条第1項・第3項）。減免で 0 円になった人は課税である。"""
        return self.均等割が非課税である and self.市町村民税の所得割額 == 0


def 今の賦課の要点(宛名番号: Iterable[str], 課税年度: int) -> dict[str, 要点]:
    """宛名番号 → 要点。賦課のない人（未申告・取消しを含む）は入らない。分からないことを非課税と読まないこと。"""
    rows = (
        賦課.objects.filter(課税年度=課税年度, 宛名番号__in=sorted(set(宛名番号)))
        .order_by("宛名番号", "-番")
        .distinct("宛名番号")
        .defer("事実", "期別", "出所")
    )
    return {row.宛名番号: 要点にする(row) for row in rows if not roll.取消である(row)}


def 要点にする(row: 賦課) -> 要点:
    """一つの賦課の要点。"""
    r = row.結果
    return 要点(
        宛名番号=row.宛名番号,
        課税年度=row.課税年度,
        番=row.番,
        合計所得金額=row.合計所得金額,
        総所得金額等=int(r.get("総所得金額等") or 0),
        市町村民税の所得割額=int(r.get("市町村民税の所得割額") or 0),
        市町村民税の均等割額=int(r.get("市町村民税の均等割額") or 0),
        年税額=row.年税額,
        均等割が非課税である=bool(r.get("均等割が非課税である")),
        所得割が非課税である=bool(r.get("所得割が非課税である")),
    )
