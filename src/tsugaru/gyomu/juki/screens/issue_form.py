"""証明書の請求の欄。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from tsugaru.gyomu.juki.domain.certificate_forms import 様式の一覧, 載せられる事項
from tsugaru.gyomu.juki.domain.certificates import 並べる, 選択
from tsugaru.gyomu.juki.domain.issuing import 請求
from tsugaru.gyomu.juki.models import 住民
from tsugaru.gyomu.juki.screens.options import offer, offered
from tsugaru.gyomu.juki.screens.subject import Person, role
from tsugaru.kernel import moji
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.forms import ScreenForm

OPTIONS = [
    ("続柄", "世帯主・続柄"),
    ("本籍", "本籍・筆頭者"),
    ("個人番号", "個人番号"),
    ("住民票コード", "住民票コード"),
    ("在留", "国籍・在留（外国人）"),
    ("履歴", "履歴（個人票・除票）"),
]
RIGHTS = {"個人番号": "個人番号", "住民票コード": "住民票コード", "本籍": "本籍", "在留": "在留"}


class IssueForm(ScreenForm):
    """様式・載せる人・記載・請求者。人の値は「宛名番号:履歴番号」で、開いた後に変わった人を見分ける。"""

    form = forms.ChoiceField(label="様式", widget=forms.RadioSelect({"data-autofocus": True}))
    people = forms.MultipleChoiceField(label="載せる人", widget=forms.CheckboxSelectMultiple)
    options = forms.MultipleChoiceField(
        label="記載する事項", required=False, widget=forms.CheckboxSelectMultiple, choices=OPTIONS
    )
    items = forms.MultipleChoiceField(
        label="証明する事項",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, name) for name in 載せられる事項],
        help_text="記載事項証明書のとき",
    )
    requester = forms.CharField(label="請求者", max_length=100)
    reason = forms.CharField(label="請求事由", max_length=100, required=False)
    official = forms.BooleanField(label="公用（手数料なし）", required=False)
    unmask = forms.BooleanField(label="支援措置の担当として、住所を開いて作る", required=False)
    accept = forms.BooleanField(label="刷れた部分だけで交付する", required=False)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        """選べるものを、その人の状態と職員の権限で決める。"""
        super().__init__(*args, **kwargs)
        removed = person.row.住民状態 != "1"
        offer(self, "form", usable_forms(person))
        rows = [person.row] if removed else _ordered(person)
        offer(self, "people", [(token(r), f"{r.氏名}（{role(r) or '―'}）") for r in rows])
        offer(self, "options", [o for o in OPTIONS if o[0] not in RIGHTS or person.may("照会", RIGHTS[o[0]])])
        if not disclosure.sheltered(r.宛名番号 for r in rows):
            del self.fields["unmask"]
        if not self.is_bound:
            del self.fields["accept"]
        first = offered(self, "form")
        self.initial.update(
            form=first[0] if first else "",
            people=[token(r) for r in rows],
            requester=person.row.氏名,
            items=["生年月日", "性別", "住所を定めた年月日"],
        )

    def clean_requester(self) -> str:
        """使えない文字を断る。"""
        return moji.検査する文字列(self.cleaned_data["requester"], 項目="請求者", 最大文字数=100)

    def wanted(self) -> 請求:
        """領域に渡す請求。"""
        given = self.cleaned_data
        options = given["options"]
        return 請求(
            様式=given["form"],
            人=tuple((number, int(seen)) for number, seen in (p.split(":") for p in given["people"])),
            選=選択(
                **dict.fromkeys(options, True), 事項=tuple(given["items"]) if given["form"] == "items" else ()
            ),
            請求者=given["requester"],
            請求事由=given["reason"],
            公用=given["official"],
            開示=given.get("unmask", False),
        )


def token(row: 住民) -> str:
    """人と、画面を開いたときの履歴番号。"""
    return f"{row.宛名番号}:{row.履歴番号}"


def _ordered(person: Person) -> Sequence[住民]:
    return [r for r in 並べる(person.members) if isinstance(r, 住民)]


def usable_forms(person: Person) -> list[tuple[str, str]]:
    """その人に出せる様式。除票者には除票だけ、転出の届出がある人には転出証明書も。"""
    removed = person.row.住民状態 != "1"
    moving = person.row.転出予定日 is not None
    return [
        (form.符号, form.名称)
        for form in 様式の一覧.values()
        if (form.符号 == "move_out" and moving) or (form.符号 != "move_out" and form.除票 == removed)
    ]
