"""計算の進み。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.runs.models.run import Run
from tsugaru.platform.tenancy.access import Access, classify


class Progress(models.Model):
    """計算の進み。計算しているあいだだけある。計算の外で書くので、ほかの接続から見える。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(一般="run done total started_at updated_at")

    run = models.OneToOneField(Run, on_delete=models.PROTECT, primary_key=True, verbose_name="実行")
    done = models.IntegerField("済んだ数", default=0)
    total = models.IntegerField("全体の数", default=0)
    started_at = models.DateTimeField("開始日時")
    updated_at = models.DateTimeField("更新日時")

    class Meta:
        verbose_name = "計算の進み"
