"""関係人（納税管理人・相続人の代表者など）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.gyomu.atena.models.mailing import 期間の行
from tsugaru.platform.tenancy.access import classify


class 関係人(期間の行):
    """本人に代わって書類を受け、又は申告・納付をする人。相手も宛名番号をもつ。"""

    sensitivity: ClassVar = classify(個人="種別 相手番号 届出日")

    種別 = models.CharField(max_length=2)
    相手番号 = models.CharField(max_length=15)
    届出日 = models.DateField(null=True)

    class Meta:
        verbose_name = "関係人"
        indexes = [models.Index(fields=["相手番号"], name="atena_agent_other_ix")]
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "種別", "業務", "履歴番号"], name="atena_agent_uq"),
            models.CheckConstraint(
                condition=~models.Q(宛名番号=models.F("相手番号")), name="atena_agent_self_ck"
            ),
            models.CheckConstraint(
                condition=models.Q(終期__isnull=True) | models.Q(終期__gte=models.F("始期")),
                name="atena_agent_period_ck",
            ),
        ]
