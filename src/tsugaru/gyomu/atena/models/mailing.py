"""送付先。業務ごとに、足すだけの行で持つ（関係人も同じ期間の行である）。

ある日に効いているのは「始期がその日以前の、履歴番号が最大の行」で、それが取止めか終期を過ぎていれば無い。
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 期間の行(models.Model):
    """業務ごとの、始期と終期をもつ一行。業務が空なら全ての業務。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 備考", 一般="業務 履歴番号 始期 終期 取止め 処理日時 入力者"
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    業務 = models.CharField(max_length=12, blank=True)
    履歴番号 = models.PositiveIntegerField()
    始期 = models.DateField()
    終期 = models.DateField(null=True)
    取止め = models.BooleanField(default=False)
    備考 = models.CharField(max_length=200, blank=True)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        abstract = True


class 送付先(期間の行):
    """書類を送る先。場所は門の内側（種別「送付先」）にある。"""

    sensitivity: ClassVar = classify(個人="宛名人 理由", 住所="送付先番号")

    宛名人 = models.CharField(max_length=100, blank=True)
    理由 = models.CharField(max_length=20)
    送付先番号 = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "送付先"
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "業務", "履歴番号"], name="atena_mailing_uq"),
            models.CheckConstraint(
                condition=models.Q(終期__isnull=True) | models.Q(終期__gte=models.F("始期")),
                name="atena_mailing_period_ck",
            ),
        ]
