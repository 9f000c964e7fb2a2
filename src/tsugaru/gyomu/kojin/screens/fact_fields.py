"""事実の名から作る入力欄。額は全角・カンマ・△を受け、該当は 書かない・該当・該当しない の三つから選ぶ。"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tsugaru.gyomu.kojin.domain import units
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.yen import 円を読む, 金額表示
from tsugaru.law.kojin.public import 個人住民税
from tsugaru.platform.screens.forms import MESSAGES
from tsugaru.platform.screens.widgets import NumberInput

多すぎる人数 = 30
WRITTEN = [("", "―"), ("1", "該当"), ("0", "該当しない")]


class WholeField(forms.Field):
    """円・人・年・月の整数。空は None（書かれていない）で、0 とは違う。"""

    def __init__(self, name: str, **options: Any) -> None:
        """単位と負の可否は、法令の事実の宣言による。"""
        declared = 個人住民税.事実.get(name)
        self.unit, self.negative = units.単位(name), bool(declared and declared.負可)
        super().__init__(label=name, required=False, widget=NumberInput({"data-width": "s"}), **options)

    def to_python(self, value: Any) -> Any:
        """読めなければ kernel の番号（YN-0001）、範囲の外なら KJ-3122。"""
        if value in self.empty_values:
            return None
        try:
            found = 円を読む(str(value), 項目=str(self.label))
        except 業務エラー as error:
            raise ValidationError(str(error), code=error.code) from error
        if (found < 0 and not self.negative) or (self.unit == "人" and found > 多すぎる人数):
            limit = f"0〜{多すぎる人数}人" if self.unit == "人" else "0円以上"
            raise ValidationError(
                f"KJ-3122 「{self.label}」に{金額表示(found)}は入れられません（{limit}）。打ち間違いを直してください。",
                code="KJ-3122",
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """今の値は桁を区切って入れておく（打ち間違いは打ったまま返す）。"""
        return 金額表示(value) if isinstance(value, int) else value


class WrittenField(forms.TypedChoiceField):
    """該当の事実。書かない（―）は、該当しないとは違う。"""

    def __init__(self, name: str, **options: Any) -> None:
        """選択は三つ。"""
        super().__init__(
            label=name, required=False, choices=WRITTEN, coerce=int, empty_value=None,
            widget=forms.Select({"data-width": "s"}), error_messages={"invalid_choice": MESSAGES["invalid_choice"]}, **options,
        )  # fmt: skip


def field_of(name: str, **options: Any) -> forms.Field:
    """事実の欄。"""
    return WrittenField(name, **options) if units.該当の名(name) else WholeField(name, **options)
