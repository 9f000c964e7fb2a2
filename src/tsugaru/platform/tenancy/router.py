"""どのモデルがどのデータベースに住むか。団体をまたぐ保存をここで止める。"""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from tsugaru.platform.tenancy.connections import ADMINISTRATION, COUNCIL
from tsugaru.platform.tenancy.context import CrossMunicipality, bound_code

COUNCIL_APPS = frozenset({"council"})


class MunicipalRouter:
    """協議会のモデルは council、他は全て結ばれている団体。"""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return self._database(model, hints)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return self._database(model, hints)

    def _database(self, model: type[Model], hints: dict[str, Any]) -> str:
        if model._meta.app_label in COUNCIL_APPS:
            return COUNCIL
        here = f"m{bound_code()}"
        instance = hints.get("instance")
        born = instance._state.db if instance is not None else None
        if born not in (None, here):
            raise CrossMunicipality(owner=born.removeprefix("m"), bound=here.removeprefix("m"))
        return here

    def allow_relation(self, left: Model, right: Model, **hints: Any) -> bool:
        return left._state.db in (None, right._state.db) or right._state.db is None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        if db == COUNCIL:
            return app_label in COUNCIL_APPS
        if db == ADMINISTRATION:
            return app_label not in COUNCIL_APPS
        return False
