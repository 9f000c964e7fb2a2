"""データベースを使う試験の土台。本物の PostgreSQL を一つ起こし、並列の一本ごとに自分の団体を二つ持つ。"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("TSUGARU_HOME", str(Path(__file__).resolve().parent.parent / "var" / "test-home"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsugaru.site.settings")

import django
import pytest

from tests.support import places
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.tenancy import bind, directory
from tsugaru.platform.tenancy.directory import Municipality

django.setup()

from tests.support.staff import Desk, sit  # noqa: E402 Django を起こした後でなければモデルを読めない


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    home = Path(os.environ["TSUGARU_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    with (home / f"{name}.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _worker(worker_id: str) -> int:
    return int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 9


@pytest.fixture(scope="session")
def towns(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Municipality, Municipality]:
    """この並列の一本のための、まっさらな二つの団体。"""
    from tsugaru.faces.cli import boot
    from tsugaru.faces.cli.municipality import bring_up
    from tsugaru.platform.tenancy import provision

    first = _worker(worker_id) * 2 + 1
    folder = tmp_path_factory.mktemp("municipalities")
    with _one_at_a_time("cluster"):
        server = boot.server()
        provision.ensure_template(server)
        provision.ensure_council(server)
        for index in (first, first + 1):
            place = places.write(folder, index)
            provision.remove(server, directory.read(place))
            bring_up(place)
    return directory.by_code(places.code(first)), directory.by_code(places.code(first + 1))


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """xdist の一本の名。xdist がなければ master。"""
    return getattr(request.config, "workerinput", {}).get("workerid", "master")


@pytest.fixture
def clock() -> FixedClock:
    """止まった時計: 令和8年4月20日 10時。"""
    return FixedClock(datetime(2026, 4, 20, 1, 0, tzinfo=UTC))


@pytest.fixture
def here(towns: tuple[Municipality, Municipality]) -> Iterator[Municipality]:
    """一つの団体に結ばれ、終われば巻き戻る。"""
    from django.db import transaction

    with bind(towns[0].code), transaction.atomic():
        yield towns[0]
        transaction.set_rollback(True)


@pytest.fixture
def desk(here: Municipality, clock: FixedClock) -> Desk:
    """市民課の職員が席に着いている。"""
    return sit("市民課", clock=clock)
