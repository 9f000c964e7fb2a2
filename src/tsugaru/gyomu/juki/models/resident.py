"""住民の歴と、今の住民票。

住民履歴は足すだけの表で、鍵は 宛名番号＋履歴番号。住民は「最新の履歴行の写し」で、データベースの引き金だけが書く
（業務の役割は読むだけ）。だから今を引くのは主キー一つで、歴と食い違うことがない（docs/adr/0005-history.md）。
住所・本籍・転出先は番号だけを持ち、中身は開示の門の内側にある。個人番号・住民票コードも門の内側にある。
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tsugaru.platform.tenancy.access import Access, classify


class 住民事項(models.Model):
    """住民票の記載事項（法第7条・第30条の45）と管理の項目。一行が一人のある時の全て。"""

    sensitivity: ClassVar = classify(
        個人="宛名番号 異動日 異動日表記 留意事項 住民種別 住民状態 氏名 氏 名 氏名フリガナ 氏フリガナ "
        "名フリガナ フリガナ確認 旧氏 旧氏フリガナ 通称 通称フリガナ 氏名ローマ字 氏名漢字 生年月日 "
        "生年月日不詳 生年月日表記 性別 世帯番号 記載順位 続柄1 続柄2 続柄3 続柄4 世帯主氏名 "
        "筆頭者氏 筆頭者名 住民となった日 住民日表記 住所を定めた日 住定日表記 未届 転出届出日 "
        "転出予定日 転出日 転入通知日 特例転出 消除事由 消除日 消除日表記 外国人住民日 外住日表記 "
        "国籍コード 国籍名 規定区分 在留資格 在留期間 在留満了日 在留番号",
        一般="履歴番号 異動事由 異動日不詳 有効日 届出日 届出の別 処理日時 入力者 入力場所 入力端末 "
        "届出番号 取消対象履歴 住民日不詳 住定日不詳 消除日不詳 外住日不詳 改製番号 改製日",
        住所="本籍番号 住所番号 転入前番号 最終登録番号 転出先予定番号 転出先確定番号",
    )  # fmt: skip

    宛名番号 = models.CharField(max_length=15)
    履歴番号 = models.PositiveIntegerField()

    # この行がどの届出・処理から生まれたか
    異動事由 = models.CharField(max_length=4)
    異動日 = models.DateField()
    異動日不詳 = models.BooleanField(default=False)
    異動日表記 = models.CharField(max_length=72, blank=True)
    有効日 = models.DateField()
    届出日 = models.DateField(null=True)
    届出の別 = models.CharField(max_length=4, blank=True)  # 届出 申出 通知 請求 職権
    処理日時 = models.DateTimeField()
    入力者 = models.CharField(max_length=10)
    入力場所 = models.CharField(max_length=20, blank=True)
    入力端末 = models.CharField(max_length=60, blank=True)
    届出番号 = models.BigIntegerField(null=True)
    取消対象履歴 = models.PositiveIntegerField(null=True)
    留意事項 = models.CharField(max_length=200, blank=True)

    # 身分
    住民種別 = models.CharField(max_length=1)  # 1 日本人 2 外国人
    住民状態 = models.CharField(max_length=1)  # 1 住民 2 転出者 3 死亡者 9 その他消除者
    氏名 = models.CharField(max_length=100)
    氏 = models.CharField(max_length=50, blank=True)
    名 = models.CharField(max_length=50, blank=True)
    氏名フリガナ = models.CharField(max_length=100, blank=True)
    氏フリガナ = models.CharField(max_length=50, blank=True)
    名フリガナ = models.CharField(max_length=50, blank=True)
    フリガナ確認 = models.CharField(max_length=1, default="0")  # 0 未確認 1 確認済（戸籍） 2 本人確認
    旧氏 = models.CharField(max_length=50, blank=True)
    旧氏フリガナ = models.CharField(max_length=50, blank=True)
    通称 = models.CharField(max_length=100, blank=True)
    通称フリガナ = models.CharField(max_length=100, blank=True)
    氏名ローマ字 = models.CharField(max_length=100, blank=True)
    氏名漢字 = models.CharField(max_length=100, blank=True)
    生年月日 = models.DateField()
    生年月日不詳 = models.BooleanField(default=False)
    生年月日表記 = models.CharField(max_length=72, blank=True)
    性別 = models.CharField(max_length=1)  # 1 男 2 女

    # 世帯
    世帯番号 = models.CharField(max_length=15)
    記載順位 = models.PositiveSmallIntegerField(default=1)
    続柄1 = models.CharField(max_length=2, blank=True)
    続柄2 = models.CharField(max_length=2, blank=True)
    続柄3 = models.CharField(max_length=2, blank=True)
    続柄4 = models.CharField(max_length=2, blank=True)
    世帯主氏名 = models.CharField(max_length=100, blank=True)

    # 戸籍の表示（日本人）
    本籍番号 = models.BigIntegerField(null=True)
    筆頭者氏 = models.CharField(max_length=50, blank=True)
    筆頭者名 = models.CharField(max_length=50, blank=True)

    # 住所
    住所番号 = models.BigIntegerField(null=True)
    住民となった日 = models.DateField(null=True)
    住民日不詳 = models.BooleanField(default=False)
    住民日表記 = models.CharField(max_length=72, blank=True)
    住所を定めた日 = models.DateField(null=True)
    住定日不詳 = models.BooleanField(default=False)
    住定日表記 = models.CharField(max_length=72, blank=True)
    転入前番号 = models.BigIntegerField(null=True)
    最終登録番号 = models.BigIntegerField(null=True)
    未届 = models.BooleanField(default=False)

    # 転出
    転出届出日 = models.DateField(null=True)
    転出予定日 = models.DateField(null=True)
    転出先予定番号 = models.BigIntegerField(null=True)
    転出日 = models.DateField(null=True)  # 確定
    転出先確定番号 = models.BigIntegerField(null=True)
    転入通知日 = models.DateField(null=True)
    特例転出 = models.BooleanField(default=False)

    # 消除
    消除事由 = models.CharField(max_length=4, blank=True)
    消除日 = models.DateField(null=True)
    消除日不詳 = models.BooleanField(default=False)
    消除日表記 = models.CharField(max_length=72, blank=True)

    # 外国人（法第30条の45）
    外国人住民日 = models.DateField(null=True)
    外住日不詳 = models.BooleanField(default=False)
    外住日表記 = models.CharField(max_length=72, blank=True)
    国籍コード = models.CharField(max_length=3, blank=True)
    国籍名 = models.CharField(max_length=40, blank=True)
    規定区分 = models.CharField(
        max_length=1, blank=True
    )  # 1 中長期 2 特別永住 3 一時庇護 4 仮滞在 5 経過滞在
    在留資格 = models.CharField(max_length=40, blank=True)
    在留期間 = models.CharField(max_length=20, blank=True)
    在留満了日 = models.DateField(null=True)
    在留番号 = models.CharField(max_length=12, blank=True)

    改製番号 = models.PositiveSmallIntegerField(default=0)
    改製日 = models.DateField(null=True)

    class Meta:
        abstract = True


class 住民履歴(住民事項):
    """歴。足すだけ。"""

    access: ClassVar = Access.APPEND_ONLY

    class Meta:
        verbose_name = "住民の歴"
        constraints = [
            models.UniqueConstraint(fields=["宛名番号", "履歴番号"], name="juki_history_uq"),
            models.CheckConstraint(condition=models.Q(履歴番号__gte=1), name="juki_history_from_one_ck"),
            models.CheckConstraint(
                condition=models.Q(住民状態="1") | models.Q(消除日__isnull=False),
                name="juki_history_removed_ck",
            ),
        ]
        indexes = [
            models.Index(fields=["世帯番号"], name="juki_history_household_ix"),
            models.Index(fields=["届出番号"], name="juki_history_case_ix"),
            models.Index(fields=["処理日時"], name="juki_history_processed_ix"),
        ]


class 住民(住民事項):
    """今の住民票・除票。最新の履歴行の写し（引き金が書く）。"""

    access: ClassVar = Access.READ_ONLY

    宛名番号 = models.CharField(max_length=15, primary_key=True)

    class Meta:
        verbose_name = "住民"
        indexes = [
            models.Index(fields=["世帯番号", "住民状態"], name="juki_current_household_ix"),
            models.Index(fields=["在留番号"], name="juki_current_card_ix"),
            models.Index(fields=["生年月日"], name="juki_current_birth_ix"),
        ]
