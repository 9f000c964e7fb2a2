"""業務の台帳に載せた印。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.inbound.models.delivery import Delivery
from tsugaru.platform.tenancy.access import Access, classify


class Posting(models.Model):
    """業務の台帳に載せた。届いた件数 = 載せた件数 + 除いた件数（引き金）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="delivery rows excluded posted_by posted_at")

    delivery = models.OneToOneField(
        Delivery,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="posting",
        verbose_name="届くはずのもの",
    )
    rows = models.IntegerField("載せた件数")
    excluded = models.IntegerField("除いた件数")
    posted_by = models.CharField("担当", max_length=10)
    posted_at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "反映"
