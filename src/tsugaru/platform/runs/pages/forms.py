"""計算の頁の欄。"""

from __future__ import annotations

from typing import Any

from django import forms

from tsugaru.platform.runs.definition import RunDefinition
from tsugaru.platform.runs.models import Kind, Run, State
from tsugaru.platform.runs.pages.mounted import RunPages
from tsugaru.platform.screens.fields import WarekiField
from tsugaru.platform.screens.forms import ScreenForm


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class NewForm(ScreenForm):
    """準備。差し替えるときだけ、差し替える実行と理由を言う。"""

    definition = forms.ChoiceField(label="計算", widget=forms.Select(attrs={"data-autofocus": True}))
    kind = forms.ChoiceField(label="種類", choices=Kind.choices)
    period = forms.CharField(label="期間", max_length=10, widget=_text(**{"data-width": "s"}))
    supersedes = forms.ChoiceField(label="差し替える実行", required=False)
    reason = forms.CharField(
        label="差し替える理由", max_length=200, required=False, widget=_text(**{"data-width": "l"})
    )

    def __init__(self, pages: RunPages, *args: Any, **kwargs: Any) -> None:
        """選べるのは、この業務の定義と確定した実行だけ。"""
        super().__init__(*args, **kwargs)
        self._pages = pages
        confirmed = Run.objects.filter(gyomu=pages.gyomu, state=State.CONFIRMED).order_by("-pk")
        self._confirmed = {str(run.pk): run for run in confirmed}
        self._choose("definition", [(one.code, one.name) for one in pages.definitions])
        offered = [
            (key, f"{pages.name_of(r)}　{r.period}（実行{key}）") for key, r in self._confirmed.items()
        ]
        self._choose("supersedes", [("", "差し替えない"), *offered])
        self.fields["period"].help_text = pages.period_hint

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def superseded(self) -> Run | None:
        """差し替える実行。"""
        return self._confirmed.get(self.cleaned_data.get("supersedes") or "")

    def clean(self) -> dict[str, Any]:
        """定義に合わない種類・期間、二つ目の確定になるものを、計算の前に断る。"""
        values: dict[str, Any] = super().clean() or {}
        if {"definition", "kind", "period"} <= values.keys():
            definition = self._pages.definition(values["definition"])
            self._check_period(definition, values)
            if not self.errors:
                self._check_successor(definition, values)
        return values

    def _check_period(self, definition: RunDefinition, values: dict[str, Any]) -> None:
        if Kind(values["kind"]) not in definition.kinds:
            allowed = "・".join(kind.label for kind in definition.kinds)
            self.add_error("kind", f"RN-0031 {definition.name}の種類は {allowed} です。選び直してください。")
        wrong = definition.period_check(values["period"]) if definition.period_check else None
        if wrong:
            self.add_error("period", f"RN-0032 期間「{values['period']}」は{wrong}。書き直してください。")

    def _check_successor(self, definition: RunDefinition, values: dict[str, Any]) -> None:
        same = [
            r
            for r in self._confirmed.values()
            if (r.definition, r.period) == (definition.code, values["period"])
        ]
        old = self.superseded()
        if old is None and same and values["kind"] != Kind.TRIAL:
            self.add_error(
                "supersedes",
                f"RN-0007 {values['period']} の確定した実行（実行{same[0].pk}）が、もうあります。"
                "差し替えるならそれと理由を入れ、確かめるだけなら種類を試算にしてください。",
            )
        if old is not None and old not in same:
            self.add_error(
                "supersedes",
                f"RN-0033 実行{old.pk}は {self._pages.name_of(old)} {old.period} のものです。"
                "同じ計算・同じ期間の実行を選んでください。",
            )
        if old is not None and not values["reason"]:
            self.add_error("reason", "RN-0002 差し替える理由が空です。何を直すための計算かを書いてください。")


class SignForm(ScreenForm):
    """束の署名。"""

    note = forms.CharField(
        label="所見",
        max_length=200,
        required=False,
        widget=_text(**{"data-width": "l", "data-autofocus": True}),
    )


class ConfirmForm(ScreenForm):
    """確定。"""

    book_period = forms.CharField(
        label="帳簿の期間",
        max_length=10,
        help_text="会計年度（例: 2026）",
        widget=_text(**{"data-width": "s"}),
    )
    effective_on = WarekiField(label="効力の日", help_text="台帳の記帳に載る日付")


class DiscardForm(ScreenForm):
    """破棄。"""

    reason = forms.CharField(
        label="理由", max_length=200, widget=_text(**{"data-width": "l", "data-autofocus": True})
    )


class DiffForm(ScreenForm):
    """比べる二つの実行。"""

    before = forms.ChoiceField(label="前の実行", widget=forms.Select(attrs={"data-autofocus": True}))
    after = forms.ChoiceField(label="後の実行")

    def __init__(self, pages: RunPages, *args: Any, **kwargs: Any) -> None:
        """選べるのは、計算の済んだ実行だけ（新しい順に二百）。"""
        super().__init__(*args, **kwargs)
        done = Run.objects.filter(gyomu=pages.gyomu, results__isnull=False).order_by("-pk")[:200]
        choices = [
            (str(r.pk), f"実行{r.pk}　{pages.name_of(r)}　{r.period}（{State(r.state).label}）") for r in done
        ]
        for name in ("before", "after"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """同じ実行どうしは比べない。"""
        values: dict[str, Any] = super().clean() or {}
        if values.get("before") and values.get("before") == values.get("after"):
            self.add_error("after", "RN-0034 前と後が同じ実行です。違う実行を選んでください。")
        return values
