"""受け取りの頁の欄。"""

from __future__ import annotations

from typing import Any

from django import forms

from tsugaru.platform.inbound.pages.mounted import InboundPages
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.widgets import NumberInput

MOST_BYTES = 12 * 2**20
INTEGER = "IB-0031 整数ではありません。数字だけを入れてください。"
RANGE = "IB-0032 入れられる範囲を外れています（%(limit_value)s まで）。桁を確かめてください。"


def _integer(
    label: str, *, low: int, high: int, required: bool = False, **options: Any
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        widget=NumberInput(attrs={"data-width": "s"}),
        error_messages={"invalid": INTEGER, "min_value": RANGE, "max_value": RANGE},
        **options,
    )


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class CountsForm(ScreenForm):
    """差出人が知らせた数。知らせのないものは空のままにする。"""

    parts = _integer("ファイルの数", low=1, high=999, help_text="いくつに分かれて届くか。知らせがなければ空")
    rows = _integer("件数", low=0, high=99_999_999, help_text="知らせがなければ空")
    total = _integer("合計額（円）", low=-(10**15), high=10**15, help_text="知らせがなければ空")


class AnnounceForm(CountsForm):
    """数の訂正。"""

    reason = forms.CharField(label="訂正の理由", max_length=200, widget=_text(**{"data-width": "l"}))


class NewForm(CountsForm):
    """届くはずのもの。"""

    kind = forms.ChoiceField(label="種類", widget=forms.Select(attrs={"data-autofocus": True}))
    period = forms.CharField(label="期間", max_length=10, widget=_text(**{"data-width": "s"}))
    sender = forms.CharField(label="差出人", max_length=60, widget=_text(**{"data-width": "l"}))
    due_on = WarekiField(label="期限", required=False)
    field_order = ["kind", "period", "sender", "parts", "rows", "total", "due_on"]

    def __init__(self, pages: InboundPages, *args: Any, **kwargs: Any) -> None:
        """種類は、この業務のものから選ぶ。"""
        super().__init__(*args, **kwargs)
        self._pages = pages
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(one, one) for one in pages.kinds]
        self.fields["period"].help_text = pages.period_hint

    def clean(self) -> dict[str, Any]:
        """期間の書き方。違えば、どのファイルも「前の年のファイル」になってしまう。"""
        values: dict[str, Any] = super().clean() or {}
        check = self._pages.period_check
        wrong = (
            check(values["kind"], values["period"]) if check and {"kind", "period"} <= values.keys() else None
        )
        if wrong:
            self.add_error("period", f"IB-0033 期間「{values['period']}」は{wrong}。書き直してください。")
        return values


class UploadForm(ScreenForm):
    """ファイルを入れる。"""

    file = forms.FileField(
        label="ファイル",
        max_length=255,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"data-autofocus": True}),
        error_messages={"required": "IB-0034 ファイルが選ばれていません。選んでから受け取ってください。"},
    )
    part = _integer("何番目", low=1, high=999, required=True)
    parts = _integer("いくつのうち", low=1, high=999, required=True)

    def clean_file(self) -> Any:
        """大きすぎるファイルは読まない。"""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise forms.ValidationError(
                f"IB-0030 ファイルが大きすぎます（{uploaded.size:,}バイト）。"
                f"{MOST_BYTES // 2**20}MBまでに分けて届けてもらってください。"
            )
        return uploaded


class ReasonForm(ScreenForm):
    """理由だけ。"""

    reason = forms.CharField(
        label="理由", max_length=200, widget=_text(**{"data-width": "l", "data-autofocus": True})
    )


class FaultForm(ScreenForm):
    """誤りの片付け。直せない誤りには、直した値の欄がない。"""

    value = forms.CharField(
        label="直した値", required=False, strip=False, max_length=1_000, widget=_text(**{"data-width": "l"})
    )
    reason = forms.CharField(
        label="理由", max_length=200, help_text="誰に、どう確かめたか", widget=_text(**{"data-width": "l"})
    )

    def __init__(self, *args: Any, correctable: bool, **kwargs: Any) -> None:
        """初めの欄が焦点を受ける。"""
        super().__init__(*args, **kwargs)
        if not correctable:
            del self.fields["value"]
        next(iter(self.fields.values())).widget.attrs["data-autofocus"] = True


class FilterForm(ScreenForm):
    """一覧の絞り込み。"""

    period = forms.ChoiceField(label="期間", required=False)
    kind = forms.ChoiceField(label="種類", required=False)
    only = forms.ChoiceField(
        label="残り", required=False, choices=[("", "全て"), ("left", "反映していないものだけ")]
    )

    def __init__(self, pages: InboundPages, periods: list[str], *args: Any, **kwargs: Any) -> None:
        """選べるのは、登録のある期間とこの業務の種類。"""
        super().__init__(*args, **kwargs)
        for name, values in (("period", periods), ("kind", list(pages.kinds))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "全て"), *((one, one) for one in values)]
