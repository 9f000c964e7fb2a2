"""名寄せ: 資料が誰のものかの判断と、自動で結べなかった資料の候補。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.gyomu.kojin.models.source import 課税資料
from tsugaru.platform.tenancy.access import Access, classify


class 名寄せ(models.Model):
    """名寄せの判断。番の最も大きい行が今の判断で、宛名番号が空なら「この団体の人でない」。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="番 自動 根拠 理由 入力者 日時", 個人="資料 宛名番号")

    資料 = models.ForeignKey(課税資料, on_delete=models.PROTECT, db_index=False, related_name="判断")
    番 = models.SmallIntegerField(default=1)
    宛名番号 = models.CharField(max_length=15, blank=True)
    自動 = models.BooleanField(default=False)
    根拠 = models.CharField(max_length=60)
    理由 = models.CharField(max_length=200, blank=True)
    入力者 = models.CharField(max_length=10)
    日時 = models.DateTimeField()

    class Meta:
        verbose_name = "名寄せ"
        indexes = [models.Index(fields=["宛名番号"], name="kojin_link_person_ix")]
        constraints = [
            models.UniqueConstraint(fields=["資料", "番"], name="kojin_link_uq"),
            models.CheckConstraint(condition=Q(番__gte=1), name="kojin_link_from_one_ck"),
            models.CheckConstraint(condition=Q(自動=True, 番=1) | ~Q(理由=""), name="kojin_link_reason_ck"),
            models.CheckConstraint(condition=Q(自動=False) | ~Q(宛名番号=""), name="kojin_link_auto_ck"),
        ]


class 結ぶ候補(models.Model):
    """自動で結べなかった資料の候補と、合った項目（資料の番号と住所は残さないので、照らしたときに書き留める）。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="番号 氏名 カナ 今の名 住所", 個人="資料 宛名番号")

    資料 = models.ForeignKey(課税資料, on_delete=models.PROTECT, db_index=False, related_name="候補")
    宛名番号 = models.CharField(max_length=15)
    番号 = models.BooleanField()
    氏名 = models.BooleanField()
    カナ = models.BooleanField()
    今の名 = models.BooleanField()
    住所 = models.BooleanField(null=True)  # 無は、保護されているか、住所がない

    class Meta:
        verbose_name = "名寄せの候補"
        constraints = [models.UniqueConstraint(fields=["資料", "宛名番号"], name="kojin_candidate_uq")]
