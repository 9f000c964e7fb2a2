"""法人の歴。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.gyomu.atena.models.outsider import 履歴行
from tsugaru.platform.tenancy.access import classify


class 法人(履歴行):
    """法人・団体。"""

    sensitivity: ClassVar = classify(
        一般="宛名番号 履歴番号 異動事由 処理日時 入力者 備考 商号 フリガナ 法人番号 業務 廃止",
        個人="異動日 代表者",
        住所="所在地番号",
    )  # fmt: skip

    商号 = models.CharField(max_length=100)
    フリガナ = models.CharField(max_length=100, blank=True)
    法人番号 = models.CharField(max_length=13, blank=True)
    代表者 = models.CharField(max_length=100, blank=True)
    所在地番号 = models.BigIntegerField(null=True)
    業務 = models.CharField(max_length=12, blank=True, default="", db_default="")
    廃止 = models.BooleanField(default=False)

    class Meta:
        verbose_name = "法人"
        constraints = [models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="atena_corporation_uq")]
