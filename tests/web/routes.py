"""URLconf から作る、全ての URL の一覧。新しい URL はここに自分で現れる。"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

ABSENT = "900000000000015"


@dataclass(frozen=True, slots=True)
class Route:
    """一つの URL。引数は、どの団体にもない物を指す値で埋めてある。"""

    name: str
    path: str

    @property
    def gyomu(self) -> str:
        """業務の短名（業務のものでなければ空）。"""
        return self.name.partition(":")[0] if ":" in self.name else ""


def routes() -> list[Route]:
    """全ての URL。"""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda r: r.path)


def _walk(patterns: list[Any], space: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, f"{space}{pattern.namespace}:")
        elif isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}"
            values = {key: _sample(c) for key, c in pattern.pattern.converters.items()}
            yield Route(name, reverse(name, kwargs=values))


def _sample(converter: object) -> object:
    if isinstance(converter, UUIDConverter):
        return uuid.UUID(int=1)
    return 999_999_999 if isinstance(converter, IntConverter) else ABSENT
