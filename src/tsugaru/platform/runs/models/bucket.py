"""差の束と、その署名。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.runs.models.blob import Blob
from tsugaru.platform.runs.models.run import Run
from tsugaru.platform.tenancy.access import Access, classify


class Cause(models.TextChoices):
    """差の原因。合計（全体の数と見込みの範囲）も一つの束として署名する。"""

    TOTAL = "total", "合計"
    DATA = "data", "事実"
    RULE = "rule", "規則"
    PARAMETER = "parameter", "定め"
    SEVERAL = "several", "複数"
    ADDED = "added", "増えた人"
    REMOVED = "removed", "減った人"


class Bucket(models.Model):
    """差の束。人ごとの差は members（中身）にある。detail は大きな変化・分布・見込みの範囲。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="run cause people before after members", 個人="detail")

    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, db_index=False, related_name="buckets", verbose_name="実行"
    )
    cause = models.CharField("原因", max_length=10, choices=Cause)
    people = models.IntegerField("人数")
    before = models.BigIntegerField("前の合計")
    after = models.BigIntegerField("後の合計")
    members = models.ForeignKey(
        Blob, on_delete=models.PROTECT, db_index=False, related_name="+", verbose_name="人ごとの差"
    )
    detail = models.JSONField("詳しく")

    class Meta:
        verbose_name = "差の束"
        constraints = [models.UniqueConstraint(fields=["run", "cause"], name="runs_bucket_uq")]


class Signature(models.Model):
    """束への署名。実行を作った人は署名できない（引き金）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="bucket signer signed_at note")

    bucket = models.OneToOneField(
        Bucket, on_delete=models.PROTECT, primary_key=True, related_name="signature", verbose_name="束"
    )
    signer = models.CharField("署名者", max_length=10)
    signed_at = models.DateTimeField("署名日時")
    note = models.CharField("所見", max_length=200, blank=True)

    class Meta:
        verbose_name = "署名"
