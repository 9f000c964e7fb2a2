"""異動の知らせを読む。ほかの業務は、住民の表ではなくこの列を順に読む（どこまで読んだかは、読む側が覚える）。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tsugaru.gyomu.juki.domain.codes import 住民状態, 分類, 異動事由
from tsugaru.gyomu.juki.models import 異動通知

一度に読む数 = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class 異動:
    """一人の一つの異動。番号は見えるようになった順に増える。"""

    番号: int
    宛名番号: str
    履歴番号: int
    事由: 異動事由
    異動日: date
    世帯番号: str
    前世帯番号: str
    住民状態: 住民状態
    変わった項目: frozenset[str]
    処理日時: datetime

    @property
    def 住民になった(self) -> bool:
        """除票から（または初めて）住民になった。"""
        return ("住民状態" in self.変わった項目 and self.住民状態 is 住民状態.住民) or self._初めて

    @property
    def 住民でなくなった(self) -> bool:
        """転出・死亡・消除。転出の予定の届出は含まない。"""
        return "住民状態" in self.変わった項目 and self.住民状態 is not 住民状態.住民

    @property
    def 転出予定(self) -> bool:
        """転出届が出て、予定日がまだ来ていない。"""
        return "転出予定日" in self.変わった項目 and self.住民状態 is 住民状態.住民

    @property
    def 氏が変わった(self) -> bool:
        """氏・旧氏・通称・氏名のどれかが変わった（印鑑の抹消を考える異動）。"""
        return not self._初めて and bool(self.変わった項目 & {"氏", "氏名", "旧氏", "通称", "氏名漢字"})

    @property
    def _初めて(self) -> bool:
        return self.履歴番号 == 1 and self.事由.分類 is 分類.記載


def 異動を読む(後の番号: int = 0, *, 限り: int = 一度に読む数) -> list[異動]:
    """その番号より後の異動（番号の順）。"""
    rows = 異動通知.objects.filter(pk__gt=後の番号).order_by("pk")[:限り]
    return [
        異動(
            番号=row.pk,
            宛名番号=row.宛名番号,
            履歴番号=row.履歴番号,
            事由=異動事由(row.異動事由),
            異動日=row.異動日,
            世帯番号=row.世帯番号,
            前世帯番号=row.前世帯番号,
            住民状態=住民状態(row.住民状態),
            変わった項目=frozenset(row.変わった項目),
            処理日時=row.処理日時,
        )
        for row in rows
    ]
