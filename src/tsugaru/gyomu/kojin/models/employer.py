"""特別徴収義務者（地方税法第321条の4）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 特徴義務者(models.Model):
    """特別徴収義務者の一つの時の全て。指定番号＋履歴番号が鍵で、番号の最も大きい行が今。所在地は宛名にある。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="指定番号 履歴番号 名称 法人番号 納入方法 終了日 処理日時 入力者 理由", 個人="宛名番号 担当"
    )

    指定番号 = models.CharField(max_length=12)
    履歴番号 = models.SmallIntegerField(default=1)
    宛名番号 = models.CharField(max_length=15, blank=True)
    名称 = models.CharField(max_length=60)
    法人番号 = models.CharField(max_length=13, blank=True)
    担当 = models.CharField(max_length=60, blank=True)
    納入方法 = models.CharField(max_length=4, default="毎月")  # 毎月 特例（半年ごと、法第321条の5の2）
    終了日 = models.DateField(null=True)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)
    理由 = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "特別徴収義務者"
        indexes = [models.Index(fields=["宛名番号"], name="kojin_employer_person_ix")]
        constraints = [
            models.UniqueConstraint(fields=["指定番号", "履歴番号"], name="kojin_employer_uq"),
            models.CheckConstraint(condition=Q(納入方法__in=["毎月", "特例"]), name="kojin_employer_way_ck"),
        ]
