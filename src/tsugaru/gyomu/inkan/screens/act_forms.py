"""手続ごとの欄。欄の名は、手続の関数が受け取る値の名と同じである。"""

from __future__ import annotations

from typing import Any

from django import forms

from tsugaru.gyomu.inkan.domain.codes import 事由, 申請の事由, 職権の事由
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm

書類 = [
    "個人番号カード",
    "運転免許証",
    "旅券",
    "在留カード",
    "特別永住者証明書",
    "身体障害者手帳",
    "その他の官公署の証",
]
書類の選択 = [("", "―"), *((one, one) for one in 書類)]


class CardField(forms.RegexField):
    """登録証番号。数字1〜10桁（全角は半角にして受ける）。読取機からも打てる。"""

    def __init__(self, *, first: bool = False, **options: Any) -> None:
        """first なら、頁が開いたときの焦点を受ける（読取機ですぐ読める）。"""
        super().__init__(
            r"^[0-9]{1,10}$",
            max_length=10,
            error_messages={
                "invalid": "IN-0403 登録証番号は数字1〜10桁です。登録証の番号をそのまま入れてください。"
            },
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "data-width": "s"}
                | ({"data-autofocus": True} if first else {})
            ),
            **options,
        )

    def to_python(self, value: Any) -> str:
        """全角の数字を半角に。"""
        table = str.maketrans("０１２３４５６７８９", "0123456789")
        return str(super().to_python(value)).translate(table)


class TextField(forms.CharField):
    """台帳に入る文字。使えない文字（制御文字・絵文字など）は kernel の番号で断る。"""

    def clean(self, value: Any) -> str:
        """長さと文字を確かめる。"""
        text = str(super().clean(value) or "")
        try:
            return moji.検査する文字列(
                text, 項目=str(self.label), 最大文字数=self.max_length or 100, code="IN-0307"
            )
        except 業務エラー as error:
            raise forms.ValidationError(str(error), code=error.code) from error


class ActForm(ScreenForm):
    """どの手続にもある欄。"""

    備考 = TextField(
        label="備考", max_length=200, required=False, widget=forms.TextInput(attrs={"data-width": "l"})
    )


class NewCardForm(ActForm):
    """新しい登録証を渡す。"""

    登録証番号 = CardField(label="新しい登録証番号", first=True)
    field_order = ["登録証番号", "備考"]


class CloseForm(ActForm):
    """廃止の申請。"""

    わけ = forms.ChoiceField(
        label="廃止の事由", choices=[(one.value, one.name) for one in 申請の事由], widget=forms.RadioSelect
    )
    field_order = ["わけ", "備考"]


class RemoveForm(ActForm):
    """職権の抹消。"""

    わけ = forms.ChoiceField(
        label="抹消の事由", choices=[(one.value, one.name) for one in 職権の事由], widget=forms.RadioSelect
    )
    日 = WarekiField(label="事実のあった日")
    field_order = ["わけ", "日", "備考"]


class AnswerForm(ScreenForm):
    """回答書を持って来た。"""

    回答日 = WarekiField(label="回答書を受けた日")
    登録証番号 = CardField(label="渡す登録証番号")
    確認書類 = forms.ChoiceField(label="確認した書類", choices=書類の選択[1:])
    代理人氏名 = TextField(
        label="代理人の氏名", max_length=100, required=False, help_text="代理人が持って来たとき"
    )


class CorrectForm(ActForm):
    """登録事項の書き誤りを直す。"""

    印鑑文字 = TextField(label="印鑑の文字", max_length=50)
    カタカナ表記 = TextField(
        label="氏名のカタカナ表記", max_length=100, required=False, help_text="外国人のとき"
    )
    確認書類 = TextField(label="確認した書類", max_length=100, required=False)
    field_order = ["印鑑文字", "カタカナ表記", "確認書類", "備考"]


FORMS: dict[事由, type[Any]] = {
    事由.回答による登録: AnswerForm,
    事由.照会の取下げ: ActForm,
    事由.登録証の引替: NewCardForm,
    事由.登録証の亡失: ActForm,
    事由.登録証の再交付: NewCardForm,
    事由.一時停止: ActForm,
    事由.停止の解除: ActForm,
    事由.廃止: CloseForm,
    事由.職権抹消: RemoveForm,
    事由.職権回復: ActForm,
    事由.修正: CorrectForm,
}
