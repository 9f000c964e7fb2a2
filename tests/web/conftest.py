"""確定する試験のための、自分だけの二つの団体。二つ目は住登外管理を使わない。"""

from __future__ import annotations

import fcntl
import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tests.support import places
from tsugaru.council import service
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.identity.models import Seat, Staff
from tsugaru.platform.tenancy import bind, directory
from tsugaru.platform.tenancy.directory import Municipality

Towns = tuple[Municipality, Municipality]
PASSWORD = "青い海と白い雲を毎朝ながめている"
SECRET = b"12345678901234567890"  # RFC 6238 附属書B の試験の種
FIRST = 60
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def web_towns(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Towns]:
    """終わっても巻き戻らないので、ほかの試験の団体とは別に作る。"""
    from tsugaru.faces.cli import boot
    from tsugaru.faces.cli.municipality import bring_up
    from tsugaru.platform.tenancy import provision

    worker = int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 9
    first = FIRST + worker * 2
    folder = tmp_path_factory.mktemp("web-municipalities")
    home = Path(os.environ["TSUGARU_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    with (home / "cluster.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        server = boot.server()
        provision.ensure_template(server)
        provision.ensure_council(server)
        for index, unused in ((first, frozenset[str]()), (first + 1, frozenset({"atena"}))):
            place = places.write(folder, index, unused=unused)
            provision.remove(server, directory.read(place))
            bring_up(place)
    made = directory.by_code(places.code(first)), directory.by_code(places.code(first + 1))
    yield made
    for one in made:
        provision.remove(server, one)


@pytest.fixture
def town(web_towns: Towns) -> Municipality:
    """一つ目の団体（結ばれてはいない。要求が自分で結ぶ）。"""
    service.forget()
    return web_towns[0]


@dataclass(frozen=True, slots=True)
class Person:
    """登録された職員。"""

    number: str
    town: Municipality

    def now(self) -> Staff:
        """今の行。"""
        with bind(self.town.code):
            return Staff.objects.get(number=self.number)

    def seat(self) -> Seat:
        """今の席。"""
        with bind(self.town.code):
            return Seat.objects.select_related("staff").get(staff__number=self.number, ended_at__isnull=True)

    def change(self, **values: Any) -> None:
        """職員の行を直に変える（時の経過などの代わり）。"""
        with bind(self.town.code):
            Staff.objects.filter(number=self.number).update(**values)

    def change_seat(self, **values: Any) -> None:
        """席の行を直に変える。"""
        with bind(self.town.code):
            Seat.objects.filter(staff__number=self.number, ended_at__isnull=True).update(**values)


class Terminal(Client):
    """一台の端末。"""

    def __init__(self, town: Municipality, **options: Any) -> None:
        super().__init__(headers={"host": f"{town.host}.localhost"}, **options)

    def enter(self, person: Person, *, password: str = PASSWORD, code: str | None = None) -> Any:
        """ログインする。符号は今のもの。"""
        code = login.current_code(SECRET, clock=SystemClock()) if code is None else code
        form = {"number": person.number, "password": password, "code": code, "purpose": "窓口"}
        return self.post("/login", form)

    def confirm(self, person: Person, target: str = "/") -> Any:
        """もう一度本人を確かめる。使い切った符号を、次の30秒を待たずに使えるようにして。"""
        person.change(totp_last_step=-1)
        code = login.current_code(SECRET, clock=SystemClock())
        return self.post("/step", {"password": PASSWORD, "code": code, "next": target})


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def register(section: str, place: Municipality) -> Person:
    """職員を登録する。"""
    number = f"w{next(_numbers)}"
    with bind(place.code):
        staff = Staff(number=number, name="試験　職員", section=section, valid_from=date(2000, 4, 1))
        staff.password = _hashed()
        login.set_totp(staff, SECRET)
        staff.save()
    return Person(number, place)


@pytest.fixture
def hire(town: Municipality) -> Callable[..., Person]:
    """職員を登録する。"""
    return lambda section="市民課", place=town: register(section, place)


@pytest.fixture
def seated(town: Municipality, hire: Callable[..., Person]) -> Callable[..., tuple[Terminal, Person]]:
    """その所属の新しい職員が、ログインしている端末。"""

    def make(section: str = "市民課", place: Municipality = town) -> tuple[Terminal, Person]:
        person, terminal = hire(section, place), Terminal(place)
        assert terminal.enter(person).status_code == 302
        return terminal, person

    return make


@pytest.fixture
def chain(town: Municipality) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """監査の鎖の、この試験の間に足された内容（監査人として読む）。"""
    import json

    from tsugaru.faces.cli import boot

    with psycopg.connect(boot.server().dsn(town.database), autocommit=True) as connection:
        row = connection.execute("SELECT coalesce(max(seq), 0) FROM audit.entry").fetchone()
        assert row is not None

        def added() -> list[dict[str, Any]]:
            rows = connection.execute(
                "SELECT content FROM audit.entry WHERE seq > %s ORDER BY seq", [row[0]]
            ).fetchall()
            return [json.loads(bytes(content)) for (content,) in rows]

        yield added
