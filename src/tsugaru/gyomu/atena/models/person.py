"""宛名（人と法人の見出し）と、名で探すための索引。

宛名は「今どう見えるか」の写しで、もとの事実は住民の歴（juki）・住登外・法人の歴にある。住所は持たない（開示の門の内側にある）。
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 宛名区分(models.TextChoices):
    """その番号が今は何か。"""

    住民 = "1", "住民"
    住登外個人 = "2", "住登外（個人）"
    法人 = "3", "法人"
    除票者 = "4", "除票者"


class 番号採番(models.Model):
    """宛名番号・世帯番号の通番。検査数字が定まらない通番は飛ばす。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="種別 最終",
    )  # fmt: skip

    種別 = models.CharField(max_length=10, primary_key=True)
    最終 = models.BigIntegerField()

    class Meta:
        verbose_name = "番号の通番"


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


class 検索名(models.Model):
    """一つの名（今の名・過去の名・旧氏・通称）の検索鍵。過去の名でも見つかるよう、行は足すだけ。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        個人="宛名 表示 かな かな緩 漢字鍵 字片",
        一般="種別 現在",
    )  # fmt: skip

    宛名 = models.ForeignKey(宛名, on_delete=models.CASCADE, db_index=False)
    種別 = models.CharField(max_length=4)  # 氏名 旧氏 通称 ローマ 商号
    現在 = models.BooleanField()
    表示 = models.CharField(max_length=100)
    かな = models.CharField(max_length=100, blank=True)
    かな緩 = models.CharField(max_length=100, blank=True)
    漢字鍵 = models.CharField(max_length=100, blank=True)
    字片 = models.GeneratedField(
        expression=models.Func(models.F("漢字鍵"), function="public.bigrams"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        verbose_name = "検索名"
        indexes = [
            models.Index(fields=["宛名"], name="atena_name_person_ix"),
            models.Index(OpClass(models.F("かな"), "varchar_pattern_ops"), name="atena_name_kana_ix"),
            models.Index(OpClass(models.F("かな緩"), "varchar_pattern_ops"), name="atena_name_loose_ix"),
            GinIndex(OpClass(models.F("かな緩"), "gin_trgm_ops"), name="atena_name_fuzzy_ix"),
            GinIndex(fields=["字片"], name="atena_name_bigram_ix"),
        ]
