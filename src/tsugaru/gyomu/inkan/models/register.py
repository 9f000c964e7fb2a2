"""印鑑登録の歴と、今の登録。

印鑑履歴は足すだけの表で、鍵は 宛名番号＋履歴番号。印鑑登録は「最新の履歴行の写し」で、データベースの引き金だけが書く。
主キーが宛名番号なので、一人に二つの登録はありえない。
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.gyomu.inkan.models.imprint import 印影画像
from tsugaru.platform.tenancy.access import Access, classify


class 状態(models.TextChoices):
    """登録の状態。生きているのは 登録 と 停止。"""

    照会中 = "1", "照会中"
    登録 = "2", "登録"
    停止 = "3", "停止"
    廃止 = "4", "廃止"
    抹消 = "5", "抹消"
    終了 = "6", "申請終了"


class 登録事項(models.Model):
    """一行が、一人の登録のある時の全て。"""

    sensitivity: ClassVar = classify(
        個人="宛名番号 事由発生日 申請日 登録日 申請者 代理人氏名 確認書類 保証人番号 意思確認 印鑑文字 "
        "文字区分 カタカナ表記 登録証番号 回答期限 抹消日 抹消事由 備考",
        一般="履歴番号 事由 処理日時 入力者 入力端末 状態 登録方法 照会文書",
        機微="印影",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()
    事由 = models.CharField(max_length=2)
    事由発生日 = models.DateField()
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)
    入力端末 = models.CharField(max_length=60, blank=True)
    状態 = models.CharField(max_length=1, choices=状態.choices)

    # 申請
    申請日 = models.DateField()
    登録方法 = models.CharField(max_length=2)
    申請者 = models.CharField(max_length=3)
    代理人氏名 = models.CharField(max_length=100, blank=True)
    確認書類 = models.CharField(max_length=100, blank=True)
    保証人番号 = models.CharField(max_length=15, blank=True)
    意思確認 = models.CharField(max_length=2)
    回答期限 = models.DateField(null=True)
    照会文書 = models.UUIDField(null=True)

    # 登録
    登録日 = models.DateField(null=True)
    印影 = models.ForeignKey(印影画像, on_delete=models.PROTECT, db_index=False)
    印鑑文字 = models.CharField(max_length=50)
    文字区分 = models.CharField(max_length=2)
    カタカナ表記 = models.CharField(max_length=100, blank=True)
    登録証番号 = models.CharField(max_length=10, blank=True)

    # 終わり
    抹消日 = models.DateField(null=True)
    抹消事由 = models.CharField(max_length=2, blank=True)
    備考 = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class 印鑑履歴(登録事項):
    """歴。足すだけ。"""

    access: ClassVar = Access.APPEND_ONLY

    class Meta:
        verbose_name = "印鑑登録の歴"
        indexes = [models.Index(fields=["処理日時"], name="inkan_history_processed_ix")]
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="inkan_history_uq"),
            models.CheckConstraint(condition=Q(履歴番号__gte=1), name="inkan_history_from_one_ck"),
            # 登録されている印には登録日と登録証がある（停止は登録証の亡失を含むので登録証がなくてもよい）
            models.CheckConstraint(
                condition=~Q(状態="2") | (Q(登録日__isnull=False) & ~Q(登録証番号="")),
                name="inkan_history_card_ck",
            ),
            models.CheckConstraint(
                condition=~Q(状態__in=["4", "5"]) | (Q(抹消日__isnull=False) & ~Q(抹消事由="")),
                name="inkan_history_ended_ck",
            ),
            models.CheckConstraint(
                condition=~Q(状態="1") | (Q(回答期限__isnull=False) & Q(登録日__isnull=True)),
                name="inkan_history_inquiry_ck",
            ),
            models.CheckConstraint(
                condition=Q(申請者="本人") | ~Q(代理人氏名=""), name="inkan_history_agent_ck"
            ),
            models.CheckConstraint(
                condition=~Q(保証人番号=models.F("宛名番号")), name="inkan_history_guarantor_ck"
            ),
        ]


class 印鑑登録(登録事項):
    """今の登録。最新の履歴行の写し（引き金が書く）。"""

    access: ClassVar = Access.READ_ONLY

    宛名番号 = models.CharField(max_length=15, primary_key=True)

    class Meta:
        verbose_name = "印鑑登録"
        indexes = [
            models.Index(fields=["状態", "回答期限"], name="inkan_current_state_ix"),
            models.Index(fields=["登録証番号"], name="inkan_current_card_ix"),
        ]
