"""目次。使われていて、その所属に権限のある業務だけが載る。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.apps import AppConfig, apps
from django.urls import NoReverseMatch, reverse

from tsugaru.council import service
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity.models import Staff

COMMON = (
    ("閲覧記録", "access_log", "audit"),
    ("職員と権限", "staff", "shell"),
    ("応答時間", "sla", "shell"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """目次の一つ。"""

    name: str
    url: str
    key: str
    gyomu: str


@dataclass(frozen=True, slots=True)
class Group:
    """目次の一群。"""

    name: str
    items: list[Item]


def build(municipality: str, staff: Staff) -> list[Group]:
    """業務の目次（群ごと）。"""
    return _build(
        service.used(municipality), frozenset(gyomu for gyomu, _, _ in authz.rights_of(staff.section))
    )


@lru_cache(maxsize=256)
def _build(used: frozenset[str], rights: frozenset[str]) -> list[Group]:
    """同じ業務と権限なら同じ目次になる（URL は動いている間に変わらない）。"""
    items = [_item(config) for config in _gyomu_apps() if config.label in used and config.label in rights]
    common = [Item(name, reverse(url), "", gyomu) for name, url, gyomu in COMMON if gyomu in rights]
    groups = [Group("業務", [i for i in items if i]), Group("共通", common)]
    return [group for group in groups if group.items]


def _gyomu_apps() -> list[AppConfig]:
    found = [c for c in apps.get_app_configs() if c.name.startswith("tsugaru.gyomu.")]
    return sorted(found, key=lambda c: getattr(c, "number", 99))


def _item(config: AppConfig) -> Item | None:
    label = config.label
    try:
        url = reverse(f"{label}:home")
    except NoReverseMatch:
        return None
    return Item(str(config.verbose_name), url, "", label)
