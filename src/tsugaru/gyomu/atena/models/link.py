"""名寄せ。二つの宛名番号が同じ人だという判断の記録。取り消せるつなぎであって、番号は変わらない。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 名寄せ(models.Model):
    """一つの判断（つなぐ・つながない・解く）。直すときは新しい判断を足す。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="名寄せ先 名寄せ元 理由",
        一般="判断 氏名一致 生年月日一致 性別一致 住所一致 番号一致 判断者 確認者 判断日時",
    )  # fmt: skip

    名寄せ先 = models.CharField(max_length=15)
    名寄せ元 = models.CharField(max_length=15)
    判断 = models.CharField(max_length=6)  # 同一 別人 解除
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
            )
        ]
