"""続柄の欄。符号（02、20 12）でも言葉（子の妻）でも打てる。"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tsugaru.gyomu.juki.domain.codes import 続柄, 続柄の表記

BY_WORD = {z.表示: z.value for z in 続柄} | {
    z.表示.replace("（", "(").replace("）", ")"): z.value for z in 続柄
}
COMMON = ["02", "11", "12", "20", "51", "52", "71", "74", "81", "84", "20 11", "20 12", "20 20", "96", "99"]


class KinshipField(forms.CharField):
    """値は符号の組（最大四つ）。空は空の組。"""

    def __init__(self, **kwargs: Any) -> None:
        """候補の一覧（datalist）は画面に一つだけ置く。"""
        attrs = {"data-width": "s", "list": "kinship", "data-kinship": True, "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        """「20 12」「20の12」「子の妻」を ("20", "12") にする。"""
        text = unicodedata.normalize("NFKC", str(value or "")).strip()
        words = [w for w in re.split(r"[\s,、の・]+", text) if w]
        result = tuple(code for word in words for code in _codes(word))
        if len(result) > 4:
            raise ValidationError(
                "JK-0804 続柄は四つまでです。五つ以上つながる人は縁故者（96）にしてください。標準仕様書1.1.11。"
            )
        return result

    def prepare_value(self, value: Any) -> Any:
        """組で渡されたら符号を並べる。"""
        return " ".join(value) if isinstance(value, tuple) else value

    def validate(self, value: Any) -> None:
        """必須の検査は組で見る。"""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """長さは to_python が見た。"""


def _codes(word: str) -> list[str]:
    known = {z.value for z in 続柄}
    if re.fullmatch(r"(?:[0-9]{2})+", word):
        pairs = [word[i : i + 2] for i in range(0, len(word), 2)]
        if all(pair in known for pair in pairs):
            return pairs
    if word in BY_WORD:
        return [BY_WORD[word]]
    raise ValidationError(
        f"JK-0805 「{word[:10]}」は使えない続柄です。孫は「子の子」（20 20）のように、一覧の語をつないで入れてください。"
        "標準仕様書1.1.11。"
    )


def choices() -> list[tuple[str, str]]:
    """欄の候補。"""
    return [(codes, 続柄の表記(*codes.split())) for codes in COMMON]
