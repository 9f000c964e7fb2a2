"""画面のフォームの土台。Django の既定の文を、番号と直し方のある文に替える。

まだ無いもの: 欄をまたぐ検査の文（業務が自分の番号で書く）。
"""

from typing import Any

from django import forms

MESSAGES = {
    "required": "SC-0101 空です。必ず入力してください。",
    "invalid_choice": "SC-0102 選べない値です（%(value)s）。一覧から選び直してください。",
    "max_length": "SC-0103 長すぎます（%(show_value)d文字）。%(limit_value)d文字までに直してください。",
    "min_length": "SC-0104 短すぎます（%(show_value)d文字）。%(limit_value)d文字以上で入力してください。",
    "null_characters_not_allowed": "SC-0105 使えない文字（U+0000）があります。消してください。",
    "invalid_list": "SC-0106 選び方を読めません。選び直してください。",
}
CHOOSE = "SC-0107 選ばれていません。必ず選んでください。"
CHECK = "SC-0108 印がありません。確かめて印を付けてください。"


class ScreenForm(forms.Form):
    """文が日本語で番号を持つフォーム。欄に自分の文を書けばそれが勝つ。

    ブラウザの検査は使わない（文が端末ごとに違い、番号も無い）。必須の印は見出しに出る。
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """既定の文だけを差し替える。"""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak(field)


def _speak(field: forms.Field) -> None:
    for key, message in (MESSAGES | {"required": _required(field)}).items():
        given = field.error_messages.get(key)
        if given is None or given is _default(field, key):
            field.error_messages[key] = message


def _required(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return CHECK
    return CHOOSE if isinstance(field, forms.ChoiceField) else MESSAGES["required"]


def _default(field: forms.Field, key: str) -> object:
    """その種類の欄に Django が決めている文（欄を書いた人の文ではないことを見分ける）。"""
    for kind in type(field).__mro__:
        messages = getattr(kind, "default_error_messages", {})
        if key in messages:
            return messages[key]
    return None
