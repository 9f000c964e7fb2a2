"""計算の実行。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsugaru.platform.runs.models.blob import Blob
from tsugaru.platform.tenancy.access import Access, classify


class Kind(models.TextChoices):
    """実行の種類。試算は確定できない。"""

    INITIAL = "initial", "当初"
    MONTHLY = "monthly", "月例"
    TRIAL = "trial", "試算"


class State(models.TextChoices):
    """実行の状態。"""

    DRAFT = "draft", "準備"
    COMPUTED = "computed", "計算済"
    COMPARED = "compared", "差分済"
    SIGNED = "signed", "署名済"
    CONFIRMED = "confirmed", "確定"
    SUPERSEDED = "superseded", "差替済"
    DISCARDED = "discarded", "破棄"


class Run(models.Model):
    """一回の実行。facts は {表の名: 中身の要約}。状態の動きは引き金が見張る。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="definition gyomu kind period state maker made_at supersedes reason facts parameters law_version "
        "results people computed_at baseline confirmed_by confirmed_at book_period effective_on transactions"
    )

    definition = models.CharField("定義", max_length=40)
    gyomu = models.CharField("業務", max_length=12)
    kind = models.CharField("種類", max_length=10, choices=Kind)
    period = models.CharField("期間", max_length=10)
    state = models.CharField("状態", max_length=10, choices=State, default=State.DRAFT)
    maker = models.CharField("作成者", max_length=10)
    made_at = models.DateTimeField("作成日時")
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="差し替える実行",
    )
    reason = models.CharField("理由", max_length=200, blank=True)
    facts = models.JSONField("事実の要約", default=dict)
    parameters = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="定め"
    )
    law_version = models.CharField("規則の版", max_length=64, blank=True)
    results = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="結果"
    )
    people = models.IntegerField("人数", default=0)
    computed_at = models.DateTimeField("計算日時", null=True)
    baseline = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="比べた実行",
    )
    confirmed_by = models.CharField("決裁者", max_length=10, blank=True)
    confirmed_at = models.DateTimeField("確定日時", null=True)
    book_period = models.CharField("帳簿の期間", max_length=10, blank=True)
    effective_on = models.DateField("効力の日", null=True)
    transactions = models.IntegerField("記帳の数", default=0)

    class Meta:
        verbose_name = "計算の実行"
        indexes = [models.Index(fields=["definition", "period"], name="runs_run_period_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "period"], condition=Q(state="confirmed"), name="runs_one_confirmed_uq"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="runs_supersede_reason_ck"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "superseded"])
                | (~Q(kind="trial") & ~Q(confirmed_by="") & ~Q(confirmed_by=F("maker"))),
                name="runs_confirmed_by_other_ck",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"])
                | (Q(results__isnull=False, parameters__isnull=False) & ~Q(law_version="")),
                name="runs_has_results_ck",
            ),
        ]
