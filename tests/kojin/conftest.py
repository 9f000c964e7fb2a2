"""課税台帳のある町。"""

from __future__ import annotations

import pytest

from tests.kojin.office import 町, 町を作る, 確定する
from tests.support.staff import Desk, sit
from tests.support.web import Browser
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.tenancy.directory import Municipality


@pytest.fixture
def 賦課した町(here: Municipality, clock: FixedClock) -> 町:
    """当初賦課を確定した町。"""
    made = 町を作る(clock=clock)
    確定する(clock=clock)
    return made


@pytest.fixture
def 税務課(here: Municipality, clock: FixedClock) -> Desk:
    """税務課の職員が席に着いている。"""
    return sit("税務課", clock=clock)


@pytest.fixture
def 端末(税務課: Desk, here: Municipality) -> Browser:
    """税務課の端末。"""
    return Browser(税務課, here)
