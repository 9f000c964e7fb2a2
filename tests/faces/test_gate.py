"""使わない業務は URL ごと無い。全ての URL を urlconf から数え上げるので、新しい画面も漏れない。"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from tests.support.staff import Desk
from tests.support.web import Browser

from tsugaru.council import service
from tsugaru.faces.web import gate
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


def _paths(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    for one in patterns:
        route = prefix + re.sub(
            r"<int:\w+>",
            "1",
            re.sub(r"<uuid:\w+>", "0" * 8 + "-0000-0000-0000-" + "0" * 12, str(one.pattern)),
        )
        route = re.sub(r"<\w+:\w+>|<\w+>", "0000000012", route)
        if isinstance(one, URLResolver):
            yield from _paths(one.url_patterns, route)
        else:
            yield route


def _gyomu_paths() -> list[str]:
    return [p for p in _paths(get_resolver().url_patterns) if p.strip("/").split("/")[0] in settings.GYOMU]


@pytest.mark.parametrize("gyomu", settings.GYOMU)
@pytest.mark.parametrize("method", ["get", "post"])
def test_使わない業務のURLはどの動詞でも404(
    desk: Desk, here: Municipality, monkeypatch: pytest.MonkeyPatch, gyomu: str, method: str
) -> None:
    browser = Browser(desk, here)
    monkeypatch.setattr(service, "used", lambda code: frozenset(settings.GYOMU) - {gyomu})
    paths = [p for p in _gyomu_paths() if p.startswith(f"/{gyomu}/")]
    for path in paths:
        response = getattr(browser, method)(path)
        assert (response.status_code, "SY-0404" in response.content.decode()) == (404, True), path
    assert _gyomu_paths()


def test_使う業務の門は開いている(here: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "used", lambda code: frozenset(settings.GYOMU))
    assert not [p for p in _gyomu_paths() if gate.closed(p, here.code)]


def test_業務でない道は門を通らない(here: Municipality) -> None:
    assert not gate.closed("/", here.code) and not gate.closed("/search", here.code)
