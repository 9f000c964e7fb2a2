"""処理を止める・知らせる抑止。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 抑止(models.Model):
    """処理（異動・発行・照会）を、個人か世帯について、止めるか知らせる。終わりの日を過ぎても、ひとりでには終わらない。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        個人="宛名番号 世帯番号 理由",
        一般="対象処理 水準 開始日 終了日 登録者 登録日時 解除者 解除日時 一時解除まで",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15, blank=True)
    世帯番号 = models.CharField(max_length=15, blank=True)
    対象処理 = models.CharField(max_length=2)  # 異動 発行 照会
    水準 = models.CharField(max_length=4)  # エラー アラート
    理由 = models.CharField(max_length=100)
    開始日 = models.DateField()
    終了日 = models.DateField(null=True)
    登録者 = models.CharField(max_length=10)
    登録日時 = models.DateTimeField()
    解除者 = models.CharField(max_length=10, blank=True)
    解除日時 = models.DateTimeField(null=True)
    一時解除まで = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "抑止"
        indexes = [
            models.Index(fields=["宛名番号"], name="juki_hold_person_ix"),
            models.Index(fields=["世帯番号"], name="juki_hold_household_ix"),
        ]
