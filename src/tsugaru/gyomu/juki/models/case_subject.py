"""届出の対象になる人。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.gyomu.juki.models.case import 届出
from tsugaru.platform.tenancy.access import Access, classify


class 届出対象(models.Model):
    """届出が動かす人。基にした履歴番号を持ち、本登録のときに変わっていれば止まる。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        一般="届出 基の履歴番号",
        個人="宛名番号",
    )  # fmt: skip

    届出 = models.ForeignKey(届出, on_delete=models.CASCADE, db_index=False)
    宛名番号 = models.CharField(max_length=15)
    基の履歴番号 = models.PositiveIntegerField(default=0)  # 0 = 新しい人

    class Meta:
        verbose_name = "届出の対象者"
        constraints = [models.UniqueConstraint(fields=["届出", "宛名番号"], name="juki_case_subject_uq")]
        indexes = [models.Index(fields=["宛名番号"], name="juki_case_person_ix")]
