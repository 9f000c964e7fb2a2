"""総合照会の問い。窓口で一日に何千回も開かれるので、用意した文（platform.tenancy.prepared）で問う。"""

from __future__ import annotations

from django.db.models import Q

from tsugaru.gyomu.juki.models import 交付, 住民, 住民履歴, 届出, 届出対象, 編集中
from tsugaru.platform.tenancy.prepared import Prepared

近く = 5
"""一枚に出す歴・交付・メモの数。"""
未了の状態 = ("1", "2", "4")
"""入力中・決裁待ち・差戻し。本登録も取消しもしていない届出。"""

_世帯 = Prepared(
    lambda number: 住民.objects.filter(
        Q(pk=number) | Q(世帯番号=住民.objects.filter(pk=number).values("世帯番号")[:1], 住民状態="1")
    ).order_by("記載順位", "生年月日", "宛名番号"),
    number=str,
)
_一人 = Prepared(lambda number: 住民.objects.filter(pk=number), number=str)
_歴 = Prepared(
    lambda number: 住民履歴.objects.filter(宛名番号=number)
    .order_by("-履歴番号")
    .only(
        "異動日", "異動日不詳", "異動日表記", "異動事由", "届出日", "処理日時", "入力者", "履歴番号",
    )[:近く],
    number=str,
)  # fmt: skip
_届出 = Prepared(
    lambda number: (
        届出.objects.filter(
            pk__in=届出対象.objects.filter(宛名番号=number).values("届出"), 状態__in=未了の状態
        )
        .order_by("-入力日時")
        .only("受付番号", "種類", "異動日", "状態", "入力者", "入力日時")
    ),
    number=str,
)
_交付 = Prepared(
    lambda number: (
        交付.objects.filter(宛名番号=number)
        .order_by("-交付日時")
        .only("交付日時", "様式", "発行番号", "文書")[:近く]
    ),
    number=str,
)
_編集 = Prepared(
    lambda number, seat: 編集中.objects.filter(pk=number).exclude(席=seat),
    number=str, seat=int,
)  # fmt: skip


def 人と世帯(宛名番号: str) -> tuple[住民 | None, list[住民]]:
    """本人（いなければ None）と、その世帯の今の住民（記載順）。一つの問いで読む。"""
    rows = _世帯.rows(number=宛名番号)
    one = next((row for row in rows if row.宛名番号 == 宛名番号), None)
    return one, [row for row in rows if row.住民状態 == "1"]


def 一人の行(宛名番号: str) -> list[住民]:
    """今の住民票・除票（無ければ空）。"""
    return _一人.rows(number=宛名番号)


def 近い歴(宛名番号: str) -> list[住民履歴]:
    """新しい順に数件。"""
    return _歴.rows(number=宛名番号)


def 未了の届出(宛名番号: str) -> list[届出]:
    """本登録していない届出（新しい順）。"""
    return _届出.rows(number=宛名番号)


def 近い交付(宛名番号: str) -> list[交付]:
    """新しい順に数件。"""
    return _交付.rows(number=宛名番号)


def ほかの編集者(宛名番号: str, 席: int) -> 編集中 | None:
    """ほかの席で、その人に手を入れている職員。"""
    return _編集.first(number=宛名番号, seat=席)
