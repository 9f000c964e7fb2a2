"""賦課（課税台帳の一行）と、資料によらない個別の事項。"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tsugaru.platform.tenancy.access import Access, classify


class 個別事項(models.Model):
    """職員が根拠とともに定める事実（生活扶助・減免額・家屋敷・資料の否認など）。後の行が前の行に替わる。"""

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(一般="課税年度 番 事実名 根拠 理由 処理日時 入力者", 個人="宛名番号 値")

    課税年度 = models.SmallIntegerField()
    宛名番号 = models.CharField(max_length=15)
    番 = models.SmallIntegerField()
    事実名 = models.CharField(max_length=40)
    値 = models.BigIntegerField(null=True)  # 円・人・真偽（1 か 0）。無は「定めを外す」
    根拠 = models.CharField(max_length=60)
    理由 = models.CharField(max_length=200)
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "個別の事項"
        constraints = [
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "番"], name="kojin_particular_uq"),
            models.CheckConstraint(condition=~Q(理由="") & ~Q(根拠=""), name="kojin_particular_reason_ck"),
        ]


class 賦課(models.Model):
    """一人の一年度の、決定・更正の一回。番の最も大きい行が今の賦課である（地方税法第319条・第321条の4）。

    事実 と 結果 は名から値の組（0 と非該当は書かない）。出所 は使った資料の番号。期別 は納期・月ごとの額。徴収 は年度の途中の徴収の
    ありさま（反映した特徴異動の番など。当初のままなら空）。
    """

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 番 実行 更正事由 決定日 処理日時",
        個人="宛名番号 事実 結果 出所 期別 徴収 年税額 市町村民税額 道府県民税額 森林環境税額 合計所得金額 指定番号 年金支払者",
    )

    課税年度 = models.SmallIntegerField()
    宛名番号 = models.CharField(max_length=15)
    番 = models.SmallIntegerField()
    実行 = models.BigIntegerField()
    更正事由 = models.CharField(max_length=40, blank=True)
    決定日 = models.DateField()
    事実 = models.JSONField()
    結果 = models.JSONField()
    出所 = models.JSONField(default=list)
    期別 = models.JSONField(default=dict)
    徴収 = models.JSONField(default=dict)
    指定番号 = models.CharField(max_length=12, blank=True)  # 給与から徴収する義務者
    年金支払者 = models.CharField(max_length=12, blank=True)
    合計所得金額 = models.BigIntegerField(null=True)
    市町村民税額 = models.BigIntegerField()
    道府県民税額 = models.BigIntegerField()
    森林環境税額 = models.BigIntegerField()
    年税額 = models.BigIntegerField()
    処理日時 = models.DateTimeField()

    class Meta:
        verbose_name = "賦課"
        indexes = [
            models.Index(fields=["宛名番号", "課税年度", "番"], name="kojin_levy_person_ix"),
            models.Index(fields=["課税年度", "指定番号"], name="kojin_levy_employer_ix"),
            models.Index(fields=["実行"], name="kojin_levy_run_ix"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["課税年度", "宛名番号", "番"], name="kojin_levy_uq"),
            models.CheckConstraint(
                condition=Q(
                    年税額=models.F("市町村民税額") + models.F("道府県民税額") + models.F("森林環境税額")
                ),
                name="kojin_levy_sum_ck",
            ),
            models.CheckConstraint(
                condition=Q(市町村民税額__gte=0, 道府県民税額__gte=0, 森林環境税額__gte=0),
                name="kojin_levy_sign_ck",
            ),
        ]


class 課税通知(models.Model):
    """作った通知書の一通。中身は文書の台帳にあり、ここには渡すときに確かめる要約と、載っている人を控える。

    相手 は宛名番号（義務者用は指定番号で、賦課の番は 0）。回 は作り直すたびに増え、最も大きい行が今の一通である。
    束 は刷って送る束の番号で、一人ずつ作ったもの（支援措置の担当・作り直し）は 0。
    """

    access: ClassVar = Access.APPEND_ONLY
    sensitivity: ClassVar = classify(
        一般="課税年度 様式 文書 要約 実行 回 通知番号 束 まとまり 理由 作成日時 作成者",
        個人="相手 賦課の番 税額 載る人",
        機微="伏せた人",
    )

    課税年度 = models.SmallIntegerField()
    様式 = models.CharField(max_length=20)
    相手 = models.CharField(max_length=15)
    賦課の番 = models.SmallIntegerField()
    実行 = models.BigIntegerField()
    回 = models.SmallIntegerField(default=1)
    通知番号 = models.CharField(max_length=20)
    束 = models.SmallIntegerField(default=0)
    まとまり = models.CharField(max_length=12, blank=True)  # 同じ封筒に入れる義務者の指定番号
    税額 = models.BigIntegerField()  # この一通で知らせた、納める額の合計
    載る人 = ArrayField(models.CharField(max_length=15))
    伏せた人 = ArrayField(models.CharField(max_length=15), default=list)  # 住所を伏せて刷った人
    理由 = models.CharField(max_length=200, blank=True)
    文書 = models.UUIDField()
    要約 = models.CharField(max_length=64)
    作成日時 = models.DateTimeField()
    作成者 = models.CharField(max_length=10)

    class Meta:
        verbose_name = "課税の通知"
        indexes = [models.Index(fields=["実行", "束"], name="kojin_notice_run_ix")]
        constraints = [
            models.UniqueConstraint(
                fields=["課税年度", "様式", "相手", "賦課の番", "実行", "回"], name="kojin_notice_once_uq"
            ),
            models.UniqueConstraint(fields=["文書"], name="kojin_notice_document_uq"),
            models.CheckConstraint(condition=Q(回=1) | ~Q(理由=""), name="kojin_notice_again_ck"),
        ]
