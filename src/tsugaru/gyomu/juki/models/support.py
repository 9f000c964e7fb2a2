"""支援措置（住民基本台帳事務処理要領 第5－10）。受付と同時に仮の保護が効く。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 支援措置(models.Model):
    """一件の申出。保護される人の一覧は platform.disclosure の Shield（case=受付番号）が持つ。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        機微="受付番号 申出者 併せて 相手方氏名 相手方生年 相手方備考 種別 申出日 相談先 意見 状態 "
        "期間始 期間終 受付日時 決定日時 備考",
        一般="当初受付 受付者 決裁者",
    )  # fmt: skip

    受付番号 = models.CharField(max_length=30)
    申出者 = models.CharField(max_length=15)
    併せて = models.JSONField(default=list)
    相手方氏名 = models.CharField(max_length=100, blank=True)
    相手方生年 = models.CharField(max_length=20, blank=True)
    相手方備考 = models.CharField(max_length=300, blank=True)
    種別 = models.CharField(max_length=10)  # DV ストーカー 児童虐待 その他
    申出日 = models.DateField()
    当初受付 = models.CharField(max_length=40, blank=True)  # 他の市区町村から転送されたとき、その名
    相談先 = models.CharField(max_length=60, blank=True)
    意見 = models.CharField(max_length=300, blank=True)
    状態 = models.CharField(max_length=3)  # 仮 決定 却下 終了
    期間始 = models.DateField()
    期間終 = models.DateField()
    受付者 = models.CharField(max_length=10)
    受付日時 = models.DateTimeField()
    決裁者 = models.CharField(max_length=10, blank=True)
    決定日時 = models.DateTimeField(null=True)
    備考 = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "支援措置"
        constraints = [
            models.UniqueConstraint(fields=["受付番号"], name="juki_support_receipt_uq"),
            models.CheckConstraint(
                condition=~models.Q(決裁者=models.F("受付者")), name="juki_support_two_people_ck"
            ),
        ]
        indexes = [models.Index(fields=["申出者"], name="juki_support_person_ix")]
