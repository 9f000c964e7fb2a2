"""総合照会の札。"""

from __future__ import annotations

from django.urls import reverse

from tsugaru.gyomu.inkan.domain.residents import 今の住民
from tsugaru.gyomu.inkan.domain.sweep import 抹消すべきわけ, 生きている
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態
from tsugaru.gyomu.inkan.screens import shown
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card
from tsugaru.platform.tenancy.prepared import Prepared

_一人 = Prepared(lambda number: 印鑑登録.objects.filter(pk=number), number=str)


def card(number: str, request: StaffRequest) -> Card | None:
    """登録の状態と登録日。抹消すべき登録なら、開けば抹消することを知らせる。住民だったことのない人には出さない。"""
    row, resident = _一人.first(number=number), 今の住民([number]).get(number)
    if row is None and resident is None:
        return None
    url = reverse("inkan:person", args=[number])
    if row is None or row.状態 == 状態.終了:
        return Card(name="印鑑登録", url=url, none=True, summary="登録なし")
    live = row.状態 in (状態.登録, 状態.停止)
    waiting = row.状態 in 生きている and 抹消すべきわけ(row, resident, request.clock.today()) is not None
    day = row.登録日 if live else row.抹消日
    return Card(
        name="印鑑登録",
        url=url,
        none=row.状態 in (状態.廃止, 状態.抹消),
        summary=f"{shown.state(row)}　{和暦表示(day)}" if day else shown.state(row),
        lines=f"登録証 {row.登録証番号}" if live and row.登録証番号 else "",
        flag="抹消します" if waiting else {状態.停止: "停止", 状態.照会中: "照会中"}.get(状態(row.状態), ""),
        flag_kind="danger" if waiting or row.状態 == 状態.停止 else "warning",
    )
