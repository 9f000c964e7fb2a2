"""協議会のデータ。住民の情報は一切持たない。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class ServiceUse(models.Model):
    """業務の利用表の一升: ある団体が、ある業務を、いつから使うか。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        一般="municipality number branch gyomu name group used",
    )  # fmt: skip

    municipality = models.CharField("団体コード", max_length=6)
    number = models.PositiveSmallIntegerField("番号")
    branch = models.PositiveSmallIntegerField("枝番", default=0)
    gyomu = models.CharField("業務の短名", max_length=12)
    name = models.CharField("業務", max_length=60)
    group = models.CharField("区分", max_length=20, blank=True)
    used = models.BooleanField("利用")

    class Meta:
        verbose_name = "業務の利用"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number", "branch"], name="council_serviceuse_uq")
        ]


class RequestTiming(models.Model):
    """一つの応答にかかった時間。誰の情報を見たかは持たない。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="municipality at gyomu screen method status "
        "milliseconds",
    )  # fmt: skip

    municipality = models.CharField("団体コード", max_length=6)
    at = models.DateTimeField("時刻")
    gyomu = models.CharField("業務", max_length=12)
    screen = models.CharField("画面", max_length=60)
    method = models.CharField("動詞", max_length=8)
    status = models.PositiveSmallIntegerField("結果")
    milliseconds = models.PositiveIntegerField("ミリ秒")

    class Meta:
        verbose_name = "応答時間"
        indexes = [models.Index(fields=["municipality", "at"], name="council_timing_ix")]
