"""異動の知らせ。異動と同じトランザクションで書かれ、ほかの業務はこれを読む（住民の表は読まない）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 異動通知(models.Model):
    """一人の一つの異動。番号は抜けずに増える。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 異動日 世帯番号 前世帯番号 住民状態 変わった項目",
        一般="履歴番号 異動事由 処理日時",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()
    異動事由 = models.CharField(max_length=4)
    異動日 = models.DateField()
    世帯番号 = models.CharField(max_length=15)
    前世帯番号 = models.CharField(max_length=15, blank=True)
    住民状態 = models.CharField(max_length=1)
    変わった項目 = models.JSONField(default=list)
    処理日時 = models.DateTimeField()

    class Meta:
        verbose_name = "異動の知らせ"
        constraints = [models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="juki_event_uq")]
