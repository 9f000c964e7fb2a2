"""実行の定義。業務は `gyomu/<業務>/runs.py` に `DEFINITIONS`（定義の並び）を書く。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeAlias

import polars as pl
from django.apps import apps
from django.utils.module_loading import module_has_submodule

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger.api import Posting
from tsugaru.platform.runs.models import Kind, Run

Facts: TypeAlias = Mapping[str, pl.DataFrame]
"""事実。表の名 → 表。どの表も subject（宛名番号、文字）の列を持つ。"""
Parameters: TypeAlias = Mapping[str, Any]
Report: TypeAlias = Callable[[int, int], None]
"""進みを知らせる（済んだ数, 全体の数）。"""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """全体の数と、その見込みの範囲。permille は前の実行からの動きの限り（千分率）。"""

    name: str
    measure: Callable[[pl.DataFrame], int]
    low: int | None = None
    high: int | None = None
    permille: int | None = None

    def judge(self, value: int, before: int | None) -> bool:
        """範囲の内か。"""
        within = (self.low is None or self.low <= value) and (self.high is None or value <= self.high)
        if self.permille is None or before is None:
            return within
        return within and abs(value - before) * 1000 <= abs(before) * self.permille


def no_postings(results: pl.DataFrame) -> Iterable[Posting]:
    """台帳に何も記帳しない（記帳が postings_of にあるか、金の動かない計算）。"""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDefinition:
    """何を読み、どう計算し、何を記帳するか。

    read は一つのトランザクション（REPEATABLE READ）の中で呼ばれる。compute はデータベースの外の計算で、結果は
    subject が一人一行の表である。amount は差を量る列（円、整数）。inputs は、揃っていなければならない受け取りの種類。

    記帳は postings（結果だけを見る）か postings_of（実行と事実も見る）で、後者があれば後者による。
    settle は記帳の後に、業務の台帳へ書く。unsettle は差し替えられる実行のそれを打ち消す（差し替えられる実行, 差し替える実行）。
    どれも確定と同じトランザクションの中で呼ばれ、一つでも失敗すれば確定しなかったことになる。このとき実行には、決裁者・
    確定日時・帳簿の期間・効力の日がもう入っている。
    baseline は期間から比べる相手を選ぶ（決めなければ、同じ定義と期間の確定した実行）。
    kinds は準備できる種類、period_check は期間の書き方が違うときの訳（「四桁の年ではありません」。合えば None）。
    """

    code: str
    name: str
    gyomu: str
    read: Callable[[str], Facts]
    parameters: Callable[[str], Parameters]
    law_version: Callable[[], str]
    compute: Callable[[Facts, Parameters, Report], pl.DataFrame]
    amount: str
    postings: Callable[[pl.DataFrame], Iterable[Posting]] = no_postings
    postings_of: Callable[[Run, pl.DataFrame, Facts], Iterable[Posting]] | None = None
    settle: Callable[[Run, pl.DataFrame, Facts], None] | None = None
    unsettle: Callable[[Run, Run], None] | None = None
    baseline: Callable[[str], Run | None] | None = None
    kinds: tuple[Kind, ...] = tuple(Kind)
    period_check: Callable[[str], str | None] | None = None
    inputs: tuple[str, ...] = ()
    aggregates: tuple[Aggregate, ...] = field(default=())


def find(code: str) -> RunDefinition:
    """定義を引く。無ければ RN-0001。"""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "runs") and config.label != "runs":
            for definition in import_module(f"{config.name}.runs").DEFINITIONS:
                if definition.code == code:
                    found: RunDefinition = definition
                    return found
    raise 業務エラー(
        "RN-0001", f"計算の定義「{code}」はありません。", "使える業務と定義の名を確かめてください。"
    )
