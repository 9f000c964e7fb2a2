"""ログインと本人確認の欄。"""

from __future__ import annotations

from typing import Any

from django import forms

PURPOSES = ["窓口", "電話照会", "文書照会", "職権調査", "審査・決裁", "点検", "その他"]


class StepForm(forms.Form):
    """もう一度の本人確認。初めの欄に焦点がある。"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        next(iter(self.fields.values())).widget.attrs["data-autofocus"] = ""

    password = forms.CharField(
        label="パスワード",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    code = forms.RegexField(
        r"^[0-9]{6}$",
        label="確認番号（6桁）",
        error_messages={"invalid": "確認番号は半角の数字6桁で入れてください。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LoginForm(StepForm):
    """席に着く。"""

    number = forms.CharField(
        label="職員番号",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    purpose = forms.ChoiceField(label="用務", choices=[(p, p) for p in PURPOSES], initial=PURPOSES[0])
    field_order = ["number", "password", "code", "purpose"]
