"""資料によらず、職員が根拠とともに定める個別の事項。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 個別事項(models.Model):
    """職員が根拠とともに定める事実（生活扶助・減免額・家屋敷・資料の否認など）。後の行が前の行に替わる。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="課税年度 番 事実名 根拠 理由 処理日時 入力者", 個人="宛名番号 値")

    課税年度 = models.SmallIntegerField()
    宛名番号 = models.CharField(max_length=15)
    番 = models.SmallIntegerField()
    事実名 = models.CharField(max_length=40)
    値 = models.BigIntegerField(null=True)  # 円・人・真偽（1 か 0）。無は「定めを外す」
    根拠 = models.CharField(max_length=60)
    理由 = models.CharField(max_length=200)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "個別の事項"
        constraints = [
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "番"], name="kojin_particular_uq"),
            models.CheckConstraint(condition=~Q(理由="") & ~Q(根拠=""), name="kojin_particular_reason_ck"),
        ]
