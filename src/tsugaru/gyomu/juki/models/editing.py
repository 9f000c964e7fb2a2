"""誰かが手を入れている人の錠。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 編集中(models.Model):
    """誰かが手を入れている人。ほかの職員には持ち主の名が見える。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        個人="宛名番号 職員氏名",
        一般="職員番号 席 開始",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15, primary_key=True)
    職員番号 = models.CharField(max_length=10)
    職員氏名 = models.CharField(max_length=50)
    席 = models.BigIntegerField()
    開始 = models.DateTimeField()

    class Meta:
        verbose_name = "編集中"
