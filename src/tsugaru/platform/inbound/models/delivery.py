"""届くはずのもの。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class Delivery(models.Model):
    """届くはずのもの。parts・rows・total は差出人が知らせた数で、知らせのないものは無（ファイルの頭書きから分かることもある）。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(一般="sender kind period parts rows total due_on opened_by opened_at")

    sender = models.CharField("差出人", max_length=60)
    kind = models.CharField("種類", max_length=40)
    period = models.CharField("期間", max_length=10)
    parts = models.SmallIntegerField("ファイルの数", null=True)
    rows = models.IntegerField("件数", null=True)
    total = models.BigIntegerField("合計額", null=True)
    due_on = models.DateField("期限", null=True)
    opened_by = models.CharField("登録者", max_length=10)
    opened_at = models.DateTimeField("登録日時")

    class Meta:
        verbose_name = "届くはずのもの"
        constraints = [
            models.UniqueConstraint(fields=["period", "kind", "sender"], name="inbound_delivery_uq"),
            models.CheckConstraint(
                condition=(Q(parts=None) | Q(parts__gte=1)) & (Q(rows=None) | Q(rows__gte=0)),
                name="inbound_delivery_counts_ck",
            ),
        ]
