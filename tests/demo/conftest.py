"""合成住民の試験: 一つの町を一度だけ作って使い回す。"""

from __future__ import annotations

from datetime import date

import pytest

from tsugaru.faces.demo.population import Population, population

AS_OF = date(2026, 4, 1)
CODE = "022021"


@pytest.fixture(scope="session")
def town() -> Population:
    """市部の形の1万2千人の町。"""
    return population(CODE, 12_000, 20260401, AS_OF)
