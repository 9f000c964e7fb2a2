"""名寄せ。二つの宛名番号が同じ人だという判断の記録。取り消せるつなぎであって、番号は変わらない。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify

決定 = ("同一", "別人", "解除")
案 = ("同一案", "別人案", "解除案")
四情報と番号が一致 = (
    Q(氏名一致=True, 生年月日一致=True, 性別一致=True, 住所一致=True)
    & Q(番号一致__isnull=False)
    & Q(番号一致=True)
)
二人で決めた = ~Q(確認者="") & ~Q(確認者=models.F("判断者"))


class 名寄せ(models.Model):
    """一つの判断（つなぐ・つながない・解く）と、その案。直すときは新しい判断を足す。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="名寄せ先 名寄せ元 理由",
        一般="判断 案番号 氏名一致 生年月日一致 性別一致 住所一致 番号一致 判断者 確認者 判断日時",
    )  # fmt: skip

    名寄せ先 = models.CharField(max_length=15)
    名寄せ元 = models.CharField(max_length=15)
    判断 = models.CharField(max_length=6)  # 同一 別人 解除、二人目を待つ 同一案 別人案 解除案、断られた 却下
    案番号 = models.BigIntegerField(null=True)
    氏名一致 = models.BooleanField()
    生年月日一致 = models.BooleanField()
    性別一致 = models.BooleanField()
    住所一致 = models.BooleanField()
    番号一致 = models.BooleanField(null=True)
    理由 = models.CharField(max_length=200)
    判断者 = models.CharField(max_length=10)
    確認者 = models.CharField(max_length=10, blank=True)
    判断日時 = models.DateTimeField()

    class Meta:
        verbose_name = "名寄せ"
        indexes = [
            models.Index(fields=["名寄せ元"], name="atena_link_from_ix"),
            models.Index(fields=["名寄せ先"], name="atena_link_to_ix"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(名寄せ先=models.F("名寄せ元")), name="atena_link_self_ck"
            ),
            models.CheckConstraint(
                condition=~Q(判断__in=決定) | 二人で決めた | (Q(判断="同一") & 四情報と番号が一致),
                name="atena_link_two_people_ck",
            ),
            models.UniqueConstraint(fields=["案番号"], name="atena_link_answer_uq"),
        ]
