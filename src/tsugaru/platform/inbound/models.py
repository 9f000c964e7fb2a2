"""届くはずのもの・ファイル・誤り・解消・反映。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class Delivery(models.Model):
    """届くはずのもの。parts・rows・total は差出人が知らせた数で、知らせのないものは無（ファイルの頭書きから分かることもある）。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(一般="sender kind period parts rows total due_on opened_by opened_at")

    sender = models.CharField("差出人", max_length=60)
    kind = models.CharField("種類", max_length=40)
    period = models.CharField("期間", max_length=10)
    parts = models.SmallIntegerField("ファイルの数", null=True)
    rows = models.IntegerField("件数", null=True)
    total = models.BigIntegerField("合計額", null=True)
    due_on = models.DateField("期限", null=True)
    opened_by = models.CharField("登録者", max_length=10)
    opened_at = models.DateTimeField("登録日時")

    class Meta:
        verbose_name = "届くはずのもの"
        constraints = [
            models.UniqueConstraint(fields=["period", "kind", "sender"], name="inbound_delivery_uq"),
            models.CheckConstraint(
                condition=(Q(parts=None) | Q(parts__gte=1)) & (Q(rows=None) | Q(rows__gte=0)),
                name="inbound_delivery_counts_ck",
            ),
        ]


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


class Fault(models.Model):
    """誤り一つ。row は 1 から数えたファイルの行、0 はファイル全体。blocking でないものは知らせるだけである。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="file row column code remedy blocking", 個人="reason")

    file = models.ForeignKey(
        File, on_delete=models.PROTECT, db_index=False, related_name="faults", verbose_name="ファイル"
    )
    row = models.IntegerField("行")
    column = models.CharField("項目", max_length=60, blank=True)
    code = models.CharField("番号", max_length=7)
    reason = models.CharField("何が", max_length=300)
    remedy = models.CharField("どうする", max_length=300)
    blocking = models.BooleanField("止める")

    class Meta:
        verbose_name = "誤り"
        indexes = [models.Index(fields=["file", "row"], name="inbound_fault_file_ix")]


class Action(models.TextChoices):
    """誤りの片付け方。"""

    CORRECTED = "corrected", "値を直した"
    EXCLUDED = "excluded", "行を除いた"


class Resolution(models.Model):
    """誤りの解消。直した値か、行を除いたか。どちらも理由が要る。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="fault action reason resolved_by resolved_at", 機微="value")

    fault = models.OneToOneField(
        Fault, on_delete=models.PROTECT, primary_key=True, related_name="resolution", verbose_name="誤り"
    )
    action = models.CharField("片付け方", max_length=10, choices=Action)
    value = models.TextField("直した値", blank=True)
    reason = models.CharField("理由", max_length=200)
    resolved_by = models.CharField("担当", max_length=10)
    resolved_at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "誤りの解消"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="inbound_resolution_reason_ck")]


class Posting(models.Model):
    """業務の台帳に載せた。届いた件数 = 載せた件数 + 除いた件数（引き金）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="delivery rows excluded posted_by posted_at")

    delivery = models.OneToOneField(
        Delivery,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="posting",
        verbose_name="届くはずのもの",
    )
    rows = models.IntegerField("載せた件数")
    excluded = models.IntegerField("除いた件数")
    posted_by = models.CharField("担当", max_length=10)
    posted_at = models.DateTimeField("日時")

    class Meta:
        verbose_name = "反映"
