"""賦課（課税台帳の一行）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 賦課(models.Model):
    """一人の一年度の、決定・更正の一回。番の最も大きい行が今の賦課である（地方税法第319条・第321条の4）。

    事実 と 結果 は名から値の組（0 と非該当は書かない）。出所 は使った資料の番号。期別 は納期・月ごとの額。徴収 は年度の途中の徴収の
    ありさま（反映した特徴異動の番など。当初のままなら空）。
    """

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 番 実行 更正事由 決定日 処理日時",
        個人="宛名番号 事実 結果 出所 期別 徴収 年税額 市町村民税額 道府県民税額 森林環境税額 合計所得金額 指定番号 年金支払者",
    )

    課税年度 = models.SmallIntegerField()
    宛名番号 = models.CharField(max_length=15)
    番 = models.SmallIntegerField()
    実行 = models.BigIntegerField()
    更正事由 = models.CharField(max_length=40, blank=True)
    決定日 = models.DateField()
    事実 = models.JSONField()
    結果 = models.JSONField()
    出所 = models.JSONField(default=list)
    期別 = models.JSONField(default=dict)
    徴収 = models.JSONField(default=dict)
    指定番号 = models.CharField(max_length=12, blank=True)  # 給与から徴収する義務者
    年金支払者 = models.CharField(max_length=12, blank=True)
    合計所得金額 = models.BigIntegerField(null=True)
    市町村民税額 = models.BigIntegerField()
    道府県民税額 = models.BigIntegerField()
    森林環境税額 = models.BigIntegerField()
    年税額 = models.BigIntegerField()
    処理日時 = models.DateTimeField()

    class Meta:
        verbose_name = "賦課"
        indexes = [
            models.Index(fields=["宛名番号", "課税年度", "番"], name="kojin_levy_person_ix"),
            models.Index(fields=["課税年度", "指定番号"], name="kojin_levy_employer_ix"),
            models.Index(fields=["実行"], name="kojin_levy_run_ix"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "番"], name="kojin_levy_uq"),
            models.CheckConstraint(
                condition=Q(
                    年税額=models.F("市町村民税額") + models.F("道府県民税額") + models.F("森林環境税額")
                ),
                name="kojin_levy_sum_ck",
            ),
            models.CheckConstraint(
                condition=Q(市町村民税額__gte=0, 道府県民税額__gte=0, 森林環境税額__gte=0),
                name="kojin_levy_sign_ck",
            ),
        ]
