"""見本の町: どの日の、何人の、どの種の人か。"""

from __future__ import annotations

from datetime import date

from tsugaru.faces.demo.population import Population, population
from tsugaru.platform.tenancy.directory import Municipality

AS_OF = date(2026, 4, 1)
FEWEST = 200


def people_of(town: Municipality, *, scale: float, seed: int) -> Population:
    """同じ町・縮尺・種なら、いつも同じ人。"""
    example = town.facts["見本"]
    wanted = max(FEWEST, round(example["人口"] * scale))
    return population(town.code, wanted, seed, AS_OF, oaza=example["大字"])
