"""仕事の種類。業務は `gyomu/<業務>/jobs.py` に `JOBS`（種類の並び）を書く。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Step:
    """一歩の結果。done が total に届けば仕事は済む。result は、それまでの「できたもの」に足す。"""

    done: int
    total: int
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """一つの種類。step は job.done の続きを一歩だけ進める。

    whole なら、一歩と進みが一つのトランザクションになる（殺されれば、その一歩はなかったことになる）。自分で
    トランザクションを分ける長い計算は whole=False とし、同じ一歩を二度呼ばれても同じ結果になるように書く。
    """

    code: str
    name: str
    step: Callable[[Job, Clock], Step]
    gyomu: str = ""
    whole: bool = True


def find(code: str) -> JobKind:
    """種類を引く。無ければ JB-0001。"""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "jobs") and config.label != "jobs":
            for kind in import_module(f"{config.name}.jobs").JOBS:
                if kind.code == code:
                    found: JobKind = kind
                    return found
    raise 業務エラー(
        "JB-0001",
        f"仕事の種類「{code}」はありません。",
        "使える業務と、この設置の版を確かめてください。",
    )
