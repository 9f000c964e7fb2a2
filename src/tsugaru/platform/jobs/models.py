"""仕事。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsugaru.platform.tenancy.access import Access, classify


class State(models.TextChoices):
    """仕事のありさま。"""

    QUEUED = "queued", "待ち"
    RUNNING = "running", "実行中"
    DONE = "done", "済"
    FAILED = "failed", "失敗"
    CANCELLED = "cancelled", "取消"


class Job(models.Model):
    """一つの仕事。about は何についての仕事か（run/7 など）、attempts は前に進まないまま始めた回数。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="kind about state done total attempts maker section made_at started_at updated_at ended_at "
        "code remedy",
        個人="arguments result message",
    )

    kind = models.CharField("種類", max_length=40)
    about = models.CharField("何について", max_length=60, blank=True)
    arguments = models.JSONField("引数", default=dict)
    state = models.CharField("ありさま", max_length=10, choices=State, default=State.QUEUED)
    done = models.IntegerField("済んだ数", default=0)
    total = models.IntegerField("全体の数", default=0)
    attempts = models.SmallIntegerField("始めた回数", default=0)
    maker = models.CharField("登録者", max_length=10)
    section = models.CharField("登録者の所属", max_length=40, blank=True)
    made_at = models.DateTimeField("登録日時")
    started_at = models.DateTimeField("開始日時", null=True)
    updated_at = models.DateTimeField("更新日時", null=True)
    ended_at = models.DateTimeField("終了日時", null=True)
    result = models.JSONField("できたもの", default=dict)
    code = models.CharField("誤りの番号", max_length=7, blank=True)
    message = models.CharField("何が", max_length=500, blank=True)
    remedy = models.CharField("どうする", max_length=300, blank=True)

    class Meta:
        verbose_name = "仕事"
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=["queued", "running"]), name="jobs_job_waiting_ix"
            ),
            models.Index(fields=["about", "id"], name="jobs_job_about_ix"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(code=""), name="jobs_failed_code_ck"),
            models.CheckConstraint(
                condition=Q(done__gte=0, attempts__gte=0) & (Q(total=0) | Q(done__lte=F("total"))),
                name="jobs_counts_ck",
            ),
        ]
