"""目次。使われていて、その所属に権限のある業務だけが載る。"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from tsugaru.council import service
from tsugaru.platform.authz import api as authz
from tsugaru.platform.identity.models import Staff


@dataclass(frozen=True, slots=True)
class Item:
    """目次の一つ。"""

    name: str
    url: str
    key: str
    gyomu: str


def build(municipality: str, staff: Staff) -> list[dict[str, object]]:
    """業務の目次（群ごと）。"""
    used = service.used(municipality)
    rights = {gyomu for gyomu, _, _ in authz.rights_of(staff.section)}
    items = [_item(config) for config in _gyomu_apps() if config.label in used and config.label in rights]
    common = [Item("閲覧記録", reverse("access_log"), "", "audit")] if "audit" in rights else []
    groups = [{"name": "業務", "items": [i for i in items if i]}, {"name": "共通", "items": common}]
    return [g for g in groups if g["items"]]


def _gyomu_apps() -> list[object]:
    found = [c for c in apps.get_app_configs() if c.name.startswith("tsugaru.gyomu.")]
    return sorted(found, key=lambda c: getattr(c, "number", 99))


def _item(config: object) -> Item | None:
    label = str(getattr(config, "label", ""))
    try:
        url = reverse(f"{label}:home")
    except NoReverseMatch:
        return None
    return Item(str(getattr(config, "verbose_name", label)), url, "", label)
