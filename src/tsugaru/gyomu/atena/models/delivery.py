"""送達の記録: 返戻から、調査・再送付・公示送達・終結まで。事案ごとに段を足していく。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 送達記録(models.Model):
    """一つの事案の一つの段。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 段階 年月日 返戻理由 内容 効力日",
        一般="事案番号 履歴番号 業務 文書名 文書番号 処理日時 入力者",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    事案番号 = models.PositiveIntegerField()
    履歴番号 = models.PositiveIntegerField()
    段階 = models.CharField(max_length=4)  # 返戻 調査 再送付 公示送達 終結
    業務 = models.CharField(max_length=12, blank=True)
    文書名 = models.CharField(max_length=60)
    文書番号 = models.CharField(max_length=30, blank=True)
    年月日 = models.DateField()
    返戻理由 = models.CharField(max_length=10, blank=True)
    内容 = models.CharField(max_length=200, blank=True)
    効力日 = models.DateField(null=True)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "送達の記録"
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "事案番号", "履歴番号"], name="atena_delivery_uq"),
            models.CheckConstraint(
                condition=~models.Q(段階="公示送達") | models.Q(効力日__gt=models.F("年月日")),
                name="atena_delivery_effect_ck",
            ),
        ]
