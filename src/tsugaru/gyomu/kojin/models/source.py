"""課税資料（報告書・申告）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 資料種類(models.TextChoices):
    """資料の種類（地方税法第317条の2・第317条の3・第317条の6）。"""

    給報 = "1", "給与支払報告書"
    年報 = "2", "公的年金等支払報告書"
    確申 = "3", "確定申告"
    住申 = "4", "住民税申告"


class 課税資料(models.Model):
    """一枚の資料。値は法令の事実の名で持ち、住所は写さない（元のファイルの行を指す）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 種類 届け物 行 訂正表示 支払者番号 支払者 取込日時 入力者 置換",
        個人="受給者番号 氏名 カナ 生年月日 申告番号 事実 添え",
    )

    課税年度 = models.SmallIntegerField()
    種類 = models.CharField(max_length=1, choices=資料種類.choices)
    届け物 = models.BigIntegerField(null=True)  # 受け取りの台帳の番号。窓口の申告は無
    行 = models.IntegerField(null=True)  # 届け物の中で数えた行
    訂正表示 = models.CharField(max_length=1, default="0")  # 0 新規 1 追加 2 訂正 3 取消
    支払者番号 = models.CharField(max_length=12, blank=True)  # 指定番号
    支払者 = models.CharField(max_length=60, blank=True)
    受給者番号 = models.CharField(max_length=25, blank=True)
    氏名 = models.CharField(max_length=60)
    カナ = models.CharField(max_length=120)
    生年月日 = models.DateField()
    申告番号 = models.CharField(max_length=20, blank=True)  # 受付番号
    事実 = models.JSONField()  # 事実の名 → 円・人・真偽
    添え = models.JSONField(default=dict)  # 事実でない項目（乙欄・退職・普通徴収・前職の給与 など）
    取込日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)
    置換 = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        verbose_name = "課税資料"
        indexes = [
            models.Index(fields=["課税年度", "種類"], name="kojin_source_year_ix"),
            models.Index(fields=["課税年度", "支払者番号"], name="kojin_source_payer_ix"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["届け物", "行"], name="kojin_source_row_uq"),
            models.UniqueConstraint(fields=["置換"], name="kojin_source_replaced_uq"),
            models.CheckConstraint(
                condition=Q(届け物__isnull=True, 行__isnull=True) | Q(届け物__isnull=False, 行__isnull=False),
                name="kojin_source_origin_ck",
            ),
            models.CheckConstraint(
                condition=Q(訂正表示__in=["0", "1", "2", "3"]), name="kojin_source_mark_ck"
            ),
        ]
