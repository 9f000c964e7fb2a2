"""見出し（今どう見えるか）と検索名を直す。住民・住登外・法人のどの歴も、書いた後に必ずここを通る。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分, 検索名
from tsugaru.kernel import check_digit, moji


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


def 見出しを直す(内容: 見出し, 名一覧: Sequence[名]) -> None:
    """見出しを与えたとおりにする。検索名は足し、与えられなかった前の名は過去の名として残す。"""
    with transaction.atomic():
        values = asdict(内容) | {
            "区分": _区分(内容),
            "並び鍵": moji.検索かな(内容.フリガナ),
            "検査外番号": not check_digit.宛名番号が正しい(内容.宛名番号),
        }
        row, made = 宛名.objects.update_or_create(宛名番号=内容.宛名番号, defaults=values)
        if not made:
            宛名.objects.filter(pk=row.pk).update(版=row.版 + 1)
            _前の名を退かせる(row, 名一覧)
        検索名.objects.bulk_create(_検索名(row, one) for one in 名一覧)


def _区分(内容: 見出し) -> str:
    """町を出ても業務の残る人（住登外の歴が生きている人）は、除票者ではなく住登外として見える。"""
    if 内容.区分 != 宛名区分.除票者:
        return 内容.区分
    latest = 住登外.objects.filter(宛名番号=内容.宛名番号).order_by("-履歴番号").first()
    return 宛名区分.住登外個人 if latest and not latest.廃止 else 内容.区分


def _前の名を退かせる(row: 宛名, 名一覧: Sequence[名]) -> None:
    """書き直す名は消し、そのほかの今の名は過去の名にする（住登外だったときの名でも見つかるように）。"""
    again = {(one.種別, one.表示) for one in 名一覧}
    known = 検索名.objects.filter(宛名=row).values_list("pk", "種別", "表示")
    検索名.objects.filter(pk__in=[pk for pk, kind, shown in known if (kind, shown) in again]).delete()
    検索名.objects.filter(宛名=row, 現在=True).update(現在=False)


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
