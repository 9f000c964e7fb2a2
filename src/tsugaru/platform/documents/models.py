"""作った文書。請求番号が鍵で、中身は変わらない。"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class Document(models.Model):
    """一つの請求から作った一つの PDF。同じ請求番号は二度と作れない（主キー）。席で作るか、一括の仕事で作るかのどちらか。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="request_id form version gyomu issued_on issue_number made_at made_by seat job sha256 pages",
        個人="subjects",
        機微="pdf",
    )

    request_id = models.UUIDField("請求番号", primary_key=True)
    gyomu = models.CharField("業務", max_length=12)
    form = models.CharField("様式", max_length=30)
    version = models.PositiveSmallIntegerField("様式の版")
    subjects = ArrayField(models.CharField(max_length=15), verbose_name="宛名番号")
    issued_on = models.DateField("発行日")
    issue_number = models.CharField("発行番号", max_length=80)
    made_at = models.DateTimeField("作成日時")
    made_by = models.CharField("作成者", max_length=10)
    seat = models.BigIntegerField("席", null=True)
    job = models.BigIntegerField("一括の仕事", null=True)
    sha256 = models.CharField("要約", max_length=64)
    pages = models.PositiveSmallIntegerField("頁数")
    pdf = models.BinaryField("PDF")

    class Meta:
        verbose_name = "文書"
        indexes = [models.Index(fields=["-made_at"], name="documents_document_made_ix")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seat__isnull=False, job__isnull=True)
                | models.Q(seat__isnull=True, job__isnull=False),
                name="documents_seat_or_job_ck",
            )
        ]


class Hand(models.Model):
    """文書を渡した（画面に出した・刷った）一回。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="document handed_at handed_by seat")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, db_index=False, verbose_name="文書")
    handed_at = models.DateTimeField("渡した日時")
    handed_by = models.CharField("渡した職員", max_length=10)
    seat = models.BigIntegerField("席")

    class Meta:
        verbose_name = "文書の交付"
        indexes = [models.Index(fields=["document"], name="documents_hand_document_ix")]
