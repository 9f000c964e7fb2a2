"""どの業務も使う頁の試験の土台: 「試験」という業務を一つ据える。税務課は全て、市民課は見るだけができる。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import override_settings
from tests.platform.pages import office
from tests.web.conftest import Person, Terminal, chain, hire, seated, town, web_towns

from tsugaru.platform.authz.models import Right
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

__all__ = ["chain", "hire", "seated", "town", "web_towns"]
GRANTED = [("税務課", o) for o in ("照会", "一括", "決裁")] + [("市民課", "照会")]


@pytest.fixture
def shiken(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> Iterator[Municipality]:
    """業務の URL・権限・定義がある団体。"""
    office.use(monkeypatch.setattr)
    with bind(town.code):
        rows = [Right(section=s, gyomu="shiken", operation=o, field_class="税額") for s, o in GRANTED]
        Right.objects.filter(gyomu="shiken").delete()
        Right.objects.bulk_create(rows)
    with override_settings(ROOT_URLCONF="tests.platform.pages.urls"):
        yield town
    with bind(town.code):
        Right.objects.filter(gyomu="shiken").delete()


@pytest.fixture
def staff(shiken: Municipality, seated: Callable[..., tuple[Terminal, Person]]) -> Callable[..., Any]:
    """その所属の職員。fresh なら、本人確認も済ませている。"""

    def make(section: str = "税務課", *, fresh: bool = True) -> tuple[Terminal, Person]:
        terminal, person = seated(section)
        if fresh:
            terminal.confirm(person)
        return terminal, person

    return make
