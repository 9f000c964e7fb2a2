"""宛名番号・世帯番号の通番。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 番号採番(models.Model):
    """宛名番号・世帯番号の通番。検査数字が定まらない通番は飛ばす。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="種別 最終",
    )  # fmt: skip

    種別 = models.CharField(max_length=10, primary_key=True)
    最終 = models.BigIntegerField()

    class Meta:
        verbose_name = "番号の通番"
