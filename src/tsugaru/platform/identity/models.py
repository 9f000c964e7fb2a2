"""職員と席。"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class StaffManager(BaseUserManager["Staff"]):
    """職員番号で引く。"""

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(number=username)


class Staff(AbstractBaseUser):
    """一人の職員。共用・臨時の番号は作れない（氏名と所属が必ず要る）。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        機微="password totp_secret",
        一般="number section title valid_from valid_until "
        "totp_last_step failures locked_until is_active",
        個人="name",
    )  # fmt: skip

    number = models.CharField("職員番号", max_length=10)
    name = models.CharField("氏名", max_length=50)
    section = models.CharField("所属", max_length=40)
    title = models.CharField("職", max_length=40, blank=True)
    valid_from = models.DateField("発令日")
    valid_until = models.DateField("解除日", null=True, blank=True)
    totp_secret = models.BinaryField("符号の種（暗号文）", default=b"")
    totp_last_step = models.BigIntegerField("最後に使った符号の時", default=-1)
    failures = models.PositiveSmallIntegerField("続けての失敗", default=0)
    locked_until = models.DateTimeField("錠の解ける時", null=True, blank=True)
    is_active = models.BooleanField("有効", default=True)
    last_login = None

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "section"]
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        verbose_name = "職員"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="identity_staff_number_uq"),
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(section=""), name="identity_staff_person_ck"
            ),
        ]


class Seat(models.Model):
    """一回のログイン。住所や番号を開くとき、データベースはこの行を見て許すかどうかを決める。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        一般="staff started_at expires_at last_seen_at "
        "stepped_up_at ended_at end_reason terminal purpose",
        個人="purpose_note",
    )  # fmt: skip

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, verbose_name="職員")
    started_at = models.DateTimeField("始め")
    expires_at = models.DateTimeField("最大10時間の終わり")
    last_seen_at = models.DateTimeField("最後の操作")
    stepped_up_at = models.DateTimeField("もう一度確かめた時", null=True, blank=True)
    ended_at = models.DateTimeField("終わり", null=True, blank=True)
    end_reason = models.CharField("終わりの理由", max_length=20, blank=True)
    terminal = models.CharField("端末", max_length=60)
    purpose = models.CharField("用務", max_length=20, default="窓口")
    purpose_note = models.CharField("受付番号・文書番号", max_length=60, blank=True)

    class Meta:
        verbose_name = "席"
        indexes = [models.Index(fields=["staff", "-started_at"], name="identity_seat_staff_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"], condition=models.Q(ended_at__isnull=True), name="identity_seat_one_uq"
            )
        ]
