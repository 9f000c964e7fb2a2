"""URLconf の全ての URL × 動詞 × 立場。一覧は機械が作るので、新しい URL も初めから確かめられる。"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Person, Terminal, Towns
from tests.web.routes import Route, routes
from tsugaru.council import service
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Seated = Callable[..., tuple[Terminal, Person]]
ROUTES = routes()
OPEN = {"login": 200, "health": 200}
EVERYBODY = {"home", "logout", "purpose", "session", "step", "password", "login", "health"}
"""席があれば誰でもよい入口（人の情報を含まない）。ほかは全て、権限がなければ開かない。"""


def named(route: Route) -> str:
    return route.name


def test_一覧は空でない() -> None:
    assert {"home", "search", "staff_disable"} <= {r.name for r in ROUTES}
    assert {"juki", "atena"} <= {r.gyomu for r in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_席がなければどの入口もログインへ(town: Municipality, route: Route) -> None:
    stranger = Terminal(town)
    expected = OPEN.get(route.name, 302)
    for response in (stranger.get(route.path), stranger.post(route.path)):
        assert response.status_code == expected
        assert expected == 200 or response.headers["Location"] == "/login"


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_よその団体の札ではどの入口もログインへ(
    web_towns: Towns, terminals: dict[str, Terminal], route: Route
) -> None:
    other = Terminal(web_towns[1])
    other.cookies = terminals["市民課"].cookies
    for response in (other.get(route.path), other.post(route.path)):
        assert response.status_code == OPEN.get(route.name, 302)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.name not in EVERYBODY], ids=named)
def test_権限のない所属には何も開かない(terminals: dict[str, Terminal], route: Route) -> None:
    for response in (terminals["用務係"].get(route.path), terminals["用務係"].post(route.path)):
        assert response.status_code in (403, 404, 405)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.gyomu == "atena"], ids=named)
def test_使わない業務のURLは無い(web_towns: Towns, terminals: dict[str, Terminal], route: Route) -> None:
    service.forget()
    away = terminals["使わない団体の市民課"]
    for response in (away.get(route.path), away.post(route.path)):
        assert (response.status_code, "SY-0404" in response.content.decode()) == (404, True)


@pytest.mark.parametrize("route", ROUTES, ids=named)
@pytest.mark.parametrize("verb", ["put", "patch", "delete", "options", "trace"])
def test_ほかの動詞はどのURLにもない(terminals: dict[str, Terminal], route: Route, verb: str) -> None:
    assert getattr(terminals["市民課"], verb)(route.path).status_code == 405


@pytest.mark.parametrize(
    "section", ["市民課", "市民課（支援措置）", "税務課", "情報システム課", "監査委員事務局"]
)
@pytest.mark.parametrize("route", [r for r in ROUTES if r.name not in ("logout", "staff_reload")], ids=named)
def test_どの所属でも落ちず無い物は無いと言う(
    terminals: dict[str, Terminal], route: Route, section: str
) -> None:
    """引数はどこにもない物を指す。空の送信も、直し方のある断りになる。"""
    for response in (terminals[section].get(route.path), terminals[section].post(route.path)):
        assert response.status_code < 500
        if response.status_code == 404:
            assert "SY-0404" in response.content.decode()


@pytest.fixture(scope="module")
def terminals(web_towns: Towns) -> dict[str, Terminal]:
    """所属ごとに一台。「用務係」は権限の表に無い。"""
    service.forget()
    sections = ["市民課", "市民課（支援措置）", "税務課", "情報システム課", "監査委員事務局", "用務係"]
    found = {section: _enter(section, web_towns[0]) for section in sections}
    return found | {"使わない団体の市民課": _enter("市民課", web_towns[1])}


def _enter(section: str, place: Municipality) -> Terminal:
    from tests.web.conftest import register

    person, terminal = register(section, place), Terminal(place)
    assert terminal.enter(person).status_code == 302
    return terminal
