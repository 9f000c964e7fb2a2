"""試験の窓口: 届け出て、別の職員が決裁する。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.support.people import 世帯を作る, 窓口

from tsugaru.gyomu.juki.domain import cases
from tsugaru.gyomu.juki.domain.cases import 対象者, 届出事項, 本登録の結果
from tsugaru.gyomu.juki.models import 住民, 届出
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure.api import Address

決裁する人 = "kessai"
市内 = Address(
    municipality_code="990011", prefecture="試験県", city="試験市", town="大字和徳町", lot="1番地1"
)
市内の別 = Address(
    municipality_code="990011", prefecture="試験県", city="試験市", town="大字土手町", lot="2番地"
)
市外 = Address(
    municipality_code="022012", prefecture="青森県", city="青森市", town="中央一丁目", lot="1番1号"
)
国外 = Address(country_code="840", country="アメリカ合衆国", abroad="Honolulu")
太郎 = {
    "住民種別": "1",
    "氏": "佐藤",
    "名": "一郎",
    "氏フリガナ": "サトウ",
    "名フリガナ": "イチロウ",
    "生年月日": 不詳日(date(1985, 6, 1)),
    "性別": "1",
    "続柄": ("02",),
    "本籍": 市外,
    "筆頭者氏": "佐藤",
    "筆頭者名": "一郎",
}


def 人(**違い: Any) -> dict[str, Any]:
    """新しい人の値（世帯主の男性）から違うところだけを替える。"""
    return {**太郎, **違い}


def 妻() -> dict[str, Any]:
    """太郎の妻。"""
    return 人(名="花子", 名フリガナ="ハナコ", 生年月日=不詳日(date(1987, 2, 3)), 性別="2", 続柄=("12",))


def 子(名: str = "桃子", 生年月日: date = date(2015, 9, 9), 性別: str = "2") -> dict[str, Any]:
    """太郎の子。"""
    return 人(名=名, 名フリガナ="モモコ", 生年月日=不詳日(生年月日), 性別=性別, 続柄=("20",))


def 今の(宛名番号: str) -> 対象者:
    """今の住民票を見て選んだ人。"""
    row = 住民.objects.filter(宛名番号=宛名番号).first()
    return 対象者(宛名番号=宛名番号, 基の履歴番号=row.履歴番号 if row else 0)


def 値つき(宛名番号: str, **値: Any) -> 対象者:
    """今の住民票を見て選び、値を入れた人。"""
    seen = 今の(宛名番号)
    return 対象者(宛名番号=seen.宛名番号, 基の履歴番号=seen.基の履歴番号, 値=値)


def 届け出る(
    種類: str,
    人々: Sequence[対象者 | str | Mapping[str, Any]],
    *,
    clock: Clock,
    日: date | 不詳日 = date(2026, 4, 10),
    届出日: date | None = None,
    届出の別: str = "届出",
    **共通: Any,
) -> 届出:
    """仮登録する。人々は 宛名番号・新しい人の値・対象者 のどれでもよい。"""
    people = [
        one if isinstance(one, 対象者) else 今の(one) if isinstance(one, str) else 対象者(値=one)
        for one in 人々
    ]
    return cases.仮登録する(
        種類=種類,
        共通=共通,
        人々=people,
        事項=届出事項(
            異動日=日 if isinstance(日, 不詳日) else 不詳日(日),
            届出日=届出日 or clock.today(),
            届出の別=届出の別,
            届出人="届出人",
        ),
        入力=窓口,
        clock=clock,
    )


def 決裁する(row: 届出, *, clock: Clock) -> 本登録の結果:
    """入力者でない職員が本登録する。"""
    return cases.決裁して本登録する(row.pk, 版=row.版, 職員=決裁する人, clock=clock)


def 済ませる(種類: str, 人々: Sequence[Any], *, clock: Clock, **他: Any) -> 本登録の結果:
    """届け出て、決裁まで済ませる。"""
    return 決裁する(届け出る(種類, 人々, clock=clock, **他), clock=clock)


def 転入した家族(*, clock: Clock, 日: date = date(2026, 4, 10)) -> list[str]:
    """太郎・花子・桃子の三人世帯。返り値は宛名番号。"""
    result = 済ませる("in", [太郎, 妻(), 子()], clock=clock, 日=日, 世帯の別="新", 住所=市内, 転入前住所=市外)
    return [row.宛名番号 for row in result.行]


def 行(宛名番号: str) -> 住民:
    """今の住民票。"""
    return 住民.objects.get(宛名番号=宛名番号)


def 一人世帯(*, clock: Clock, **値: Any) -> str:
    """職権で作った一人の世帯。"""
    return 世帯を作る(clock=clock, **値)
