"""登録証と証明の交付の歴。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 登録証(models.Model):
    """交付した一枚の印鑑登録証。番号は一度使えば、誰にも二度と使えない（主キー）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(個人="番号 宛名番号", 一般="事由 手数料 交付日時 交付者")

    番号 = models.CharField(max_length=10, primary_key=True)
    宛名番号 = models.CharField(max_length=15)
    事由 = models.CharField(max_length=4)  # 登録 引替 再交付
    手数料 = models.PositiveIntegerField(default=0)
    交付日時 = models.DateTimeField()
    交付者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "登録証"
        indexes = [models.Index(fields=["宛名番号"], name="inkan_card_person_ix")]


class 証明交付(models.Model):
    """一通の印鑑登録証明書。どの履歴行の印影を証明したかが残る。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 請求者 代理人氏名", 一般="文書 履歴番号 発行番号 手数料 公用 交付日時 交付者"
    )  # fmt: skip

    文書 = models.UUIDField(primary_key=True)
    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()
    発行番号 = models.CharField(max_length=60)
    請求者 = models.CharField(max_length=3)  # 本人 代理人
    代理人氏名 = models.CharField(max_length=100, blank=True)
    手数料 = models.PositiveIntegerField()
    公用 = models.BooleanField(default=False)
    交付日時 = models.DateTimeField()
    交付者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "証明の交付"
        indexes = [
            models.Index(fields=["宛名番号", "-交付日時"], name="inkan_issue_person_ix"),
            models.Index(fields=["交付日時"], name="inkan_issue_time_ix"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["発行番号"], name="inkan_issue_number_uq"),
            models.CheckConstraint(
                condition=models.Q(請求者="本人") | ~models.Q(代理人氏名=""), name="inkan_issue_agent_ck"
            ),
        ]
