"""業務が共通の画面に差し込むもの。業務どうしは知り合わず、AppConfig に書いた名で呼び出される。

    class KokuhoConfig(AppConfig):
        card = "tsugaru.gyomu.kokuho.screens.card.card"        # (宛名番号, request) -> Card | None
        found = "tsugaru.gyomu.kokuho.screens.found.found"     # (宛名番号の列) -> {宛名番号: Found}

card は 総合照会 の業務の札になる。found は検索結果の行に、今の住所番号と開く先を足す。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch
from django.utils.module_loading import import_string

from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """検索結果の一人に業務が足すこと。address は開示の門に渡す住所番号、western は生年月日を西暦で示す人。"""

    url: str
    address: int | None = None
    western: bool = False


def cards(subject: str, request: StaffRequest, *, usable: Iterable[str]) -> list[Card]:
    """使えて権限のある業務の札。Alt+1〜9 の番号を前から振る。"""
    open_to = frozenset(usable)
    made = [_card(call, subject, request) for label, call in _declared("card") if label in open_to]
    shown = [card for card in made if card is not None]
    return [replace(card, key=n if n < 10 else None) for n, card in enumerate(shown, start=1)]


def _card(call: Callable[..., Any], subject: str, request: StaffRequest) -> Card | None:
    """開く先の画面がまだ無い業務の札は出ない（目次と同じ）。"""
    try:
        made = call(subject, request)
    except NoReverseMatch:
        return None
    return made if isinstance(made, Card) else None


def found(subjects: Sequence[str], *, usable: Iterable[str]) -> Mapping[str, Found]:
    """検索結果の人ごとの開く先。先に名乗った業務（番号の小さい業務）が勝つ。"""
    open_to = frozenset(usable)
    result: dict[str, Found] = {}
    for label, call in _declared("found"):
        if label in open_to:
            result = dict(call(subjects)) | result
    return result


def _declared(name: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    configs = sorted(apps.get_app_configs(), key=lambda config: getattr(config, "number", 99))
    for config in configs:
        path = getattr(config, name, None)
        if isinstance(path, str):
            yield config.label, import_string(path)
