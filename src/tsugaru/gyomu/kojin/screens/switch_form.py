"""特別徴収の異動の欄。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from tsugaru.gyomu.kojin.domain.instalments import 給与の月
from tsugaru.gyomu.kojin.domain.switches import 届, 方法の言葉, 状況, 選べる方法
from tsugaru.gyomu.kojin.screens.fact_fields import WholeField
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm

MONTHS = [("0", "まだ徴収していない"), *((str(m), f"{m}月") for m in 給与の月)]


class SwitchForm(ScreenForm):
    """給与所得者異動届出書の事項。"""

    事由 = forms.ChoiceField(
        label="事由", choices=[(one, one) for one in 選べる方法], widget=forms.RadioSelect
    )
    異動日 = WarekiField(label="異動日")
    徴収済の月 = forms.TypedChoiceField(
        label="最後に特別徴収した月", choices=MONTHS, coerce=int, help_text="切替では、徴収を始める月の前の月"
    )
    残りの方法 = forms.ChoiceField(
        label="残りの税額", choices=list(方法の言葉.items()), widget=forms.RadioSelect
    )
    新指定番号 = forms.CharField(
        label="新しい勤め先の指定番号", max_length=12, required=False, help_text="引継と切替のとき",
        widget=forms.TextInput({"data-width": "s", "inputmode": "numeric"}),
    )  # fmt: skip
    支払われる額 = WholeField(
        "支払われる額", help_text="翌年5月末までに支払われる給与・退職手当等。退職・休職のとき"
    )
    受付日 = WarekiField(label="受付日")
    理由 = forms.CharField(
        label="備考", max_length=200, required=False, widget=forms.TextInput({"data-width": "l"})
    )

    def __init__(self, *args: Any, found: 状況, legal: Sequence[str] = (), **options: Any) -> None:
        """事由は今の徴収からできるものだけ、残りの方法は legal（なければ、その事由の全て）だけを出す。"""
        super().__init__(*args, **options)
        reasons = [one for one in 選べる方法 if (one == "切替") != bool(found.義務者)]
        self.fields["事由"] = forms.ChoiceField(
            label="事由", choices=[(one, one) for one in reasons], widget=forms.RadioSelect
        )
        every = {way for one in reasons for way in 選べる方法[one]}
        self.shown = tuple(legal) or tuple(way for way in 方法の言葉 if way in every)
        self.fields["残りの方法"] = forms.ChoiceField(
            label="残りの税額",
            choices=[(way, 方法の言葉[way]) for way in self.shown],
            widget=forms.RadioSelect,
        )

    @property
    def ways(self) -> str:
        """今出している残りの方法。"""
        return ",".join(self.shown)

    @classmethod
    def first(cls, today: date, found: 状況) -> dict[str, Any]:
        """開いたときの値。特別徴収している人は退職、していない人は切替から。"""
        if found.義務者:
            return {"事由": "退職", "残りの方法": "普通", "受付日": today, "徴収済の月": today.month}
        return {"事由": "切替", "残りの方法": "特徴", "受付日": today, "徴収済の月": today.month}

    def wanted(self) -> 届:
        """打たれた届出。"""
        values = self.cleaned_data
        return 届(**{**values, "支払われる額": values["支払われる額"] or 0})


class CancelForm(ScreenForm):
    """取り消す理由。"""

    理由 = forms.CharField(label="取り消す理由", max_length=200, widget=forms.TextInput({"data-width": "l"}))
