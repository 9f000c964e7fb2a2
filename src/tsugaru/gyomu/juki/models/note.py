"""抑止・メモ・編集中の錠。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 抑止(models.Model):
    """処理（異動・発行・照会）を、個人か世帯について、止めるか知らせる。終わりの日を過ぎても、ひとりでには終わらない。"""

    access: ClassVar = Access.EDITABLE
    sensitivity: ClassVar = classify(
        個人="宛名番号 世帯番号 理由",
        一般="対象処理 水準 開始日 終了日 登録者 登録日時 解除者 解除日時 一時解除まで",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15, blank=True)
    世帯番号 = models.CharField(max_length=15, blank=True)
    対象処理 = models.CharField(max_length=2)  # 異動 発行 照会
    水準 = models.CharField(max_length=4)  # エラー アラート
    理由 = models.CharField(max_length=100)
    開始日 = models.DateField()
    終了日 = models.DateField(null=True)
    登録者 = models.CharField(max_length=10)
    登録日時 = models.DateTimeField()
    解除者 = models.CharField(max_length=10, blank=True)
    解除日時 = models.DateTimeField(null=True)
    一時解除まで = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "抑止"
        indexes = [
            models.Index(fields=["宛名番号"], name="juki_hold_person_ix"),
            models.Index(fields=["世帯番号"], name="juki_hold_household_ix"),
        ]


class メモ(models.Model):
    """内部のメモ。刷られることはない。直すときも行を足す。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        個人="宛名番号 本文",
        一般="入力者 入力日時 取消元",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    本文 = models.CharField(max_length=500)
    入力者 = models.CharField(max_length=10)
    入力日時 = models.DateTimeField()
    取消元 = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "メモ"
        indexes = [models.Index(fields=["宛名番号", "-入力日時"], name="juki_note_person_ix")]


class 編集中(models.Model):
    """誰かが手を入れている人。ほかの職員には持ち主の名が見える。"""

    access: ClassVar = Access.TRANSIENT
    sensitivity: ClassVar = classify(
        個人="宛名番号 職員氏名",
        一般="職員番号 席 開始",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15, primary_key=True)
    職員番号 = models.CharField(max_length=10)
    職員氏名 = models.CharField(max_length=50)
    席 = models.BigIntegerField()
    開始 = models.DateTimeField()

    class Meta:
        verbose_name = "編集中"
