"""届いたファイル。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.inbound.models.delivery import Delivery
from tsugaru.platform.tenancy.access import Access, classify


class FileState(models.TextChoices):
    """ファイルの扱い。断ったものも、元のまま残る。"""

    ACCEPTED = "accepted", "受理"
    REFUSED = "refused", "不受理"
    WITHDRAWN = "withdrawn", "取下げ"


class File(models.Model):
    """届いたファイル。動かせるのは 受理 → 取下げ だけで、中身は変わらない（引き金）。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="delivery part parts name layout encoding sha256 size rows total state reason received_by received_at",
        機微="content",
    )

    delivery = models.ForeignKey(
        Delivery,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="files",
        verbose_name="届くはずのもの",
    )
    part = models.SmallIntegerField("何番目")
    parts = models.SmallIntegerField("いくつのうち")
    name = models.CharField("ファイル名", max_length=200)
    layout = models.CharField("様式", max_length=60)
    encoding = models.CharField("符号", max_length=12)
    sha256 = models.CharField("要約", max_length=64)
    size = models.IntegerField("大きさ")
    rows = models.IntegerField("件数")
    total = models.BigIntegerField("合計額", null=True)
    state = models.CharField("扱い", max_length=10, choices=FileState)
    reason = models.CharField("理由", max_length=200, blank=True)
    received_by = models.CharField("受領者", max_length=10)
    received_at = models.DateTimeField("受領日時")
    content = models.BinaryField("中身")

    class Meta:
        verbose_name = "届いたファイル"
        indexes = [models.Index(fields=["delivery"], name="inbound_file_delivery_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(state="accepted"), name="inbound_file_hash_uq"
            ),
            models.UniqueConstraint(
                fields=["delivery", "part"], condition=Q(state="accepted"), name="inbound_file_part_uq"
            ),
            models.CheckConstraint(condition=Q(part__gte=1, parts__gte=1), name="inbound_file_part_ck"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="inbound_file_reason_ck"
            ),
        ]
