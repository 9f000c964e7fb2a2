"""内部のメモ。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class メモ(models.Model):
    """内部のメモ。刷られることはない。直すときも行を足す。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 本文",
        一般="入力者 入力日時 取消元",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    本文 = models.CharField(max_length=500)
    入力者 = models.CharField(max_length=10)
    入力日時 = models.DateTimeField()
    取消元 = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "メモ"
        indexes = [models.Index(fields=["宛名番号", "-入力日時"], name="juki_note_person_ix")]
