"""年度の途中の特別徴収の異動（地方税法第321条の4・第321条の5）。"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 特徴異動(models.Model):
    """給与所得者異動届出などによる徴収の異動。番の順に効き、取り消すときは取消番に元の番を書いた行を足す。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 番 指定番号 事由 残りの方法 新指定番号 受付日 処理日時 入力者 取消番 理由",
        個人="宛名番号 異動日 徴収済の月 支払われる額",
    )

    課税年度 = models.SmallIntegerField()
    宛名番号 = models.CharField(max_length=15)
    番 = models.SmallIntegerField()
    指定番号 = models.CharField(max_length=12, blank=True)
    事由 = models.CharField(max_length=4)  # 退職 転勤 休職 死亡 切替 誤報
    異動日 = models.DateField()
    徴収済の月 = models.SmallIntegerField()  # 最後に特別徴収した月（1〜12）。一度も徴収していなければ 0
    残りの方法 = models.CharField(max_length=4)  # 普通 一括 引継 特徴
    新指定番号 = models.CharField(max_length=12, blank=True)
    支払われる額 = models.BigIntegerField(default=0)  # 翌年5月31日までに支払われるべき給与・退職手当等（円）
    受付日 = models.DateField()
    取消番 = models.SmallIntegerField(null=True)
    理由 = models.CharField(max_length=200, blank=True)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "特別徴収の異動"
        indexes = [models.Index(fields=["指定番号", "課税年度"], name="kojin_switch_employer_ix")]
        constraints = [
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "番"], name="kojin_switch_uq"),
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "取消番"], name="kojin_switch_undone_uq"),
            models.CheckConstraint(
                condition=Q(徴収済の月__gte=0, 徴収済の月__lte=12), name="kojin_switch_month_ck"
            ),
            models.CheckConstraint(
                condition=~Q(残りの方法__in=["引継", "特徴"]) | ~Q(新指定番号=""), name="kojin_switch_next_ck"
            ),
        ]
