"""一人の特別徴収の異動の今: 賦課・異動の列・まだ反映していない異動まで効いたときの義務者。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tsugaru.gyomu.kojin.domain import collecting, midyear, roll
from tsugaru.gyomu.kojin.domain.collecting import 一件, 一括, 引継, 徴収の今, 普通, 特徴
from tsugaru.gyomu.kojin.domain.midyear import 月の番
from tsugaru.gyomu.kojin.models import 特徴異動, 賦課

選べる方法: Mapping[str, tuple[str, ...]] = {
    "退職": (普通, 一括, 引継), "転勤": (引継, 普通), "休職": (普通, 一括), "死亡": (普通,), "切替": (特徴,),
}  # fmt: skip
方法の言葉 = {
    普通: "本人が普通徴収で納める", 一括: "退職のときに一括で徴収する", 引継: "新しい勤め先が引き継ぐ",
    特徴: "給与から徴収する",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class 届:
    """一つの異動届出。徴収済の月 は最後に特別徴収した月（一度もなければ 0）、支払われる額 は翌年5月末までの給与・退職手当等。"""

    事由: str
    異動日: date
    徴収済の月: int
    残りの方法: str
    受付日: date
    新指定番号: str = ""
    支払われる額: int = 0
    理由: str = ""


@dataclass(frozen=True, slots=True)
class 状況:
    """一人の一年度。待つ はまだ反映していない異動、義務者 はそれまで効いたときの今の義務者
    （いなければ空）。"""

    行: 賦課 | None
    異動: Sequence[特徴異動]
    徴収: 徴収の今
    待つ: Sequence[一件]
    義務者: str

    @property
    def 版(self) -> str:
        """画面を開いたときの姿。"""
        return f"{self.行.番 if self.行 else 0}.{len(self.異動)}"

    @property
    def 取り消した番(self) -> frozenset[int]:
        """もう取り消された異動の番。"""
        return frozenset(one.取消番 for one in self.異動 if one.取消番)

    @property
    def 取り消せる(self) -> 特徴異動 | None:
        """取り消せるのは、取り消されていない最も新しい異動だけである。"""
        return next(
            (one for one in reversed(self.異動) if not one.取消番 and one.番 not in self.取り消した番), None
        )

    def 反映済か(self, one: 特徴異動) -> bool:
        """月例更正で賦課に効いたか。"""
        return one.番 in self.徴収.異動


def 開く(宛名番号: str, 年度: int) -> 状況:
    """今の賦課と、その年度の異動（番の順）。"""
    row = roll.今の賦課(年度, 宛名番号)
    rows = list(特徴異動.objects.filter(課税年度=年度, 宛名番号=宛名番号).order_by("番"))
    徴収 = collecting.今にする(row.期別, row.指定番号, row.徴収) if row else 徴収の今()
    待つ = tuple(collecting.効く異動([_一件(one) for one in rows], 徴収.異動, midyear.終わりの番))
    義務者 = 徴収.指定番号
    for one in 待つ:
        義務者 = "" if one.離れるか else one.新指定番号
    return 状況(row, rows, 徴収, 待つ, 義務者)


def _一件(row: 特徴異動) -> 一件:
    return 一件(
        row.番,
        row.事由,
        月の番[row.徴収済の月],
        row.残りの方法,
        row.指定番号,
        row.新指定番号,
        row.支払われる額,
        row.取消番,
    )
