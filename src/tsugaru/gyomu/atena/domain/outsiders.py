"""住登外の個人の登録・変更・廃止と、住民との行き来（番号は変わらない）。

まだ無いもの: 共有（固定資産の共有者の組）の宛名、付番API（処理区分 0〜2）の受け口。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tsugaru.gyomu.atena.domain import checks, heading, numbering
from tsugaru.gyomu.atena.domain.history import (
    住民となった,
    再開,
    変更,
    廃止された行,
    廃止の事由,
    手続,
    最新,
    生きている行,
    登録,
    足す,
    転出後継続,
)  # fmt: skip
from tsugaru.gyomu.atena.domain.offices import 業務を確かめる
from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address

性別の名 = {"0": "不明", "1": "男", "2": "女"}


@dataclass(frozen=True, slots=True, kw_only=True)
class 個人:
    """住登外者の事項（住所を除く）。業務 は登録した業務の短名。"""

    氏名: str
    フリガナ: str = ""
    氏名ローマ字: str = ""
    氏名漢字: str = ""
    通称: str = ""
    通称フリガナ: str = ""
    性別: str = "0"
    生年月日: 不詳日 | None = None
    国籍名: str = ""
    業務: str = ""
    他業務参照不可: bool = False

    @property
    def 列(self) -> dict[str, Any]:
        """表の列。"""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        day, unknown, shown = self.生年月日.列 if self.生年月日 else (None, False, "")
        return values | {"生年月日": day, "生年月日不詳": unknown, "生年月日表記": shown}


def 個人の事項(row: 住登外) -> 個人:
    """表の行から。"""
    values = {name: getattr(row, name) for name in 個人.__dataclass_fields__}
    return 個人(**values | {"生年月日": 生年月日(row)})


def 生年月日(row: 住登外 | 宛名) -> 不詳日 | None:
    """三つの列を一つの値に。"""
    return 不詳日(row.生年月日, row.生年月日不詳, row.生年月日表記) if row.生年月日 else None


def 登録する(内容: 個人, 住所: Address | None, *, 手続: 手続, 宛名番号: str | None = None) -> str:
    """新しい住登外者。宛名番号を渡せば前のシステムの番号をそのまま使う。返り値は宛名番号。"""
    with transaction.atomic():
        _確かめる(内容, 手続)
        number = numbering.既存の番号を確かめる(宛名番号) if 宛名番号 else numbering.宛名番号を採る()
        place = disclosure.put_address(number, "住所", checks.住所(住所)) if 住所 else None
        足す(住登外, number, 内容.列 | {"住所番号": place}, 登録, 手続)
        _見出しを直す(number, 内容)
    return number


def 変更する(宛名番号: str, 内容: 個人, 住所: Address | None, *, 手続: 手続) -> 住登外:
    """変わった後の全部の事項で一行足す。住所が None なら前の住所のまま。"""
    with transaction.atomic():
        _確かめる(内容, 手続)
        before = 生きている行(住登外, 宛名番号)
        if 住所 is None and 個人の事項(before) == 内容:
            raise 業務エラー(
                "AT-0202",
                "どの項目も変わっていません。",
                "変える項目を直してから登録してください。",
            )
        place = disclosure.put_address(宛名番号, "住所", checks.住所(住所)) if 住所 else before.住所番号
        row = 足す(住登外, 宛名番号, 内容.列 | {"住所番号": place}, 変更, 手続)
        _見出しを直す(宛名番号, 内容)
    return row


def 廃止する(宛名番号: str, *, 事由: str, 手続: 手続) -> 住登外:
    """業務との関わりが終わった。番号は空けない（ほかの人に使わない）。"""
    if 事由 not in 廃止の事由:
        raise 業務エラー(
            "AT-0203", f"廃止の事由「{事由[:10]}」は選べません。", "一覧から選んでください。", 項目="事由"
        )
    with transaction.atomic():
        return _開け閉め(生きている行(住登外, 宛名番号), 事由, 手続, 廃止=True)


def 再開する(宛名番号: str, *, 手続: 手続) -> 住登外:
    """廃止した人に再び業務が生じた。同じ番号で続ける。"""
    with transaction.atomic():
        return _開け閉め(廃止された行(住登外, 宛名番号), 再開, 手続, 廃止=False)


def 住民になる(宛名番号: str, *, 手続: 手続) -> bool:
    """転入などで住民になった人の、住登外の歴を閉じる。住登外でなければ何もしない。番号は同じで、見出しは住民記録が直す。"""
    with transaction.atomic():
        row = 最新(住登外, 宛名番号)
        if row is None or row.廃止:
            return False
        足す(
            住登外,
            宛名番号,
            個人の事項(row).列 | {"住所番号": row.住所番号, "廃止": True},
            住民となった,
            手続,
        )
    return True


def 住登外になる(
    宛名番号: str, 内容: 個人, *, 手続: 手続, 住所番号: int | None = None, 住所: Address | None = None
) -> None:
    """転出しても業務の残る人。同じ番号で住登外の歴を始める。

    住所番号（転出先など、その人の置き場の行）は門の中で写し、中身は見ない。分からなければ 住所 を入れる。
    """
    with transaction.atomic():
        _確かめる(内容, 手続)
        known = 宛名.objects.filter(宛名番号=宛名番号).first()
        if known is None or known.区分 == 宛名区分.住民:
            raise 業務エラー(
                "AT-0204",
                f"宛名番号 {宛名番号} は転出などで消除された人ではありません。",
                "先に住民票の消除を本登録してください。",
                根拠="共通機能標準仕様書 住登外者宛名番号管理。",
            )
        before = 最新(住登外, 宛名番号)
        if before and not before.廃止:
            return
        place = _今からの住所(宛名番号, 住所番号, 住所)
        足す(住登外, 宛名番号, 内容.列 | {"住所番号": place}, 転出後継続, 手続)
        _見出しを直す(宛名番号, 内容)


def _今からの住所(宛名番号: str, 住所番号: int | None, 住所: Address | None) -> int | None:
    if 住所:
        return disclosure.put_address(宛名番号, "住所", checks.住所(住所))
    return disclosure.copy_address(住所番号, 宛名番号, "住所") if 住所番号 else None


def _開け閉め(before: 住登外, 異動事由: str, 手続: 手続, *, 廃止: bool) -> 住登外:
    values = 個人の事項(before).列 | {"住所番号": before.住所番号, "廃止": 廃止}
    row = 足す(住登外, before.宛名番号, values, 異動事由, 手続)
    _見出しを直す(before.宛名番号, 個人の事項(before))
    return row


def _確かめる(内容: 個人, 手続: 手続) -> None:
    checks.氏名(内容.氏名)
    checks.フリガナ(内容.フリガナ)
    checks.フリガナ(内容.通称フリガナ, 項目="通称フリガナ")
    for 項目 in ("氏名ローマ字", "氏名漢字", "通称", "国籍名"):
        checks.文章(getattr(内容, 項目), 項目=項目, 最大文字数=40 if 項目 == "国籍名" else 100)
    checks.生年月日(内容.生年月日, 手続.clock.today())
    業務を確かめる(内容.業務)
    if 内容.性別 not in 性別の名:
        raise 業務エラー(
            "AT-0205", f"性別「{内容.性別[:5]}」は選べません。", "一覧から選んでください。", 項目="性別"
        )


def _見出しを直す(宛名番号: str, 内容: 個人) -> None:
    day, unknown, shown = 内容.生年月日.列 if 内容.生年月日 else (None, False, "")
    heading.見出しを直す(
        heading.見出し(
            宛名番号=宛名番号,
            区分=宛名区分.住登外個人,
            氏名=内容.氏名,
            フリガナ=内容.フリガナ or 内容.通称フリガナ,
            性別=内容.性別,
            生年月日=day,
            生年月日不詳=unknown,
            生年月日表記=shown,
        ),
        [
            heading.名(種別=kind, 表示=shown, かな=kana, 現在=True)
            for kind, shown, kana in (
                ("氏名", 内容.氏名, 内容.フリガナ),
                ("通称", 内容.通称, 内容.通称フリガナ),
                ("ローマ", 内容.氏名ローマ字, ""),
                ("漢字", 内容.氏名漢字, ""),
            )
            if shown
        ],
    )
