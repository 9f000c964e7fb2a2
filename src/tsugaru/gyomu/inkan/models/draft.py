"""確認を待つ受付。席に結ばれ、登録すれば消える。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 受付(models.Model):
    """読み取った印影と打たれた値。確認の画面が開いてから人の歴が進めば、登録は断られる。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        個人="宛名番号 内容", 機微="画像", 一般="番号 席 基の履歴番号 受付日時 読取"
    )

    番号 = models.UUIDField(primary_key=True)
    宛名番号 = models.CharField(max_length=15)
    席 = models.BigIntegerField()
    基の履歴番号 = models.PositiveIntegerField()
    内容 = models.JSONField()
    画像 = models.BinaryField()
    読取 = models.JSONField()
    受付日時 = models.DateTimeField()

    class Meta:
        verbose_name = "受付"
        indexes = [models.Index(fields=["席"], name="inkan_draft_seat_ix")]
