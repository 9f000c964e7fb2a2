"""仮登録: 届出を受け付ける。本登録までは、歴・証明・ほかの業務・連携のどこにも現れない（標準仕様書 4.0.8）。

新しい人の宛名番号と新しい世帯の番号は、このとき採る（取り下げれば欠番になる）。場所は門の内側に入れ、控えには番号だけが残る。
住所は仮登録の場所として入れるので、住所からの検索の手がかりにならない。本登録のときに住所として写す。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki.domain import contents, glyph_intake, holds, reentry
from tsugaru.gyomu.juki.domain.assemble import 判断する, 案件を組む
from tsugaru.gyomu.juki.domain.fields import 型
from tsugaru.gyomu.juki.domain.kinds import 対象, 異動の種類, 種類を引く
from tsugaru.gyomu.juki.domain.register import 入力
from tsugaru.gyomu.juki.domain.stale import 古くないか, 届出中でないか
from tsugaru.gyomu.juki.models import 住民, 届出, 届出対象
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.tenancy.locks import lock

門の種別 = {
    "住所": "仮登録", "本籍": "本籍", "転入前住所": "転入前", "最終登録住所": "最終登録",
    "転出先": "転出先予定", "転出先確定": "転出先確定",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class 届出事項:
    """届出書の上の欄。異動日の不詳は、出生・死亡だけ許される。"""

    異動日: 不詳日
    届出日: date
    届出の別: str
    届出人: str = ""
    届出人資格: str = ""
    備考: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class 対象者:
    """異動する一人。新しい人は 宛名番号 を空に、再転入と住登外からの人は前の番号を入れる。

    基の履歴番号 は、入力した人が見ていた住民票のもの（新しい人は 0）。
    """

    宛名番号: str = ""
    基の履歴番号: int = 0
    値: Mapping[str, Any] = field(default_factory=dict)


def 仮登録する(
    *,
    種類: str,
    共通: Mapping[str, Any],
    人々: Sequence[対象者],
    事項: 届出事項,
    入力: 入力,
    clock: Clock,
) -> 届出:
    """値を確かめ、控えを作り、試しに判断する。どれかが通らなければ何も残らない。"""
    kind = 種類を引く(種類)
    共通, notes = glyph_intake.そろえる(kind.項目, 共通)
    人々, more = glyph_intake.人々をそろえる(kind.各人の項目, 人々)
    _日を確かめる(kind, 事項, clock.today())
    _人数を確かめる(kind, 人々)
    with transaction.atomic():
        lock("juki", ["本登録"])
        古くないか({p.宛名番号: p.基の履歴番号 for p in 人々 if p.宛名番号})
        届出中でないか([p.宛名番号 for p in 人々 if p.宛名番号])
        holds.確かめる([p.宛名番号 for p in 人々 if p.宛名番号], "異動", clock=clock)
        _値を確かめる(kind, 共通, 人々)
        row = _控えを作る(kind, 共通, 人々, 事項, 入力, clock)
        if notes or more:
            row.内容[glyph_intake.控えの項目] = [*notes, *more]
            row.save(update_fields=["内容"])
        case, _ = 案件を組む(row, clock.today())
        reentry.確かめる(case)
        判断する(row, 今日=clock.today(), 今=clock.now())
        audit.record(
            act="異動の仮登録",
            subjects=sorted(case.各人),
            gyomu="juki",
            detail={"受付番号": row.受付番号, "種類": 種類},
        )
    return row


def _日を確かめる(kind: 異動の種類, 事項: 届出事項, 今日: date) -> None:
    day = 事項.異動日
    wrong = [
        (
            事項.届出の別 not in kind.届出の別,
            "JK-0209",
            f"{kind.名称}の届出の別は{'・'.join(kind.届出の別)}です。",
            "届出の別",
        ),
        (
            day.不詳 and not kind.異動日不詳,
            "JK-0204",
            f"{kind.名称}の異動日に、不詳の日は使えません。",
            "異動日",
        ),
        (
            day.内部日付 > 今日 and not kind.先の日,
            "JK-0204",
            f"異動日（{day.表示}）は今日より後にできません。",
            "異動日",
        ),
        (
            事項.届出日 > 今日,
            "JK-0205",
            f"届出日（{事項.届出日:%Y-%m-%d}）は今日より後にできません。",
            "届出日",
        ),
    ]
    for bad, code, message, name in wrong:
        if bad:
            raise 業務エラー(code, message, "直してください。", 項目=name, 根拠="標準仕様書4.0.3。")


def _人数を確かめる(kind: 異動の種類, 人々: Sequence[対象者]) -> None:
    numbers = [p.宛名番号 for p in 人々 if p.宛名番号]
    if not 人々 or (kind.対象 is 対象.一人 and len(人々) != 1) or len(set(numbers)) != len(numbers):
        raise 業務エラー(
            "JK-0213",
            f"{kind.名称}の対象が{len(人々)}人です。",
            "一人を選んでください。"
            if kind.対象 is 対象.一人
            else "一人以上を、重ならないように選んでください。",
        )
    if kind.対象 is not 対象.新しい人 and len(numbers) != len(人々):
        raise 業務エラー("JK-0213", "宛名番号の無い人がいます。", "世帯の中から選び直してください。")


def _値を確かめる(kind: 異動の種類, 共通: Mapping[str, Any], 人々: Sequence[対象者]) -> None:
    contents.確かめる(kind.項目, 共通)
    kinds = dict(
        住民.objects.filter(宛名番号__in=[p.宛名番号 for p in 人々]).values_list("宛名番号", "住民種別")
    )
    for person in 人々:
        contents.確かめる(kind.各人の項目, person.値, 住民種別=kinds.get(person.宛名番号, ""))


def _控えを作る(
    kind: 異動の種類,
    共通: Mapping[str, Any],
    人々: Sequence[対象者],
    事項: 届出事項,
    入力: 入力,
    clock: Clock,
) -> 届出:
    receipt = _受付番号を採る(clock.today())
    numbered = [(p.宛名番号 or atena.宛名番号を採る(), p) for p in 人々]
    common = {n: v for n, v in 共通.items() if not isinstance(v, disclosure.Address)}
    stored = contents.控えにする(kind.項目, common, 受付番号=receipt)
    if 共通.get("世帯の別") == "新" or kind.符号 == "split":
        stored["新世帯番号"] = atena.世帯番号を採る()
    places = _場所を入れる(kind, 共通, numbered)
    each = [
        {
            "宛名番号": number,
            "値": contents.控えにする(
                kind.各人の項目,
                {n: v for n, v in p.値.items() if not isinstance(v, disclosure.Address)},
                受付番号=receipt,
            )
            | places[number],
        }
        for number, p in numbered
    ]
    row: 届出 = 届出.objects.create(
        受付番号=receipt,
        種類=kind.符号,
        届出の別=事項.届出の別,
        異動日=事項.異動日.内部日付,
        届出日=事項.届出日,
        届出人=事項.届出人,
        届出人資格=事項.届出人資格,
        備考=事項.備考,
        内容={
            "異動日": [事項.異動日.内部日付.isoformat(), 事項.異動日.不詳, 事項.異動日.表記],
            "共通": stored,
            "各人": each,
        },
        入力者=入力.入力者,
        入力場所=入力.入力場所,
        入力端末=入力.入力端末,
        入力日時=clock.now(),
    )
    届出対象.objects.bulk_create(
        届出対象(届出=row, 宛名番号=number, 基の履歴番号=p.基の履歴番号) for number, p in numbered
    )
    return row


def _受付番号を採る(今日: date) -> str:
    """日付＋その日の通番。本登録の錠の中で採るので重ならない。"""
    count = 届出.objects.filter(受付番号__startswith=f"{今日:%Y%m%d}-").count()
    return f"{今日:%Y%m%d}-{count + 1:04d}"


def _場所を入れる(
    kind: 異動の種類, 共通: Mapping[str, Any], numbered: Sequence[tuple[str, 対象者]]
) -> dict[str, dict[str, int]]:
    """一人一人の住所番号。届出に一つの場所は、最初の人に入れて残りの人に写す。"""
    result: dict[str, dict[str, int]] = {number: {} for number, _ in numbered}
    origin = _入る世帯の住所(kind, 共通)
    shared = {
        n: v
        for n, v in 共通.items()
        if isinstance(v, disclosure.Address) and not (n == "住所" and origin is not None)
    }
    for number, person in numbered:
        for name, place in {**shared, **person.値}.items():
            if isinstance(place, disclosure.Address):
                first = result[numbered[0][0]].get(name) if name in shared else None
                result[number][name] = _一つ入れる(number, name, place, first)
        if origin is not None:
            result[number]["住所"] = disclosure.copy_address(origin, number, 門の種別["住所"])
    return result


def _一つ入れる(number: str, name: str, place: disclosure.Address, first: int | None) -> int:
    kind = 門の種別[name]
    return (
        disclosure.copy_address(first, number, kind) if first else disclosure.put_address(number, kind, place)
    )


def 仮の場所を住所にする(row: 届出) -> None:
    """本登録する届出の住所を、住所として写し、控えをその番号にする。"""
    for one in row.内容["各人"]:
        if "住所" in one["値"]:
            one["値"]["住所"] = disclosure.copy_address(one["値"]["住所"], one["宛名番号"], "住所")


def _入る世帯の住所(kind: 異動の種類, 共通: Mapping[str, Any]) -> int | None:
    """既にある世帯に入る人の住所は、その世帯の住所の写し（同じ世帯で住所が分かれない）。"""
    household = 共通.get("入る世帯")
    takes = kind.符号 == "birth" or "住所" in {f.名 for f in kind.項目 if f.型 is 型.住所}
    if not household or not takes:
        return None
    rows = 住民.objects.filter(世帯番号=household, 住民状態="1").order_by("記載順位", "宛名番号")
    return next((r.住所番号 for r in rows if r.住所番号 is not None), None)
