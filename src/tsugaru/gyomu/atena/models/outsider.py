"""住登外者と法人の歴。住民の歴と同じく、宛名番号＋履歴番号 の全項目の行を足していく。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 履歴行(models.Model):
    """歴の一行に共通の項目。"""

    access: ClassVar = Access.APPEND_ONLY

    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()
    異動事由 = models.CharField(max_length=10)
    異動日 = models.DateField()
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)
    備考 = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class 住登外(履歴行):
    """住登外の個人（課税・納税管理・相続人代表など）。住所は門の内側にある。"""

    sensitivity: ClassVar = classify(
        個人="宛名番号 異動日 備考 氏名 フリガナ 氏名ローマ字 氏名漢字 通称 通称フリガナ 性別 生年月日 "
        "生年月日不詳 生年月日表記 国籍名",
        一般="履歴番号 異動事由 処理日時 入力者 業務 業務ID 独自システムID 他業務参照不可 廃止",
        住所="住所番号",
    )  # fmt: skip

    氏名 = models.CharField(max_length=100)
    フリガナ = models.CharField(max_length=100, blank=True)
    氏名ローマ字 = models.CharField(max_length=100, blank=True)
    氏名漢字 = models.CharField(max_length=100, blank=True, default="", db_default="")
    通称 = models.CharField(max_length=100, blank=True, default="", db_default="")
    通称フリガナ = models.CharField(max_length=100, blank=True, default="", db_default="")
    性別 = models.CharField(max_length=1, default="0")
    生年月日 = models.DateField(null=True)
    生年月日不詳 = models.BooleanField(default=False)
    生年月日表記 = models.CharField(max_length=72, blank=True)
    国籍名 = models.CharField(max_length=40, blank=True)
    住所番号 = models.BigIntegerField(null=True)
    業務 = models.CharField(max_length=12, blank=True, default="", db_default="")
    業務ID = models.CharField(max_length=3, default="000")
    独自システムID = models.CharField(max_length=3, default="000", db_default="000")
    他業務参照不可 = models.BooleanField(default=False)
    廃止 = models.BooleanField(default=False)

    class Meta:
        verbose_name = "住登外者"
        constraints = [models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="atena_outsider_uq")]
