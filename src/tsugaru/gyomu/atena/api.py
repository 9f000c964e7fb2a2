"""ほかの業務に見せる宛名の口: 番号を採る、見出しを直す、探す、見出しを読む。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from tsugaru.gyomu.atena.models import 宛名, 検索名, 番号採番
from tsugaru.kernel import check_digit, moji

宛名番号の桁 = 10
世帯番号の桁 = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class 見出し:
    """宛名の見出し。"""

    宛名番号: str
    区分: str
    氏名: str
    フリガナ: str = ""
    住民状態: str = ""
    性別: str = "0"
    生年月日: date | None = None
    生年月日不詳: bool = False
    生年月日表記: str = ""
    世帯番号: str = ""
    続柄表記: str = ""
    法人番号: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class 名:
    """探すための一つの名。"""

    種別: str
    表示: str
    かな: str
    現在: bool


def 宛名番号を採る() -> str:
    """次の宛名番号。住民・住登外・法人で一つの番号空間。"""
    return _採る("宛名番号", 宛名番号の桁)


def 世帯番号を採る() -> str:
    """次の世帯番号。"""
    return _採る("世帯番号", 世帯番号の桁)


def _採る(種別: str, 桁: int) -> str:
    """通番＋検査数字。検査数字の定まらない通番は飛ばす。欠番はあってよいが、同じ番号は二度と出ない。"""
    with transaction.atomic():
        番号採番.objects.get_or_create(種別=種別, defaults={"最終": 0})
        row = 番号採番.objects.select_for_update().get(種別=種別)
        digit = None
        while digit is None:
            row.最終 += 1
            body = f"{row.最終:0{桁 - 1}d}"
            digit = check_digit.宛名番号の検査数字(body)
        row.save(update_fields=["最終"])
    return f"{body}{digit}"


def 見出しを直す(内容: 見出し, 名一覧: Sequence[名]) -> None:
    """見出しと検索名を、与えたとおりにする（juki・住登外・法人の本登録のたびに呼ぶ）。"""
    with transaction.atomic():
        values = asdict(内容) | {"並び鍵": moji.検索かな(内容.フリガナ)}
        row, made = 宛名.objects.update_or_create(宛名番号=内容.宛名番号, defaults=values)
        if not made:
            宛名.objects.filter(pk=row.pk).update(版=row.版 + 1)
        検索名.objects.filter(宛名=row).delete()
        検索名.objects.bulk_create(_検索名(row, one) for one in 名一覧)


def _検索名(row: 宛名, one: 名) -> 検索名:
    return 検索名(
        宛名=row,
        種別=one.種別,
        現在=one.現在,
        表示=one.表示,
        かな=moji.検索かな(one.かな),
        かな緩=moji.検索かな緩(one.かな),
        漢字鍵=moji.検索漢字(one.表示)[:100],
    )


def 見出しを読む(宛名番号: Iterable[str]) -> dict[str, 宛名]:
    """宛名番号 → 見出し。無い番号は入らない。"""
    return 宛名.objects.in_bulk(list(宛名番号))
