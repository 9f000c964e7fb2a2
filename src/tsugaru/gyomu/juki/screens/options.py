"""選ぶ欄の選択肢を、画面を開いたときに決める。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django import forms


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """その欄の選択肢を替える。"""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offered(form: forms.BaseForm, name: str) -> list[str]:
    """今の選択肢の値。"""
    pairs = cast(list[tuple[str, str]], cast(forms.ChoiceField, form.fields[name]).choices)
    return [value for value, _ in pairs]
