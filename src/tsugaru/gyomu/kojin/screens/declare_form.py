"""住民税申告の欄。事実の欄は申告書の段のとおりに並ぶ。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from tsugaru.gyomu.kojin.domain import units
from tsugaru.gyomu.kojin.domain.declared_items import 書ける事実, 段, 段たち
from tsugaru.gyomu.kojin.domain.trial import 申告書
from tsugaru.gyomu.kojin.screens.fact_fields import field_of
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm


class DeclareForm(ScreenForm):
    """申告の全ての欄。seen は報告書などの今の値（欄のそばに見せる）、today は受付日の上限。"""

    受付日 = WarekiField(label="受付日")
    申告者 = forms.ChoiceField(
        label="申告者", choices=[("本人", "本人"), ("代理人", "代理人")], widget=forms.RadioSelect
    )
    収入なし = forms.BooleanField(
        label="収入なしの申告",
        required=False,
        widget=forms.CheckboxInput({"data-key": "F3", "data-key-label": "収入なし"}),
    )

    def __init__(self, *args: Any, seen: Mapping[str, int], today: date, **options: Any) -> None:
        """事実の欄を足す。"""
        super().__init__(*args, **options)
        self.today = today
        for name in 書ける事実:
            value = seen.get(name)
            hint = f"今 {units.文字(name, value)}" if value else ""
            self.fields[name] = field_of(name, help_text=hint)

    def clean_受付日(self) -> date:
        """先の日は受け付けられない。"""
        value: date = self.cleaned_data["受付日"]
        if value > self.today:
            raise forms.ValidationError(
                "KJ-3123 受付日が今日より先です。申告書を受けた日を入れてください。", code="KJ-3123"
            )
        return value

    def wanted(self) -> 申告書:
        """打たれた申告（書かれた項目だけ）。"""
        values = self.cleaned_data
        written = {名: values[名] for 名 in 書ける事実 if values.get(名) is not None}
        return 申告書(
            事実=written, 収入なし=values["収入なし"], 受付日=values["受付日"], 申告者=values["申告者"]
        )

    def groups(self) -> Iterator[tuple[段, list[BoundField], bool]]:
        """（段, 欄, 開いておくか）。"""
        for one in 段たち:
            fields = [self[name] for name in one.名たち]
            used = any(field.value() not in (None, "") or field.help_text or field.errors for field in fields)
            yield one, fields, used or not one.たたむ
