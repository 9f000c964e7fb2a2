"""異動の種類の表（domain.kinds）から、画面の欄を作る。欄を足すのは表であって、ここではない。"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from tsugaru.gyomu.juki.domain.contents import 空, 要る項目か
from tsugaru.gyomu.juki.domain.fields import 型, 項目定義
from tsugaru.gyomu.juki.screens.address_fields import PARTS, address_fields, read_address
from tsugaru.gyomu.juki.screens.kinship_field import KinshipField
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.fields import UncertainDateField, WarekiField
from tsugaru.platform.screens.forms import ScreenForm

RADIO_UP_TO = 3
EMPTY = ("", "―")
USUAL = frozenset(["住民種別", "世帯の別"])
"""初めから先頭を選んでおく欄。性別のように取り違えると困る欄は選ばない。"""


@dataclass(frozen=True, slots=True)
class Around:
    """欄の周り: この団体、選べる世帯員、見ている世帯番号、その人の今の値（条件を見るため）。"""

    area: str
    code: str
    members: Sequence[tuple[str, str]] = ()
    household: str = ""
    current: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """画面の一行。when は「住民種別=1」のような条件（画面が合わない行を畳む）。"""

    fields: list[BoundField]
    legend: str = ""
    when: str = ""
    required: bool = False


class KindForm(ScreenForm):
    """項目定義の列から作るフォーム。"""

    def __init__(self, definitions: Sequence[項目定義], around: Around, *args: Any, **kwargs: Any) -> None:
        """今の人に当てはまらない条件の欄は初めから作らない。"""
        self.around = around
        names = {d.名 for d in definitions}
        known = dict(around.current)
        self.definitions = [
            d
            for d in definitions
            if d.条件 is None or d.条件[0] in names or known.get(d.条件[0]) == d.条件[1]
        ]
        made = {n: f for d in self.definitions for n, f in _fields(d, around).items()}
        vars(self)["base_fields"] = made  # 土台が写して文を付ける
        super().__init__(*args, **kwargs)
        self.values: dict[str, Any] = {}

    def lines(self) -> list[Line]:
        """画面に出す行。"""
        result = []
        for d in self.definitions:
            when = "=".join(d.条件) if d.条件 else ""
            if d.型 is 型.住所:
                result.append(Line([self[f"{d.名}.{part}"] for part in PARTS], d.見出し, when, d.必須))
            else:
                result.append(Line([self[d.名]], "", when, d.必須))
        return result

    def clean(self) -> dict[str, Any]:
        """住所を組み、条件の合わない欄を捨て、要る欄が空なら言う。"""
        given = dict(self.cleaned_data)
        values: dict[str, Any] = {}
        for d in self.definitions:
            if d.条件 and d.条件[0] in given and not 要る項目か(d, given):
                continue
            value = self._value(d, given)
            first = f"{d.名}.postcode" if d.型 is 型.住所 else d.名
            if not 空(value):
                values[d.名] = value
            elif d.必須 and first not in self.errors:
                self.add_error(first, f"SC-0101 {d.見出し}が空です。必ず入力してください。")
        self.values = values
        return given

    def _value(self, d: 項目定義, given: Mapping[str, Any]) -> Any:
        if d.型 is 型.番号:
            return unicodedata.normalize("NFKC", given.get(d.名) or "").replace(" ", "").replace("-", "")
        if d.型 is not 型.住所:
            return given.get(d.名)
        try:
            return read_address(dict(given), d.名, own_area=self.around.area, own_code=self.around.code)
        except 業務エラー as error:
            self.add_error(f"{d.名}.postcode", str(error))
            return None

    def focus(self) -> None:
        """足したばかりの人の、写していない最初の欄から打てるようにする。"""
        names = [n for n in ("名", *self.fields) if n in self.fields]
        self.fields[names[0]].widget.attrs["data-autofocus"] = True

    def refuse(self, error: 業務エラー) -> bool:
        """領域の誤りを、その項目の欄に付ける。欄がなければ偽。"""
        name = error.項目 or ""
        target = next((n for n in (name, f"{name}.postcode") if n in self.fields), None)
        if target is None:
            return False
        self.add_error(target, str(error))
        return True


def _fields(d: 項目定義, around: Around) -> dict[str, forms.Field]:
    if d.型 is 型.住所:
        return address_fields(d.名, area=around.area if d.名 == "住所" else "")
    return {d.名: _field(d, around)}


def _field(d: 項目定義, around: Around) -> forms.Field:
    common: dict[str, Any] = {"label": d.見出し, "required": False, "help_text": d.説明}
    if d.型 is 型.日付:
        return WarekiField(**common)
    if d.型 is 型.不詳日:
        return UncertainDateField(**common)
    if d.型 is 型.続柄:
        return KinshipField(**common)
    if d.型 is 型.真偽:
        return forms.BooleanField(**common)
    if d.型 is 型.世帯員:
        return forms.ChoiceField(choices=[EMPTY, *around.members], **common)
    if d.型 is 型.選択:
        return _choice(d, common)
    attrs: dict[str, Any] = {"data-width": "s" if d.長さ and d.長さ <= 20 else "m"}
    if d.型 is 型.文字:
        attrs["data-name"] = True
    initial = around.household if d.型 is 型.世帯 else None
    return forms.CharField(
        max_length=(d.長さ or 100) + 8, initial=initial, widget=forms.TextInput(attrs), **common
    )


def _choice(d: 項目定義, common: dict[str, Any]) -> forms.Field:
    if d.必須 and len(d.選択肢) <= RADIO_UP_TO:
        first = d.選択肢[0][0] if d.名 in USUAL else None
        return forms.ChoiceField(choices=d.選択肢, widget=forms.RadioSelect, initial=first, **common)
    return forms.ChoiceField(choices=[EMPTY, *d.選択肢], **common)
