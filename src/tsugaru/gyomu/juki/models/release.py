"""支援措置の終わりを求めた記録。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.gyomu.juki.models.support import 支援措置
from tsugaru.platform.tenancy.access import Access


class 解除の求め(models.Model):
    """支援措置の終わりを求めた記録。求めたときに見ていた期間を名指しし、認めるときに変わっていれば止まる。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = {
        "措置": "機微", "見た期間終": "機微", "見た保護": "機微", "理由": "機微", "結果": "機微",
        "求めた人": "一般", "求めた日時": "一般",
    }  # fmt: skip

    措置 = models.ForeignKey(支援措置, on_delete=models.PROTECT, db_index=False)
    見た期間終 = models.DateField()
    見た保護 = models.BigIntegerField()  # そのとき最も新しかった Shield
    理由 = models.CharField(max_length=200)
    結果 = models.CharField(max_length=2)  # 終了 却下
    求めた人 = models.CharField(max_length=10)
    求めた日時 = models.DateTimeField()

    class Meta:
        verbose_name = "支援措置の解除の求め"
        indexes = [models.Index(fields=["措置", "-求めた日時"], name="juki_release_case_ix")]
