"""支援措置の解除・却下。一人が求め、別の一人が認める。求めた後に延長や新しい申出があれば、認めるときに止まる。

古い一覧で新しい保護まで外した事故があるので、求めは見ていた期間と保護を名指しする。
"""

from __future__ import annotations

from django.db import transaction

from tsugaru.gyomu.juki.domain.support import 効いている状態, 守られる人, 根拠
from tsugaru.gyomu.juki.models import 支援措置, 解除の求め
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure.models import Shield, ShieldRelease

結果の一覧 = ("終了", "却下")


def 解除を求める(番号: int, *, 理由: str, 結果: str = "終了", 職員: str, clock: Clock) -> 解除の求め:
    """今見ている期間の終わりを求める。保護はまだ続く。"""
    if not 理由.strip() or 結果 not in 結果の一覧:
        raise 業務エラー(
            "JK-0410",
            "解除の理由がありません。",
            "申出者の意思か、必要がなくなった事情を入れてください。",
            項目="理由",
            根拠=根拠,
        )
    with transaction.atomic():
        row = _引く(番号)
        made: 解除の求め = 解除の求め.objects.create(
            措置=row,
            見た期間終=row.期間終,
            見た保護=_最も新しい保護(row),
            理由=理由.strip(),
            結果=結果,
            求めた人=職員,
            求めた日時=clock.now(),
        )
        _残す("支援措置の解除の求め", row)
    return made


def 解除を認める(求め番号: int, *, 職員: str, clock: Clock) -> 支援措置:
    """読み直して変わっていなければ、その受付の保護を全て外す。"""
    with transaction.atomic():
        asked = 解除の求め.objects.filter(pk=求め番号).first()
        if asked is None:
            raise 業務エラー(
                "JK-0411", "その解除の求めはありません。", "一覧を開き直してください。", 根拠=根拠
            )
        if asked.求めた人 == 職員:
            raise 業務エラー(
                "JK-0412",
                f"解除を求めた人（{職員}）は、認められません。",
                "ほかの職員が行ってください。",
                根拠=根拠,
            )
        row = _引く(asked.措置_id)
        if (row.期間終, _最も新しい保護(row)) != (asked.見た期間終, asked.見た保護):
            raise 業務エラー(
                "JK-0413",
                "解除を求めた後に、期間の延長か新しい申出がありました。",
                "今の期間を確かめて、求め直してください。",
                根拠=根拠,
            )
        _外す(row, asked, 職員, clock)
        row.状態 = asked.結果
        row.save(update_fields=["状態"])
        _残す("支援措置の解除", row)
    return row


def 求めの一覧() -> list[解除の求め]:
    """まだ認められていない求め（古い順）。"""
    rows = 解除の求め.objects.filter(措置__状態__in=効いている状態).select_related("措置")
    return list(rows.order_by("求めた日時", "pk"))


def _引く(番号: int) -> 支援措置:
    row = 支援措置.objects.select_for_update().filter(pk=番号, 状態__in=効いている状態).first()
    if row is None:
        raise 業務エラー(
            "JK-0402", "その支援措置は無いか、終わっています。", "一覧を開き直してください。", 根拠=根拠
        )
    return row


def _最も新しい保護(row: 支援措置) -> int:
    """守られる人の、最も新しい保護（ほかの受付のものも含む）。"""
    rows = Shield.objects.filter(subject__in=守られる人(row)).order_by("-pk")
    return int(rows.values_list("pk", flat=True).first() or 0)


def _外す(row: 支援措置, asked: 解除の求め, 職員: str, clock: Clock) -> None:
    """新しい保護から順に外す（古いものを先に外すことは、データベースが断る）。場所を写されて受け継いだ人の保護も外す。"""
    mine = Shield.objects.filter(case=row.受付番号).order_by("-pk")
    for shield in mine.filter(shieldrelease__isnull=True):
        ShieldRelease.objects.create(
            shield=shield,
            reason=asked.理由,
            requested_by=asked.求めた人,
            approved_by=職員,
            released_at=clock.now(),
        )


def _残す(行為: str, row: 支援措置) -> None:
    audit.record(act=行為, subjects=守られる人(row), gyomu="juki", detail={"受付番号": row.受付番号})
