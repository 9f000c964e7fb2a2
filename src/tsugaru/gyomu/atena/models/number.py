"""住登外者の個人番号の確認: 未確認 → 照会中 → 確定。四情報と照会の根拠がそろわない確定は、データベースも断る。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 番号確認(models.Model):
    """確認の一段。番号そのものは門の内側にあり、ここには無い。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 照会先 文書番号 照会日 回答日",
        一般="履歴番号 状態 照会根拠 氏名一致 生年月日一致 性別一致 住所一致 処理日時 入力者",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()
    状態 = models.CharField(max_length=3)  # 照会中 確定 取下げ
    照会根拠 = models.CharField(max_length=100)
    照会先 = models.CharField(max_length=40)
    文書番号 = models.CharField(max_length=30, blank=True)
    照会日 = models.DateField()
    回答日 = models.DateField(null=True)
    氏名一致 = models.BooleanField(null=True)
    生年月日一致 = models.BooleanField(null=True)
    性別一致 = models.BooleanField(null=True)
    住所一致 = models.BooleanField(null=True)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "個人番号の確認"
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="atena_number_uq"),
            models.CheckConstraint(condition=~Q(照会根拠=""), name="atena_number_basis_ck"),
            models.CheckConstraint(
                condition=~Q(状態="確定")
                | (
                    Q(氏名一致__isnull=False, 生年月日一致__isnull=False, 回答日__isnull=False)
                    & Q(性別一致__isnull=False, 住所一致__isnull=False)
                    & Q(氏名一致=True, 生年月日一致=True, 性別一致=True, 住所一致=True)
                ),
                name="atena_number_four_ck",
            ),
        ]
