"""日付の欄。打たれた文字を kernel が読み、誤りはその番号と直し方のまま欄の下に出す。"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日, 不詳日を読む
from tsugaru.kernel.wareki import 和暦表示, 日付を読む
from tsugaru.platform.screens.widgets import WarekiInput


class WarekiField(forms.Field):
    """日（datetime.date）。和暦・西暦のどちらで打ってもよい。空は None。"""

    widget = WarekiInput

    def to_python(self, value: Any) -> date | None:
        """読めなければ ValidationError（文は kernel の番号つきの文）。"""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return 日付を読む(str(value), 項目=str(self.label or "日付"))
        except 業務エラー as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """直すために開いたとき、今の値を和暦で入れておく（打ち間違いは打ったまま返す）。"""
        return 和暦表示(value) if isinstance(value, date) else value


class UncertainDateField(forms.Field):
    """不詳のことがある日（生年月日・死亡日など）。値は 不詳日。空は None。"""

    widget = WarekiInput(attrs={"data-wareki": "uncertain", "maxlength": "72", "data-width": "m"})

    def to_python(self, value: Any) -> 不詳日 | None:
        """「昭和10年頃」「推定昭和10年3月」などは書いたとおりに残る。"""
        if value in self.empty_values:
            return None
        if isinstance(value, 不詳日):
            return value
        try:
            return 不詳日を読む(str(value), 項目=str(self.label or "日付"))
        except 業務エラー as error:
            raise ValidationError(str(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        """今の値を書かれたとおりに入れておく。"""
        return value.表示 if isinstance(value, 不詳日) else value
