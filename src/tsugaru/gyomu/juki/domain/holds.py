"""抑止（標準仕様書 3）: 処理（異動・発行・照会）×個人か世帯×水準×期間。

終了日を過ぎても、ひとりでには終わらない（解除するまで効く）。一時解除は時が来れば戻る。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tsugaru.gyomu.juki.domain.decision import 警告
from tsugaru.gyomu.juki.models import 住民, 抑止
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.prepared import Prepared

対象処理 = ("異動", "発行", "照会")
水準 = ("エラー", "アラート")
一時解除の上限 = timedelta(minutes=60)
_一人 = Prepared(
    lambda number, household, today, now: 抑止.objects.filter(
        Q(宛名番号=number) | Q(世帯番号=household) & ~Q(世帯番号=""), 解除者="", 開始日__lte=today
    )
    .exclude(一時解除まで__gt=now)
    .order_by("pk"),
    number=str, household=str, today=date, now=datetime,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class 抑止の内容:
    """宛名番号か世帯番号の、ちょうど一つを入れる。"""

    対象処理: str
    水準: str
    理由: str
    開始日: date
    終了日: date | None = None
    宛名番号: str = ""
    世帯番号: str = ""


def 登録する(内容: 抑止の内容, *, 職員: str, clock: Clock) -> 抑止:
    """抑止を一つ始める。"""
    _確かめる(内容)
    values = {n: getattr(内容, n) for n in 抑止の内容.__dataclass_fields__}
    with transaction.atomic():
        made: 抑止 = 抑止.objects.create(**values, 登録者=職員, 登録日時=clock.now())
        _残す("抑止の登録", made)
    return made


def 解除する(番号: int, *, 職員: str, clock: Clock) -> 抑止:
    """抑止を終える。"""
    with transaction.atomic():
        row = _引く(番号)
        row.解除者, row.解除日時 = 職員, clock.now()
        row.save(update_fields=["解除者", "解除日時"])
        _残す("抑止の解除", row)
    return row


def 一時解除する(番号: int, *, 分: int, clock: Clock) -> 抑止:
    """60分までのあいだ止めない。時が来れば戻る。"""
    if not 0 < 分 * 60 <= 一時解除の上限.total_seconds():
        raise 業務エラー("JK-0302", f"一時解除は60分までです（{分}分）。", "短くしてください。", 項目="分")
    with transaction.atomic():
        row = _引く(番号)
        row.一時解除まで = clock.now() + timedelta(minutes=分)
        row.save(update_fields=["一時解除まで"])
        _残す("抑止の一時解除", row)
    return row


def 効いている抑止(宛名番号: Iterable[str], 処理: str | None = None, *, clock: Clock) -> list[抑止]:
    """その人たち（個人とその世帯）に今効いている抑止。処理 が None なら全ての処理。"""
    numbers = sorted(set(宛名番号))
    households = 住民.objects.filter(宛名番号__in=numbers).values_list("世帯番号", flat=True)
    rows = 抑止.objects.filter(
        Q(宛名番号__in=numbers) | Q(世帯番号__in=[h for h in households if h]),
        解除者="",
        開始日__lte=clock.today(),
    ).exclude(一時解除まで__gt=clock.now())
    return list((rows.filter(対象処理=処理) if 処理 else rows).order_by("pk"))


def 一人の抑止(宛名番号: str, 世帯番号: str, *, clock: Clock) -> list[抑止]:
    """その人とその世帯に今効いている、全ての処理の抑止（画面の札のため）。"""
    return _一人.rows(number=宛名番号, household=世帯番号, today=clock.today(), now=clock.now())


def 確かめる(宛名番号: Iterable[str], 処理: str, *, clock: Clock) -> tuple[警告, ...]:
    """エラーの抑止があれば 業務エラー、アラートだけなら警告。"""
    rows = 効いている抑止(宛名番号, 処理, clock=clock)
    stop = next((r for r in rows if r.水準 == "エラー"), None)
    if stop:
        raise 業務エラー(
            "JK-0300",
            f"{処理}が抑止されています（{stop.理由}。{stop.登録者}が{stop.開始日:%Y-%m-%d}から）。",
            "抑止を登録した担当に確かめ、必要なら一時解除してください。",
            根拠="標準仕様書3。",
        )
    return tuple(
        警告(
            番号="JK-A110",
            文=f"{処理}に注意の抑止があります（{r.理由}）。",
            対処="理由を確かめてから進めてください。",
            根拠="標準仕様書3。",
            宛名番号=r.宛名番号,
        )
        for r in rows
    )


def 終了日を過ぎた抑止(*, clock: Clock) -> list[抑止]:
    """終了日を過ぎても解除されていない抑止（まだ効いている）。"""
    return list(抑止.objects.filter(解除者="", 終了日__lt=clock.today()).order_by("終了日", "pk"))


def _確かめる(内容: 抑止の内容) -> None:
    wrong = [
        (bool(内容.宛名番号) == bool(内容.世帯番号), "対象は、個人か世帯のどちらか一つです。", "宛名番号"),
        (内容.対象処理 not in 対象処理, f"対象の処理は{'・'.join(対象処理)}です。", "対象処理"),
        (内容.水準 not in 水準, f"水準は{'・'.join(水準)}です。", "水準"),
        (not 内容.理由, "理由がありません。", "理由"),
        (内容.終了日 is not None and 内容.終了日 < 内容.開始日, "終了日が開始日より前です。", "終了日"),
    ]
    for bad, message, field in wrong:
        if bad:
            raise 業務エラー("JK-0301", message, "直してください。", 項目=field, 根拠="標準仕様書3。")


def _引く(番号: int) -> 抑止:
    row = 抑止.objects.select_for_update().filter(pk=番号, 解除者="").first()
    if row is None:
        raise 業務エラー("JK-0303", "その抑止は無いか、既に解除されています。", "一覧を開き直してください。")
    return row


def _残す(行為: str, row: 抑止) -> None:
    detail = {"抑止": row.pk, "処理": row.対象処理, "水準": row.水準, "世帯番号": row.世帯番号}
    audit.record(act=行為, subjects=[n for n in [row.宛名番号] if n], gyomu="juki", detail=detail)
