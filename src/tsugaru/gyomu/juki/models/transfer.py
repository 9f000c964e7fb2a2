"""ほかの市区町村との間の、支援措置の転送。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.gyomu.juki.models.support import 支援措置
from tsugaru.platform.tenancy.access import Access


class 支援の転送(models.Model):
    """ほかの市区町村との間の、申出書の写しの転送（受け・送り）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = {
        "措置": "機微", "向き": "一般", "相手": "機微", "転送日": "機微", "理由": "機微", "記録者": "一般", "記録日時": "一般",
    }  # fmt: skip

    措置 = models.ForeignKey(支援措置, on_delete=models.PROTECT, db_index=False)
    向き = models.CharField(max_length=1)  # 受 送
    相手 = models.CharField(max_length=40)
    転送日 = models.DateField()
    理由 = models.CharField(max_length=60)  # 前住所地 本籍地 …
    記録者 = models.CharField(max_length=10)
    記録日時 = models.DateTimeField()

    class Meta:
        verbose_name = "支援措置の転送"
        indexes = [models.Index(fields=["措置"], name="juki_transfer_case_ix")]
