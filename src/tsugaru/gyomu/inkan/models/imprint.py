"""印影の画像。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 印影画像(models.Model):
    """一つの印影（600 dpi、1 bit の PNG）。要約が中身と合うことはデータベースが確かめる。長さは 1/100 mm。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号",
        機微="画像 sha256",
        一般="横 縦 読取解像度 寸法の根拠 取込日時 取込者",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    画像 = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    横 = models.PositiveIntegerField()
    縦 = models.PositiveIntegerField()
    読取解像度 = models.PositiveIntegerField()
    寸法の根拠 = models.CharField(max_length=8)
    取込日時 = models.DateTimeField()
    取込者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "印影"
        indexes = [models.Index(fields=["sha256"], name="inkan_imprint_hash_ix")]
        constraints = [
            models.CheckConstraint(condition=models.Q(横__gt=0, 縦__gt=0), name="inkan_imprint_size_ck"),
        ]
