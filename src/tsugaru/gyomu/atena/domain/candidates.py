"""同じ人かもしれない宛名を探す。見つけるだけで、結ぶかどうかは人が決める。

当てるのは 生年月日＋かな、生年月日＋漢字（異体字をそろえて、過去の名も）、法人番号、生年月日の分からない人の同じ氏名。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tsugaru.gyomu.atena.models import 宛名, 検索名
from tsugaru.kernel import moji

候補の上限 = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class 手掛かり:
    """探すときに使う事項。氏名・かな は過去の名も含めてよい。"""

    氏名: Sequence[str]
    かな: Sequence[str] = ()
    生年月日: date | None = None
    法人番号: str = ""
    法人である: bool = False


def 手掛かりを読む(row: 宛名) -> 手掛かり:
    """登録済みの人の手掛かり（過去の名も）。"""
    names = list(検索名.objects.filter(宛名=row).values_list("表示", "かな"))
    return 手掛かり(
        氏名=[shown for shown, _ in names],
        かな=[kana for _, kana in names if kana],
        生年月日=row.生年月日,
        法人番号=row.法人番号,
        法人である=row.区分 == "3",
    )


def 探す(手掛: 手掛かり, *, 除く: str = "") -> list[宛名]:
    """似た宛名（並び順）。個人と法人は混ぜない。"""
    kana = [moji.検索かな緩(text) for text in 手掛.かな if text]
    kanji = [moji.検索漢字(text)[:100] for text in 手掛.氏名 if text]
    named = 検索名.objects.filter(Q(かな緩__in=kana) | Q(漢字鍵__in=kanji))
    alike = Q(pk__in=named.values("宛名_id"))
    if 手掛.法人である:
        same = Q(法人番号=手掛.法人番号) if 手掛.法人番号 else Q(pk__in=[])
        found = 宛名.objects.filter(Q(区分="3") & (alike | same))
    else:
        found = 宛名.objects.filter(alike & _生年月日の条件(手掛.生年月日)).exclude(区分="3")
    return list(found.exclude(pk=除く).order_by("並び鍵", "宛名番号")[:候補の上限])


def _生年月日の条件(日: date | None) -> Q:
    """分かっていれば、同じ日か、相手の日が分からないもの。分からなければ名だけで当てる。"""
    return Q(生年月日=日) | Q(生年月日__isnull=True) | Q(生年月日不詳=True) if 日 else Q()
