"""職員と権限の頁: 変えたことは次の要求から効き、監査に残る。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.conftest import PASSWORD, SECRET, Person, Terminal
from tsugaru.council.models import RequestTiming
from tsugaru.faces.cli import boot
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.tenancy import bind, home
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Seated = Callable[..., tuple[Terminal, Person]]
Chain = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def officer(seated: Seated) -> Terminal:
    """本人確認を済ませた情報システム課。"""
    terminal, person = seated("情報システム課")
    terminal.confirm(person)
    return terminal


def test_解いた職員は次の要求から席がない(officer: Terminal, seated: Seated, chain: Chain) -> None:
    terminal, person = seated()
    assert terminal.get("/").status_code == 200
    assert officer.post(f"/staff/{person.number}/disable", {"reason": "退職"}).status_code == 302
    assert terminal.get("/").headers["Location"] == "/login"
    (done,) = [c for c in chain() if c["act"] == "職員の解除"]
    assert done["detail"] == {"staff": person.number, "reason": "退職"}


def test_訳がなければ解けず画面に残る(officer: Terminal, seated: Seated) -> None:
    _, person = seated()
    response = officer.post(f"/staff/{person.number}/disable", {"reason": ""})
    assert (response.status_code, "SC-01" in response.content.decode()) == (422, True)
    assert person.now().is_active


def test_二度は解けず自分も解けない(seated: Seated) -> None:
    terminal, me = seated("情報システム課")
    terminal.confirm(me)
    _, person = seated()
    codes = [
        terminal.post(f"/staff/{n}/disable", {"reason": "退職"}).status_code
        for n in (person.number, person.number, me.number)
    ]
    assert codes == [302, 409, 409]
    assert me.now().is_active


def test_設定の権限がなければ見ることも解くこともできない(seated: Seated) -> None:
    terminal, person = seated()
    for path in (
        "/staff",
        "/staff/rights",
        "/staff/rights/reload",
        f"/staff/{person.number}/disable",
        "/sla",
        "/sla.csv",
    ):
        assert terminal.get(path).status_code == 403


def test_一覧の問いの数は職員の数によらない(town: Municipality, officer: Terminal, seated: Seated) -> None:
    officer.get("/staff")
    counts = []
    for _ in range(2):
        with bind(town.code), CaptureQueriesContext(connection) as queries:
            assert officer.get("/staff").status_code == 200
            counts.append([q["sql"] for q in queries])
        seated()
        seated()
    assert len(counts[0]) == len(counts[1]) > 0, counts


def test_権限は所属と業務と操作と項目区分の表で読める(officer: Terminal) -> None:
    page = officer.get("/staff/rights").content.decode()
    for word in ("市民課（支援措置）", "住民記録", "異動入力", "個人番号", "支援措置"):
        assert word in page


@pytest.fixture
def roles(town: Municipality) -> Any:
    """団体の roles.csv。終われば元に戻す。"""
    stored = home.read_secret(town.alias)
    assert stored is not None
    path = Path(stored["folder"]) / "roles.csv"
    before = path.read_text("utf-8")
    yield path
    path.write_text(before, "utf-8")


def mark(page: str) -> str:
    return page.partition('name="mark" value="')[2].partition('"')[0]


def test_権限表を読み直すと次の要求から効き違いが残る(
    officer: Terminal, seated: Seated, roles: Path, chain: Chain
) -> None:
    auditor, _ = seated("監査委員事務局")
    line = "監査委員事務局,audit,照会,閲覧記録\n"
    whole = roles.read_text("utf-8")
    for text, expected in ((whole.replace(line, ""), 403), (whole, 200)):
        roles.write_text(text, "utf-8")
        page = officer.get("/staff/rights/reload").content.decode()
        assert "閲覧記録" in page
        assert officer.post("/staff/rights/reload", {"mark": mark(page)}).status_code == 302
        assert auditor.get("/access-log").status_code == expected
    first, second = [c["detail"] for c in chain() if c["act"] == "権限表の変更"]
    assert first["減った"] == second["増えた"] == [["監査委員事務局", "audit", "照会", "閲覧記録"]]
    assert first["増えた"] == second["減った"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t + "無い課,juki,照会,基本\n", "AZ-0003"),
        (lambda t: "".join(row for row in t.splitlines(True) if ",設定," not in row), "AZ-0004"),
        (lambda t: t.replace("所属,業務", "課,業務", 1), "AZ-0002"),
    ],
)
def test_おかしな権限表は断り今の権限は変わらない(
    officer: Terminal, roles: Path, change: Callable[[str], str], code: str
) -> None:
    roles.write_text(change(roles.read_text("utf-8")), "utf-8")
    response = officer.get("/staff/rights/reload")
    assert (response.status_code, code in response.content.decode()) == (409, True)
    assert officer.get("/staff").status_code == 200


def test_見た後にファイルが変われば替えない(officer: Terminal, roles: Path) -> None:
    page = officer.get("/staff/rights/reload").content.decode()
    roles.write_text(roles.read_text("utf-8") + "税務課,audit,照会,閲覧記録\n", "utf-8")
    assert "AZ-0005" in officer.post("/staff/rights/reload", {"mark": mark(page)}).content.decode()


def test_自分のパスワードを替えると次から新しいほうだけが通る(town: Municipality, seated: Seated) -> None:
    terminal, person = seated()
    person.change(totp_last_step=-1)
    new = "森の中の小さな池に赤い魚がはねる"
    form = {"password": PASSWORD, "new": new, "again": new}
    assert terminal.post("/password", form | {"code": _code()}).status_code == 302
    person.change(totp_last_step=-1)
    assert Terminal(town).enter(person).status_code == 200
    assert Terminal(town).enter(person, password=new).status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "code"),
    [
        ("みじかい", "みじかい", "ID-0101"),
        ("森の中の小さな池に赤い魚がはねる", "森の中の小さな池に赤い魚がいない", "ID-0105"),
        (PASSWORD, PASSWORD, "ID-0104"),
        ("password20261234567890", "password20261234567890", "ID-0103"),
    ],
)
def test_弱いか食い違うパスワードには替えない(seated: Seated, new: str, again: str, code: str) -> None:
    terminal, person = seated()
    person.change(totp_last_step=-1)
    before = person.now().password
    response = terminal.post("/password", {"password": PASSWORD, "code": _code(), "new": new, "again": again})
    assert (response.status_code, code in response.content.decode()) == (200, True)
    assert person.now().password == before


def _code() -> str:
    return login.current_code(SECRET, clock=SystemClock())


def _forget_timings(town: Municipality) -> None:
    """前の試験の分を除く（足すだけの表なので、管理の役割で引き金を止めて）。"""
    with psycopg.connect(boot.server().dsn("tsugaru_council")) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM council_requesttiming WHERE municipality = %s", [town.code])


@pytest.fixture
def timings(town: Municipality) -> None:
    """令和8年1月に、1ミリ秒から100ミリ秒まで一つずつと、6秒の失敗を一つ。"""
    _forget_timings(town)
    start = datetime(2026, 1, 10, tzinfo=UTC)
    RequestTiming.objects.bulk_create(
        RequestTiming(
            municipality=town.code, at=start + timedelta(seconds=n), gyomu="juki", screen="juki:person",
            method="GET", status=200, milliseconds=n,
        )
        for n in range(1, 100)
    )  # fmt: skip
    RequestTiming.objects.create(
        municipality=town.code,
        at=start,
        gyomu="juki",
        screen="juki:person",
        method="GET",
        status=500,
        milliseconds=6000,
    )
    for at in (datetime(2025, 12, 31, 14, 59, tzinfo=UTC), datetime(2026, 1, 31, 15, 0, tzinfo=UTC)):
        RequestTiming.objects.create(
            municipality=town.code,
            at=at,
            gyomu="juki",
            screen="juki:person",
            method="GET",
            status=200,
            milliseconds=9,
        )


def test_応答時間はその団体のその月の分を正しく数える(officer: Terminal, timings: None) -> None:
    """100件（1〜99ミリ秒と6000ミリ秒）: 中央は50と51の間、95%点は95.05番目、5秒以内は99件。"""
    lines = officer.get("/sla.csv", {"month": "2026-01"}).content.decode("utf-8-sig").splitlines()
    assert lines[1] == "全体,,100,50,95,158,99.00%,1"
    assert lines[2] == "juki,juki:person,100,50,95,158,99.00%,1"
    assert len(lines) == 3


def test_応答時間の頁は記録のない月を言い読めない月は今月にする(officer: Terminal) -> None:
    assert "この月の記録はまだありません" in officer.get("/sla", {"month": "1999-01"}).content.decode()
    assert officer.get("/sla", {"month": "いつ"}).status_code == 200
