"""権限の表。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class Right(models.Model):
    """所属が、業務で、操作を、項目区分について行ってよい。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        一般="section gyomu operation field_class",
    )  # fmt: skip

    section = models.CharField("所属", max_length=40)
    gyomu = models.CharField("業務", max_length=12)
    operation = models.CharField("操作", max_length=12)
    field_class = models.CharField("項目区分", max_length=12)

    class Meta:
        verbose_name = "権限"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "gyomu", "operation", "field_class"], name="authz_right_uq"
            )
        ]
