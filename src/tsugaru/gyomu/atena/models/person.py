"""宛名（人と法人の見出し）。

宛名は「今どう見えるか」の写しで、もとの事実は住民の歴（juki）・住登外・法人の歴にある。住所は持たない（開示の門の内側にある）。
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 宛名区分(models.TextChoices):
    """その番号が今は何か。"""

    住民 = "1", "住民"
    住登外個人 = "2", "住登外（個人）"
    法人 = "3", "法人"
    除票者 = "4", "除票者"


class 宛名(models.Model):
    """一つの宛名番号の見出し。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        個人="宛名番号 住民状態 氏名 フリガナ 並び鍵 性別 生年月日 生年月日不詳 生年月日表記 世帯番号 "
        "続柄表記",
        一般="区分 法人番号 検査外番号 版",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15, primary_key=True)
    区分 = models.CharField(max_length=1, choices=宛名区分.choices)
    住民状態 = models.CharField(max_length=1, blank=True)
    氏名 = models.CharField(max_length=100)
    フリガナ = models.CharField(max_length=100, blank=True)
    並び鍵 = models.CharField(max_length=100, blank=True)
    性別 = models.CharField(max_length=1, default="0")
    生年月日 = models.DateField(null=True)
    生年月日不詳 = models.BooleanField(default=False)
    生年月日表記 = models.CharField(max_length=72, blank=True)
    世帯番号 = models.CharField(max_length=15, blank=True)
    続柄表記 = models.CharField(max_length=60, blank=True)
    法人番号 = models.CharField(max_length=13, blank=True)
    検査外番号 = models.BooleanField(default=False)
    版 = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "宛名"
        indexes = [
            models.Index(fields=["世帯番号"], name="atena_person_household_ix"),
            models.Index(fields=["生年月日", "並び鍵"], name="atena_person_birth_ix"),
            models.Index(fields=["法人番号"], name="atena_person_corporate_ix"),
        ]
