"""実行の中身。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class Blob(models.Model):
    """中身。名は中身の要約（SHA-256）で、同じ中身は一つだけある。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="sha256 rows size made_at", 機微="content")

    sha256 = models.CharField("要約", max_length=64, primary_key=True)
    rows = models.IntegerField("行数")
    size = models.IntegerField("大きさ")
    made_at = models.DateTimeField("作成日時")
    content = models.BinaryField("中身")

    class Meta:
        verbose_name = "実行の中身"
