"""所得・課税証明の交付の歴。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 証明交付(models.Model):
    """一通。証明した賦課の番を持つので、後で更正されても、何を証明したかが残る。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="文書 課税年度 賦課の番 種類 発行番号 手数料 公用 使用目的 交付日時 交付者",
        個人="宛名番号 請求者 代理人氏名",
    )

    文書 = models.UUIDField(primary_key=True)
    宛名番号 = models.CharField(max_length=15)
    課税年度 = models.SmallIntegerField()
    賦課の番 = models.SmallIntegerField()
    種類 = models.CharField(max_length=20)
    発行番号 = models.CharField(max_length=60)
    請求者 = models.CharField(max_length=3)
    代理人氏名 = models.CharField(max_length=100, blank=True)
    使用目的 = models.CharField(max_length=60, blank=True)
    手数料 = models.IntegerField()
    公用 = models.BooleanField(default=False)
    交付日時 = models.DateTimeField()
    交付者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "税の証明の交付"
        indexes = [models.Index(fields=["宛名番号", "交付日時"], name="kojin_issue_person_ix")]
        constraints = [
            models.CheckConstraint(
                condition=Q(請求者="本人") | ~Q(代理人氏名=""), name="kojin_issue_agent_ck"
            )
        ]
