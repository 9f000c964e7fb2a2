"""口座・記帳・明細・締め。どれも足すだけで、直すことも消すこともできない。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsugaru.platform.tenancy.access import Access, classify

LARGEST = 10**15
"""一つの明細に書ける額はこれより小さい（円）。"""


class Account(models.Model):
    """口座。五つの列の組が名であり、使うときにできる。人のない口座（団体自身の科目）の subject は空文字。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="kind tax_year instalment share", 個人="subject")

    kind = models.CharField("科目", max_length=20)
    tax_year = models.SmallIntegerField("年度")
    instalment = models.SmallIntegerField("期別")
    subject = models.CharField("宛名番号", max_length=15, blank=True)
    share = models.CharField("取り分", max_length=20, blank=True)

    class Meta:
        verbose_name = "口座"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "tax_year", "instalment", "share"], name="ledger_account_uq"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="ledger_account_kind_ck"),
        ]


class Transaction(models.Model):
    """一つの記帳。id は団体の中で 1 から抜けなく続く番号である。

    lines と total は明細の数と片側の合計の宣言で、COMMIT のときに明細と突き合わされる。だから後から明細は足せない。
    """

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="id cause_type digest period effective_on posted_at maker approver lines total reverses",
        個人="cause_id memo",
    )

    id = models.BigIntegerField("番号", primary_key=True)
    cause_type = models.CharField("原因の種類", max_length=40)
    cause_id = models.CharField("原因の番号", max_length=60)
    digest = models.CharField("明細の要約", max_length=64)
    period = models.CharField("帳簿の期間", max_length=10)
    effective_on = models.DateField("効力の日")
    posted_at = models.DateTimeField("記帳日時")
    maker = models.CharField("作成者", max_length=10)
    approver = models.CharField("決裁者", max_length=10)
    memo = models.CharField("摘要", max_length=200, blank=True)
    lines = models.IntegerField("明細の数")
    total = models.BigIntegerField("片側の合計")
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="打ち消す記帳",
    )

    class Meta:
        verbose_name = "記帳"
        indexes = [models.Index(fields=["period", "effective_on"], name="ledger_transaction_period_ix")]
        constraints = [
            models.UniqueConstraint(fields=["cause_type", "cause_id"], name="ledger_cause_uq"),
            models.UniqueConstraint(fields=["reverses"], name="ledger_reverses_uq"),
            models.CheckConstraint(
                condition=~Q(maker=F("approver")) & ~Q(maker="") & ~Q(approver=""),
                name="ledger_two_people_ck",
            ),
            models.CheckConstraint(condition=Q(lines__gte=2, total__gt=0), name="ledger_not_empty_ck"),
        ]


class Entry(models.Model):
    """明細の一行。借方か貸方のどちらか一方だけに、正の額がある。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="transaction account debit credit")

    transaction = models.ForeignKey(
        Transaction, on_delete=models.PROTECT, db_index=False, related_name="entries", verbose_name="記帳"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, db_index=False, related_name="entries", verbose_name="口座"
    )
    debit = models.BigIntegerField("借方", default=0)
    credit = models.BigIntegerField("貸方", default=0)

    class Meta:
        verbose_name = "明細"
        indexes = [
            models.Index(fields=["transaction"], name="ledger_entry_transaction_ix"),
            models.Index(fields=["account"], name="ledger_entry_account_ix"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(debit=0, credit__gt=0, credit__lt=LARGEST)
                | Q(credit=0, debit__gt=0, debit__lt=LARGEST),
                name="ledger_one_side_ck",
            )
        ]


class Closing(models.Model):
    """締めた帳簿の期間。締めた後は、その期間に何も記帳できない。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="period closed_at maker approver")

    period = models.CharField("帳簿の期間", max_length=10, primary_key=True)
    closed_at = models.DateTimeField("締めた日時")
    maker = models.CharField("作成者", max_length=10)
    approver = models.CharField("決裁者", max_length=10)

    class Meta:
        verbose_name = "締め"
        constraints = [
            models.CheckConstraint(
                condition=~Q(maker=F("approver")) & ~Q(maker="") & ~Q(approver=""),
                name="ledger_closing_two_people_ck",
            )
        ]


class Staging(models.Model):
    """大量の明細の受け皿。一つのトランザクションの中だけにある。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        一般="batch number kind tax_year instalment share debit credit", 個人="subject"
    )

    batch = models.UUIDField("束")
    number = models.BigIntegerField("番号")
    kind = models.CharField("科目", max_length=20)
    tax_year = models.SmallIntegerField("年度")
    instalment = models.SmallIntegerField("期別")
    subject = models.CharField("宛名番号", max_length=15)
    share = models.CharField("取り分", max_length=20)
    debit = models.BigIntegerField("借方")
    credit = models.BigIntegerField("貸方")

    class Meta:
        verbose_name = "明細の受け皿"
        indexes = [models.Index(fields=["batch"], name="ledger_staging_batch_ix")]
