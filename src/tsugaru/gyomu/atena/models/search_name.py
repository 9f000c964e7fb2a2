"""名で探すための索引（今の名・過去の名・旧氏・通称）。"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from tsugaru.gyomu.atena.models.person import 宛名
from tsugaru.platform.tenancy.access import Access, classify


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
