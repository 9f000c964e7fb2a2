"""届出の控えと歴から、判断に渡す案件を組み立てる。読むだけで、何も書かない。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tsugaru.gyomu.juki.domain.contents import 控えから
from tsugaru.gyomu.juki.domain.decision import 判断, 案件, 警告
from tsugaru.gyomu.juki.domain.household import 整える
from tsugaru.gyomu.juki.domain.kinds import 種類を引く
from tsugaru.gyomu.juki.domain.procedures import 手続
from tsugaru.gyomu.juki.domain.state import 記録
from tsugaru.gyomu.juki.domain.timeline import その日の行, 行, 行にする, 重ねる
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 届出
from tsugaru.kernel.holidays import 地方公共団体の休日
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.tenancy import bound_code, directory

歴の組 = dict[str, list[行]]


@dataclass(frozen=True, slots=True)
class 判断の結果:
    """判断と、遡りを載せ直した「書くべき行」、書く前の歴。"""

    判断: 判断
    行: tuple[記録, ...]
    前: 歴の組


def 判断する(row: 届出, *, 今日: date, 今: datetime) -> 判断の結果:
    """届出を判断する。通らなければ 業務エラー。"""
    case, history = 案件を組む(row, 今日)
    return 案件を判断する(case, history, 今=今)


def 案件を判断する(case: 案件, history: 歴の組, *, 今: datetime) -> 判断の結果:
    """手続を呼び、世帯を整え、遡りを載せ直す。"""
    decided = 手続[case.種類.符号](case)
    if decided.載せ済み:
        return _取り消した後を整える(case, decided, history, 今)
    decided = 整える(case, decided)
    laid, _ = 重ねる(history, decided.記録, 処理日時=今)
    more = len(laid) - len(decided.記録)
    if more:
        decided = replace(decided, 警告=(*decided.警告, _遡り(case, more)))
    return 判断の結果(decided, tuple(laid), history)


def _取り消した後を整える(case: 案件, decided: 判断, history: 歴の組, 今: datetime) -> 判断の結果:
    """取消しの行はそのまま写し、その後に世帯のほかの人と食い違うところ（世帯主氏名など）だけを、職権の行で直す。"""
    after = {number: list(rows) for number, rows in history.items()}
    for one in decided.記録:
        rows = after[one.状態.宛名番号]
        rows.append(行(rows[-1].履歴番号 + 1, 今, one.出所, one.状態))
    now = replace(case, 人={number: rows[-1].状態 for number, rows in after.items()})
    settled = 整える(now, 判断(()), 世帯={r.状態.世帯番号 for n in _動いた人(decided) for r in after[n]})
    laid, _ = 重ねる(after, settled.記録, 処理日時=今)
    return 判断の結果(replace(decided, 警告=settled.警告), (*decided.記録, *laid), history)


def _動いた人(decided: 判断) -> set[str]:
    return {one.状態.宛名番号 for one in decided.記録}


def 案件を組む(row: 届出, 今日: date) -> tuple[案件, 歴の組]:
    """案件と、関わる人の全ての歴。"""
    kind, content = 種類を引く(row.種類), row.内容
    common = 控えから(kind.項目, content["共通"], 受付番号=row.受付番号)
    each = {
        one["宛名番号"]: 控えから((*kind.各人の項目, *kind.項目), one["値"], 受付番号=row.受付番号)
        for one in content["各人"]
    }
    case = 案件(
        種類=kind,
        異動日=異動日(row),
        届出日=row.届出日,
        届出の別=row.届出の別,
        今日=今日,
        共通=common,
        各人=each,
        届出番号=row.pk,
        休日=団体の休日(row.異動日),
    )
    return 人を添える(case)


def 団体の休日(日: date) -> frozenset[date]:
    """国民の祝日と、その日の年と次の年の年末年始の休日（団体のデータ。無ければ祝日だけ）。"""
    facts = directory.by_code(bound_code()).facts
    return 地方公共団体の休日(facts.get("年末年始の休日", {}).get("日", ()), (日.year, 日.year + 1))


def 人を添える(case: 案件) -> tuple[案件, 歴の組]:
    """案件に、有効日の人々の姿と歴を添える。"""
    history = _関わる人の歴(case)
    people = {
        number: found.状態 for number, rows in history.items() if (found := その日の行(rows, case.有効日))
    }
    return replace(case, 人=people, 歴=history), history


def 異動日(row: 届出) -> 不詳日:
    """届出の異動日（不詳の表記は控えにある）。"""
    day, unknown, text = row.内容["異動日"]
    return 不詳日(date.fromisoformat(day), 不詳=unknown, 表記=text)


def 歴を読む(宛名番号: Iterable[str]) -> 歴の組:
    """宛名番号 → 歴（履歴番号の順）。"""
    found: dict[str, list[Any]] = {}
    for row in 住民履歴.objects.filter(宛名番号__in=sorted(set(宛名番号))).order_by("宛名番号", "履歴番号"):
        found.setdefault(row.宛名番号, []).append(row)
    return {number: 行にする(rows) for number, rows in found.items()}


def _関わる人の歴(case: 案件) -> 歴の組:
    """対象の人、その（今と異動日の）世帯の人、入る世帯の人、取り消す届出で動いた人。"""
    own = 歴を読む(case.各人)
    if case.種類.符号 == "cancel":
        cases = {r.出所.届出番号 for rows in own.values() for r in rows} - {None}
        others = 住民履歴.objects.filter(届出番号__in=cases).values_list("宛名番号", flat=True)
        own = 歴を読む({*own, *others})
        lived = {r.状態.世帯番号 for rows in own.values() for r in rows}
        return own | 歴を読む(_世帯の人(sorted(lived)) - own.keys())
    households = {rows[-1].状態.世帯番号 for rows in own.values()} | {case.共通.get("入る世帯") or ""}
    households |= {r.状態.世帯番号 for rows in own.values() if (r := その日の行(rows, case.有効日))}
    return own | 歴を読む(_世帯の人(sorted(households - {""})) - own.keys())


def _世帯の人(世帯番号: Sequence[str]) -> set[str]:
    """今か過去に、その世帯にいた人。"""
    now = 住民.objects.filter(世帯番号__in=世帯番号).values_list("宛名番号", flat=True)
    past = 住民履歴.objects.filter(世帯番号__in=世帯番号).values_list("宛名番号", flat=True)
    return {*now, *past}


def _遡り(case: 案件, more: int) -> 警告:
    return 警告(
        番号="JK-A106",
        文=f"異動日（{case.異動日.表示}）より後の異動があり、{more}件を載せ直します。",
        対処="後の異動の内容が正しいままかを、歴で確かめてください。",
        根拠="標準仕様書1.2.1。",
    )
