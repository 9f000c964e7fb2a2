"""住民記録の異動の知らせを、どこまで読んだか。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 読取位置(models.Model):
    """ここより前の知らせは読み終わっている。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(一般="業務 位置 読取日時")

    業務 = models.CharField(max_length=12, primary_key=True)
    位置 = models.BigIntegerField()
    読取日時 = models.DateTimeField()

    class Meta:
        verbose_name = "知らせの読取位置"
