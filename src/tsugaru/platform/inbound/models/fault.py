"""読んで見つけた誤り。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.inbound.models.file import File
from tsugaru.platform.tenancy.access import Access, classify


class Fault(models.Model):
    """誤り一つ。row は 1 から数えたファイルの行、0 はファイル全体。blocking でないものは知らせるだけである。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="file row column code remedy blocking", 個人="reason")

    file = models.ForeignKey(
        File, on_delete=models.PROTECT, db_index=False, related_name="faults", verbose_name="ファイル"
    )
    row = models.IntegerField("行")
    column = models.CharField("項目", max_length=60, blank=True)
    code = models.CharField("番号", max_length=7)
    reason = models.CharField("何が", max_length=300)
    remedy = models.CharField("どうする", max_length=300)
    blocking = models.BooleanField("止める")

    class Meta:
        verbose_name = "誤り"
        indexes = [models.Index(fields=["file", "row"], name="inbound_fault_file_ix")]
