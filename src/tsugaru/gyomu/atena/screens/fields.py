"""フォームの土台: 項目の検査を domain に任せ、誤りを欄のそばに全て並べる。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.offices import 全ての業務, 業務の名
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm

業務の選択肢 = [(key, name) for key, name in 業務の名.items() if key]
指定なし = "（指定なし）"
余り = 4
"""異体字選択子は文字数に数えないので、欄の長さは何倍か取り、数えるのは kernel に任せる。"""


def 文(label: str, 最大: int, *, required: bool = False, width: str = "m", hint: str = "") -> forms.CharField:
    """一行の文の欄。"""
    return forms.CharField(
        label=label,
        required=required,
        max_length=最大 * 余り,
        help_text=hint,
        widget=forms.TextInput(attrs={"data-width": width, "spellcheck": "false"}),
    )


def 選ぶ(label: str, choices: list[tuple[str, str]], *, required: bool = True) -> forms.ChoiceField:
    """一覧から選ぶ欄。"""
    return forms.ChoiceField(label=label, choices=choices, required=required)


def 業務欄(空: str = 全ての業務) -> forms.ChoiceField:
    """業務。空 は、選ばないときの呼び名。"""
    return 選ぶ("業務", [("", 空), *業務の選択肢], required=False)


class 欄(ScreenForm):
    """検査 は 項目 → domain の検査、並び は 箱の見出しと欄の名（画面はこの順に並べる）。"""

    検査: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    並び: ClassVar[Sequence[tuple[str, str]]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """欄の順を並びに合わせる（誤りのまとめも同じ順になる）。"""
        super().__init__(*args, **kwargs)
        if self.並び:
            self.order_fields([name for _, names in self.並び for name in names.split()])

    def 箱(self) -> list[tuple[str, list[BoundField]]]:
        """画面に並べる箱。"""
        if not self.並び:
            return [("", [*self])]
        return [(title, [self[name] for name in names.split()]) for title, names in self.並び]

    def clean(self) -> dict[str, Any]:
        """空でない値だけを検査する。"""
        given = super().clean() or self.cleaned_data
        for 項目, check in self.検査.items():
            value = given.get(項目)
            if value:
                self.試す(partial(check, value), 項目)
        return given

    def 試す(self, act: Callable[[], Any], 項目: str = "") -> Any:
        """業務エラー を欄（なければ全体）の誤りにする。"""
        try:
            return act()
        except 業務エラー as error:
            self.誤りを載せる(error, 項目)
            return None

    def 誤りを載せる(self, error: 業務エラー, 項目: str = "") -> None:
        """誤りの項目の欄があれば欄に、なければまとめに出す。"""
        place = next((name for name in (error.項目, 項目) if name and name in self.fields), None)
        self.add_error(place, str(error))


class 住所欄(欄):
    """住所・送付先の九つの欄。全て空なら住所なし。"""

    郵便番号 = 文("郵便番号", 8, width="s")
    都道府県 = 文("都道府県", 4, width="s")
    市区町村 = 文("市区町村", 12, hint="郡のある町村は郡名から")
    町字 = 文("町字", 120, hint="大字・字・丁目まで")
    番地号 = 文("番地・号", 50, hint="１２番地３ のように")
    方書 = 文("方書", 300, width="l")
    方書フリガナ = 文("方書フリガナ", 300, width="l")
    国名 = 文("国名（国外）", 100)
    国外住所 = 文("国外の住所", 300, width="l")

    住所の項目: ClassVar[dict[str, str]] = {
        "郵便番号": "postcode", "都道府県": "prefecture", "市区町村": "city", "町字": "town", "番地号": "lot",
        "方書": "building", "方書フリガナ": "building_kana", "国名": "country", "国外住所": "abroad",
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """住所が書かれていれば、全体として確かめる。"""
        given = super().clean()
        place = self.住所()
        if place:
            self.試す(lambda: checks.住所(place))
        return given

    def 住所(self) -> Address | None:
        """書かれた住所。"""
        values: dict[str, Any] = {
            name: self.cleaned_data.get(項目) or "" for 項目, name in self.住所の項目.items()
        }
        if not any(values.values()):
            return None
        return Address(**values | {"postcode": values["postcode"].replace("-", "")})

    @classmethod
    def 初めの値(cls, place: Address) -> dict[str, str]:
        """今の住所を欄に入れておく。"""
        return {項目: getattr(place, name) for 項目, name in cls.住所の項目.items()}


住所の並び = "郵便番号 都道府県 市区町村 町字 番地号 方書 方書フリガナ 国名 国外住所"


class 手続欄(欄):
    """どの入力にも要る、いつのことかと備考。"""

    異動日 = WarekiField(label="異動日")
    備考 = 文("備考", 200, width="l")
