"""誤りの片付け。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.inbound.models.fault import Fault
from tsugaru.platform.tenancy.access import Access, classify


class Action(models.TextChoices):
    """誤りの片付け方。"""

    CORRECTED = "corrected", "値を直した"
    EXCLUDED = "excluded", "行を除いた"


class Resolution(models.Model):
    """誤りの解消。直した値か、行を除いたか。どちらも理由が要る。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="fault action reason resolved_by resolved_at", 機微="value")

    fault = models.OneToOneField(
        Fault, on_delete=models.PROTECT, primary_key=True, related_name="resolution", verbose_name="誤り"
    )
    action = models.CharField("片付け方", max_length=10, choices=Action)
    value = models.TextField("直した値", blank=True)
    reason = models.CharField("理由", max_length=200)
    resolved_by = models.CharField("担当", max_length=10)
    resolved_at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "誤りの解消"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="inbound_resolution_reason_ck")]
