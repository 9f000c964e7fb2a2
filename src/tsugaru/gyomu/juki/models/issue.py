"""交付の歴。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 交付(models.Model):
    """一枚（一通）の証明・通知を出した記録。文書は platform.documents の要求番号で結ばれる。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="文書 様式 発行番号 交付日時 交付者 選択 手数料 公用",
        個人="宛名番号 請求者 請求事由",
    )  # fmt: skip

    文書 = models.UUIDField()
    宛名番号 = models.CharField(max_length=15)
    様式 = models.CharField(max_length=20)
    発行番号 = models.CharField(max_length=60)
    交付日時 = models.DateTimeField()
    交付者 = models.CharField(max_length=10)
    請求者 = models.CharField(max_length=100, blank=True)
    請求事由 = models.CharField(max_length=100, blank=True)
    選択 = models.JSONField(default=dict)
    手数料 = models.PositiveIntegerField(default=0)
    公用 = models.BooleanField(default=False)

    class Meta:
        verbose_name = "交付"
        constraints = [
            models.UniqueConstraint(fields=["文書", "宛名番号"], name="juki_issue_document_uq"),
        ]
        indexes = [models.Index(fields=["宛名番号", "-交付日時"], name="juki_issue_person_ix")]
