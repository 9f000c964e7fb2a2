"""保護（シールド）。開くのは一段、外すのは二人。外すまで終わらない。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class Shield(models.Model):
    """ある人の場所を伏せる一つの期間。受付と同時に効く（provisional）。"""

    access: ClassVar = Access.APPEND_ONLY
    gate_writes: ClassVar = True  # 場所を写すとき、門が保護も写す
    sensitivity: ClassVar = classify(
        個人="subject",
        機微="case",
        一般="provisional starts_on ends_on opened_at opened_by",
    )  # fmt: skip

    subject = models.CharField("宛名番号", max_length=15)
    case = models.CharField("受付番号", max_length=30)
    provisional = models.BooleanField("仮")
    starts_on = models.DateField("始期")
    ends_on = models.DateField("終期（過ぎても外れない）")
    opened_at = models.DateTimeField("登録日時")
    opened_by = models.CharField("登録者", max_length=10)

    class Meta:
        verbose_name = "保護"
        indexes = [models.Index(fields=["subject"], name="disclosure_shield_subject_ix")]


class ShieldRelease(models.Model):
    """一つの期間を名指しで外す。求めた人と認めた人は別でなければならず、より新しい期間があれば外せない。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="shield requested_by approved_by released_at",
        機微="reason",
    )  # fmt: skip

    shield = models.OneToOneField(Shield, on_delete=models.PROTECT, verbose_name="保護")
    reason = models.CharField("理由", max_length=200)
    requested_by = models.CharField("求めた人", max_length=10)
    approved_by = models.CharField("認めた人", max_length=10)
    released_at = models.DateTimeField("外した日時")

    class Meta:
        verbose_name = "保護の解除"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(requested_by=models.F("approved_by")), name="disclosure_release_two_ck"
            )
        ]
