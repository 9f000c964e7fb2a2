"""作った通知書の歴。"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 課税通知(models.Model):
    """作った通知書の一通。中身は文書の台帳にあり、ここには渡すときに確かめる要約と、載っている人を控える。

    相手 は宛名番号（義務者用は指定番号で、賦課の番は 0）。回 は作り直すたびに増え、最も大きい行が今の一通である。
    束 は刷って送る束の番号で、一人ずつ作ったもの（支援措置の担当・作り直し）は 0。
    """

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 様式 文書 要約 実行 回 通知番号 束 まとまり 理由 作成日時 作成者",
        個人="相手 賦課の番 税額 載る人",
        機微="伏せた人",
    )

    課税年度 = models.SmallIntegerField()
    様式 = models.CharField(max_length=20)
    相手 = models.CharField(max_length=15)
    賦課の番 = models.SmallIntegerField()
    実行 = models.BigIntegerField()
    回 = models.SmallIntegerField(default=1)
    通知番号 = models.CharField(max_length=20)
    束 = models.SmallIntegerField(default=0)
    まとまり = models.CharField(max_length=12, blank=True)  # 同じ封筒に入れる義務者の指定番号
    税額 = models.BigIntegerField()  # この一通で知らせた、納める額の合計
    載る人 = ArrayField(models.CharField(max_length=15))
    伏せた人 = ArrayField(models.CharField(max_length=15), default=list)  # 住所を伏せて刷った人
    理由 = models.CharField(max_length=200, blank=True)
    文書 = models.UUIDField()
    要約 = models.CharField(max_length=64)
    作成日時 = models.DateTimeField()
    作成者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "課税の通知"
        indexes = [models.Index(fields=["実行", "束"], name="kojin_notice_run_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["課税年度", "様式", "相手", "賦課の番", "実行", "回"], name="kojin_notice_once_uq"
            ),
            models.UniqueConstraint(fields=["文書"], name="kojin_notice_document_uq"),
            models.CheckConstraint(condition=Q(回=1) | ~Q(理由=""), name="kojin_notice_again_ck"),
        ]
