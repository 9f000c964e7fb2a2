"""届出（仮登録 → 審査・決裁 → 本登録）。

本登録になるまで、歴・証明・連携のどこにも現れない。内容は、入力された値の控え（住所は門の内側に入れた番号だけ）である。
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 届出状態(models.TextChoices):
    """届出の進み。"""

    仮登録 = "1", "仮登録"
    審査済 = "2", "審査済"
    本登録 = "3", "本登録"
    差戻し = "4", "差戻し"
    取下げ = "5", "取下げ"


class 届出(models.Model):
    """一つの届出・申出・通知・請求・職権の案件。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="受付番号 種類 届出の別 届出日 状態 入力者 入力場所 入力端末 入力日時 審査者 審査日時 "
        "決裁者 本登録日時 版",
        個人="異動日 届出人 届出人資格 内容 備考",
    )  # fmt: skip

    受付番号 = models.CharField(max_length=20)
    種類 = models.CharField(max_length=10)  # domain.kinds の符号
    届出の別 = models.CharField(max_length=4)
    異動日 = models.DateField()
    届出日 = models.DateField()
    届出人 = models.CharField(max_length=100, blank=True)
    届出人資格 = models.CharField(max_length=10, blank=True)  # 本人 世帯主 代理人 …
    内容 = models.JSONField(default=dict)
    状態 = models.CharField(max_length=1, choices=届出状態.choices, default=届出状態.仮登録)
    入力者 = models.CharField(max_length=10)
    入力場所 = models.CharField(max_length=20, blank=True)
    入力端末 = models.CharField(max_length=60, blank=True)
    入力日時 = models.DateTimeField()
    審査者 = models.CharField(max_length=10, blank=True)
    審査日時 = models.DateTimeField(null=True)
    決裁者 = models.CharField(max_length=10, blank=True)
    本登録日時 = models.DateTimeField(null=True)
    備考 = models.CharField(max_length=200, blank=True)
    版 = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "届出"
        constraints = [
            models.UniqueConstraint(fields=["受付番号"], name="juki_case_receipt_uq"),
            # 仮登録した本人が決裁することはできない
            models.CheckConstraint(
                condition=models.Q(決裁者="") | ~models.Q(決裁者=models.F("入力者")),
                name="juki_case_two_people_ck",
            ),
            models.CheckConstraint(
                condition=~models.Q(状態="3") | (~models.Q(決裁者="") & models.Q(本登録日時__isnull=False)),
                name="juki_case_decided_ck",
            ),
        ]
        indexes = [models.Index(fields=["状態", "-入力日時"], name="juki_case_state_ix")]
