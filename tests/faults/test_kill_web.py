"""画面のワーカーとデータベースを、要求の最中に kill -9 する。できたと答えた行為は、鎖に一度ずつ残っている。"""

from __future__ import annotations

import http.client
import json
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psycopg
import pytest

from tests.faults.installation import Installation
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.identity import login
from tsugaru.platform.tenancy import cluster

pytestmark = [pytest.mark.db, pytest.mark.faults]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SECOND = re.compile(r"符号の種: ([A-Z2-7]+)")
FIRST = re.compile(r"初めのパスワード: (\S+)")
REQUESTS = 90


@dataclass
class Line:
    """一台の端末。つながらなければ OSError か HTTPException。"""

    port: int
    cookie: str = ""
    token: str = field(default="", repr=False)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """(結果, 本文)。"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Host": f"shiken1.localhost:{self.port}", "Cookie": self.cookie}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode({**(form or {}), "csrfmiddlewaretoken": self.token}) if method == "POST" else None
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        given = response.headers.get("Set-Cookie")
        self.cookie = given.split(";")[0] if given else self.cookie
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return response.status, text


@pytest.fixture(scope="module")
def serving() -> Iterator[tuple[Installation, Line]]:
    """画面が出ていて、職員が一人ログインしている。"""
    import base64

    place = Installation()
    try:
        place.add_towns()
        told = place.tsugaru(
            "staff", "add", "990019", "k1", "--name", "試験　職員", "--section", "市民課"
        ).stdout
        password, secret = FIRST.search(told), SECOND.search(told)
        assert password and secret, told
        place.serve()
        line = Line(place.port)
        assert line.ask("GET", "/login")[0] == 200
        code = login.current_code(base64.b32decode(secret[1]), clock=SystemClock())
        form = {"number": "k1", "password": password[1], "code": code, "purpose": "窓口"}
        assert line.ask("POST", "/login", form)[0] == 302
        assert line.ask("GET", "/")[0] == 200
        yield place, line
    finally:
        place.remove()


def write_through(place: Installation, line: Line, prefix: str, kills: dict[int, str]) -> set[str]:
    """用務の控えを一つずつ替える。返り値は、できたと答えられた控え。"""
    acknowledged = set()
    for n in range(REQUESTS):
        if kills.get(n) == "worker":
            place.workers()[0].send_signal(signal.SIGKILL)
        elif kills.get(n) == "database":
            place.kill_database()
        note = f"{prefix}{n}"
        try:
            status, _ = line.ask("POST", "/purpose", {"purpose": "窓口", "purpose_note": note})
        except (OSError, http.client.HTTPException):
            status = 0
        if status == 302:
            acknowledged.add(note)
        else:
            assert back(line), "三十秒のうちに戻りません"
    return acknowledged


def recorded(place: Installation, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """鎖に残った控え。"""
    monkeypatch.setenv("TSUGARU_HOME", str(place.home))
    with psycopg.connect(cluster.start().dsn("tsugaru_990019")) as connection:
        rows = connection.execute(
            "SELECT content FROM audit.entry WHERE act = '用務の変更' ORDER BY seq"
        ).fetchall()
    return [json.loads(bytes(content))["detail"]["note"] for (content,) in rows]


def back(line: Line, seconds: float = 30) -> bool:
    """seconds のうちに、同じ席で頁が開くか。"""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if line.ask("GET", "/")[0] == 200:
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    return False


@pytest.mark.parametrize(
    ("prefix", "kills"),
    [
        ("worker", dict.fromkeys(range(10, REQUESTS, 30), "worker")),
        ("database", {30: "database", 60: "database"}),
    ],
)
def test_できたと答えた行為は鎖に一度ずつ残る(
    serving: tuple[Installation, Line], monkeypatch: pytest.MonkeyPatch, prefix: str, kills: dict[int, str]
) -> None:
    place, line = serving
    acknowledged = write_through(place, line, prefix, kills)
    kept = [note for note in recorded(place, monkeypatch) if note.startswith(prefix)]
    assert len(acknowledged) >= REQUESTS - 4 * len(kills)
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept))
    assert place.tsugaru("audit", "verify").returncode == 0
