"""入力欄の見た目。和暦の読みが付く日付と、右寄せの数。"""

from typing import Any

from django import forms


class WarekiInput(forms.TextInput):
    """日付の欄。両方の暦を打ったまま送り、読みは欄のそばに出る（static/screens/wareki.js）。"""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """placeholder は出さない（打った物と見分けにくい）。"""
        super().__init__({"data-wareki": True, "maxlength": "40", "spellcheck": "false", **(attrs or {})})


class NumberInput(forms.TextInput):
    """金額・数の欄。右寄せ。全角やコンマも打てるよう type=number にしない。"""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """inputmode だけを付ける。"""
        super().__init__({"data-number": True, "inputmode": "numeric", "maxlength": "20", **(attrs or {})})
