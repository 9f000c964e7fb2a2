"""受け取りの頁: 届くはずのものから反映まで。揃わなければ釦がなく、断ったファイルも訳とともに残る。"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.platform.inbound.reports import line
from tests.platform.pages import office
from tests.platform.pages.office import Office, primary
from tests.web.conftest import Person, Terminal

from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.models import Delivery, File
from tsugaru.platform.inbound.pages import forms
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Staff = Callable[..., tuple[Terminal, Person]]
Expect = Callable[..., Delivery]
CLOCK = SystemClock()
KIND = "給与の報告書"
_years = itertools.count(3001)


@pytest.fixture
def year() -> str:
    """ほかの試験と重ならない期間（同じ中身のファイルは二度受け取れない）。"""
    return str(next(_years))


@pytest.fixture
def expect(shiken: Municipality, year: str) -> Expect:
    """届くはずのものを登録する。"""

    def make(sender: str = "津軽製菓", **numbers: Any) -> Delivery:
        with bind(shiken.code):
            return inbound.expect(
                sender=sender, kind=numbers.pop("kind", KIND), period=year, staff="w0", clock=CLOCK, **numbers
            )

    return make


@pytest.fixture
def send(shiken: Municipality, year: str) -> Callable[..., Any]:
    """画面からファイルを入れる。rows は人の番号か、行そのもの。"""

    def put(
        terminal: Terminal, one: Delivery, rows: Any, *, part: int = 1, parts: int = 1, name: str = "報告.csv"
    ) -> Any:
        made = [row if isinstance(row, str) else line(row, town=shiken.code, year=year) for row in rows]
        file = SimpleUploadedFile(name, "".join(made).encode("cp932"))
        return terminal.post(url(one, "/upload"), {"file": file, "part": part, "parts": parts})

    return put


def url(one: Delivery, tail: str = "") -> str:
    return f"/shiken/inbound/{one.pk}{tail}"


def text(response: Any) -> str:
    return str(response.content.decode())


def follow(terminal: Terminal, response: Any) -> str:
    assert response.status_code == 302, text(response)[:500]
    return text(terminal.get(response.headers["Location"]))


def test_登録から反映まで_二つに分かれたファイルが画面だけで載る(
    shiken: Municipality, staff: Staff, send: Callable[..., Any], year: str, chain: Callable[[], list[Any]]
) -> None:
    terminal, me = staff()
    asked = {
        "kind": KIND,
        "period": year,
        "sender": "津軽製菓",
        "parts": "2",
        "rows": "3",
        "total": "",
        "due_on": "r80131",
    }
    page = follow(terminal, terminal.post("/shiken/inbound/new", asked))
    assert primary(page) == "ファイルを入れる" and "まだ一つも届いていません" in page
    with bind(shiken.code):
        one = Delivery.objects.get(period=year)
    assert 'name="part" value="1"' in text(terminal.get(url(one, "/upload")))
    page = follow(terminal, send(terminal, one, [1, 2], part=1, parts=2))
    assert "2つのうち2番目が届いていません" in page and "3件のはずが2件です（差 1件）" in page
    assert terminal.get(url(one, "/post")).status_code == 409
    assert 'name="part" value="2"' in text(terminal.get(url(one, "/upload")))
    page = follow(terminal, send(terminal, one, [3], part=2, parts=2, name="報告2.csv"))
    assert primary(page) == "反映へ進む" and "まだ反映していません" in page
    confirm = text(terminal.get(url(one, "/post")))
    assert primary(confirm) == "反映する" and "載せる件数" in confirm
    page = follow(terminal, terminal.post(url(one, "/post")))
    assert "載せた 3件・除いた 0件" in page and primary(page) == "" and me.number in page
    assert terminal.post(url(one, "/post")).status_code == 409
    listed = text(terminal.get("/shiken/inbound/", {"period": year}))
    assert "反映済" in listed and "3,000,006" in listed  # 1,000,001 + 1,000,002 + 1,000,003
    acts = [c["act"] for c in chain()]
    assert [a for a in acts if a in ("届け物の登録", "ファイルの受領", "届け物の反映")] == [
        "届け物の登録", "ファイルの受領", "ファイルの受領", "届け物の反映",
    ]  # fmt: skip


STATES = {
    # ありさま: （件数の知らせ, 行, 主ボタン）
    "待ち": (None, None, "ファイルを入れる"),
    "受領": (9, [1], ""),
    "読取済": (None, ["x\r\n", 2], "誤りを片付ける"),
    "解消済": (None, [3], "反映へ進む"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("section", ["税務課", "市民課"])
def test_主ボタンは_ありさまと立場から決まる一つだけ(
    expect: Expect, staff: Staff, send: Callable[..., Any], section: str, state: str
) -> None:
    rows, sent, button = STATES[state]
    one, (clerk, _) = expect(rows=rows), staff()
    if sent is not None:
        send(clerk, one, sent)
    viewer = clerk if section == "税務課" else staff(section)[0]
    page = text(viewer.get(url(one)))
    assert state in page
    assert primary(page) == (button if section == "税務課" else "")
    if section == "市民課":
        for tail in ("/upload", "/counts", "/post"):
            assert viewer.get(url(one, tail)).status_code == 403
            assert viewer.post(url(one, tail)).status_code == 403


def test_誤りは一つずつ直すか除き_直した値も様式の検査を通る(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any], year: str, chain: Any
) -> None:
    one, (terminal, _) = expect(), staff()
    bad = line(1, town=shiken.code, year=year).replace("19800505", "19801305")
    other = line(2, town="999999", year=year)
    page = follow(terminal, send(terminal, one, [bad, other, 3]))
    (first,) = re.findall(r'href="(/shiken/inbound/faults/\d+)"', page)
    shown = text(terminal.get(first))
    assert "生年月日" in shown and "工藤　太郎" in shown and "残り 2件" in shown
    assert "19801305" not in shown  # 見せてよいと決めた列だけ
    assert primary(shown) == "値を直す"
    for value, reason, code in (("19801399", "電話", "IB-0005"), ("19801231", "", "SC-0101")):
        response = terminal.post(first, {"value": value, "reason": reason, "do": "correct"})
        assert (response.status_code, code in text(response), f'value="{value}"' in text(response)) == (
            422,
            True,
            True,
        )
    page = follow(
        terminal, terminal.post(first, {"value": "19801231", "reason": "電話で確かめた", "do": "correct"})
    )
    assert "次の誤りです" in page and "ほかの団体の行です" in page
    assert primary(page) == "行を除く" and 'name="value"' not in page
    again = terminal.post(first, {"value": "19801231", "reason": "二度目", "do": "correct"})
    assert (again.status_code, "IB-0006" in text(again)) == (422, True)
    with bind(shiken.code):
        second = f"/shiken/inbound/faults/{int(first.rsplit('/', 1)[1]) + 1}"
    page = follow(terminal, terminal.post(second, {"reason": "差出人が誤りと認めた", "do": "correct"}))
    assert "全ての誤りを片付けました" in page and primary(page) == "反映へ進む"
    page = follow(terminal, terminal.post(url(one, "/post")))
    assert "載せた 2件・除いた 1件" in page
    with bind(shiken.code):
        rows = [row.values["生年月日"] for row in inbound.clean_rows(one.pk, office.REPORT)]
    assert rows == ["19801231", "19800505"]
    assert {c["detail"]["row"] for c in chain() if c["act"] == "受け取りの行の照会"} == {1, 2}


HOSTILE = {
    "NUL": (b"\x00\x01\x02", "IB-0101"),
    "UTF-8": ("999999,3000,工藤　太郎,19800505,1\r\n".encode(), "IB-0102"),
    "圧縮": (b"PK\x03\x04" + bytes(range(1, 256)), "IB-0103"),
    "引用符": (b'"abc\r\n', "IB-0104"),
    "誤りの山": (b"x\r\n" * 6_000, "IB-0116"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_壊れたファイルは番号と訳で断り_元のまま残る(
    shiken: Municipality, expect: Expect, staff: Staff, kind: str
) -> None:
    content, code = HOSTILE[kind]
    one, (terminal, _) = expect(), staff()
    page = follow(
        terminal,
        terminal.post(
            url(one, "/upload"), {"file": SimpleUploadedFile("a.csv", content), "part": 1, "parts": 1}
        ),
    )
    assert code in page and "断りました" in page and "不受理" in page
    with bind(shiken.code):
        file = File.objects.get(delivery=one)
        assert (bytes(file.content), file.state) == (content, "refused")
        assert file.faults.count() <= 101
    page = text(terminal.get(url(one)))
    assert "まだ一つも届いていません" in page and "不受理" in page and primary(page) == "ファイルを入れる"


def test_前の年のファイルは断る(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any]
) -> None:
    """三笠市 2021 の型。"""
    one, (terminal, _) = expect(), staff()
    page = follow(terminal, send(terminal, one, [line(1, town=shiken.code, year="2020")]))
    assert "IB-0106" in page


def test_名が長く見えない字のあるファイルも受け取れる(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any]
) -> None:
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1], name="長" * 230 + "\u202e.csv"))
    with bind(shiken.code):
        assert File.objects.get(delivery=one).name == "長" * 200


def test_大きすぎるもの_空の欄_二度目は_訳を言って受け取らない(
    expect: Expect, staff: Staff, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1]))
    for response, code in (
        (send(terminal, one, [1]), "IB-0002"),
        (send(terminal, one, [2]), "IB-0003"),
        (terminal.post(url(one, "/upload"), {"part": "", "parts": "一"}), "IB-0034"),
        (terminal.post(url(one, "/upload"), {"part": "1000", "parts": "一"}), "IB-0031"),
        (terminal.post(url(one, "/upload"), {"part": "1000", "parts": "1"}), "IB-0032"),
    ):
        assert (response.status_code, code in text(response)) == (422, True), code
    monkeypatch.setattr(forms, "MOST_BYTES", 10)
    response = send(terminal, one, [3])
    assert (response.status_code, "IB-0030" in text(response)) == (422, True)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"period": "令和八"}, "IB-0033"),
        ({"kind": "ない種類"}, "SC-0102"),
        ({"parts": "0"}, "IB-0032"),
        ({"total": "12,000円"}, "IB-0031"),
        ({"due_on": "r81301"}, "期限"),
        ({}, "IB-0001"),
    ],
)
def test_登録の誤りは訳を言い_打ったものは残る(
    expect: Expect, staff: Staff, year: str, form: dict[str, str], code: str
) -> None:
    expect()
    terminal, _ = staff()
    asked = {
        "kind": KIND,
        "period": year,
        "sender": "津軽製菓",
        "parts": "",
        "rows": "",
        "total": "",
        "due_on": "",
    } | form
    response = terminal.post("/shiken/inbound/new", asked)
    assert (response.status_code, code in text(response)) == (422, True)
    assert 'value="津軽製菓"' in text(response) and f'value="{asked["period"]}"' in text(response)


def test_取り下げれば差替えを受け取れ_載せた後は取り下げられない(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any]
) -> None:
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1]))
    with bind(shiken.code):
        file = File.objects.get(delivery=one)
    here = f"/shiken/inbound/files/{file.pk}"
    assert "取り下げる" in text(terminal.get(here))
    assert terminal.post(f"{here}/withdraw", {"reason": ""}).status_code == 422
    page = follow(terminal, terminal.post(f"{here}/withdraw", {"reason": "差替え"}))
    assert "取下げ" in page and "差替え" in page
    again = terminal.post(f"{here}/withdraw", {"reason": "二度目"})
    assert (again.status_code, "IB-0011" in text(again)) == (422, True)
    follow(terminal, send(terminal, one, [2]))
    follow(terminal, terminal.post(url(one, "/post")))
    with bind(shiken.code):
        last = File.objects.get(delivery=one, state="accepted")
    assert "取り下げる" not in text(terminal.get(f"/shiken/inbound/files/{last.pk}"))
    late = terminal.post(f"/shiken/inbound/files/{last.pk}/withdraw", {"reason": "遅い"})
    assert (late.status_code, "IB-0010" in text(late)) == (422, True)
    counts = terminal.post(url(one, "/counts"), {"parts": "2", "rows": "", "total": "", "reason": "遅い"})
    assert (counts.status_code, "IB-0010" in text(counts)) == (422, True)


def test_知らせの数を訂正すると_足りないことが分かる(
    expect: Expect, staff: Staff, send: Callable[..., Any], chain: Any
) -> None:
    """田川市 2024 の型: 後から、二つに分かれていたと分かる。"""
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1]))
    form = {"parts": "2", "rows": "3181", "total": "", "reason": "電話で、二つに分けたと聞いた"}
    page = follow(terminal, terminal.post(url(one, "/counts"), form))
    assert "2つのうち2番目が届いていません" in page and "3,181件のはずが1件です（差 3,180件）" in page
    (done,) = [c for c in chain() if c["act"] == "届け物の数の訂正"]
    assert done["detail"]["before"] == {"parts": None, "rows": None, "total": None}


def test_誤りの一覧はCSVで渡せ_元の値は載らない(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any], year: str
) -> None:
    one, (terminal, _) = expect(), staff("税務課")
    bad = line(1, town=shiken.code, year=year).replace("19800505", "19801305")
    send(terminal, one, [bad], name="=cmd.csv")
    with bind(shiken.code):
        file = File.objects.get(delivery=one)
    viewer, _ = staff("市民課")
    response = viewer.get(f"/shiken/inbound/files/{file.pk}/errors.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Type"].startswith("text/csv")
    assert lines[1].startswith("'=cmd.csv,1,生年月日,IB-0113") and "19801305" not in response.content.decode()


def test_業務が仕事を登録すれば_反映の進みが見える(
    shiken: Municipality,
    expect: Expect,
    staff: Staff,
    send: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Office, "by_worker", True)
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1, 2]))
    page = follow(terminal, terminal.post(url(one, "/post")))
    assert "順番を待っています" in page and primary(page) == ""
    assert terminal.post(url(one, "/post")).status_code == 409
    assert "順番を待っています" in text(terminal.get(url(one, "/progress")))
    with bind(shiken.code):
        office.work()
    assert terminal.get(url(one, "/progress")).headers["HX-Refresh"] == "true"
    assert "載せた 2件" in text(terminal.get(url(one)))


def test_件数の合わない反映はデータベースが断り_訳が出る(
    expect: Expect, staff: Staff, send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "lose_one", True)
    one, (terminal, _) = expect(), staff()
    follow(terminal, send(terminal, one, [1, 2]))
    response = terminal.post(url(one, "/post"))
    assert (response.status_code, "IB-0015" in text(response)) == (422, True)
    assert primary(text(terminal.get(url(one)))) == "反映へ進む"


def test_一覧は期間と種類ごとに数え_期限を過ぎたものに印を付ける(
    expect: Expect, staff: Staff, send: Callable[..., Any], year: str
) -> None:
    terminal, _ = staff()
    late, ready = expect("甲商店", due_on=date(2020, 1, 31)), expect("乙商店", parts=1)
    expect("丙商店", kind="年金の報告書")
    send(terminal, ready, [1, 2])
    page = text(terminal.get("/shiken/inbound/", {"period": year}))
    assert page.index("甲商店") < page.index("乙商店")
    assert re.search(rf'data-rowlink="{url(late)}" data-alert', page)
    assert not re.search(rf'data-rowlink="{url(ready)}" data-alert', page)
    wage = re.search(rf"<tr>\s*<td[^>]*>{year}</td><td[^>]*>{KIND}</td>(.*?)</tr>", page, re.S)
    assert wage is not None
    cells = re.findall(r"<td[^>]*>(.*?)</td>", wage[1], re.S)
    # 待ち1・受領0・読取済0・解消済1・反映済0・届くはず2・件数2
    assert cells[:7] == ["1", "0", "0", "1", "0", "2", "2"]
    only = text(terminal.get("/shiken/inbound/", {"period": year, "kind": "年金の報告書", "only": "left"}))
    assert "丙商店" in only and "甲商店" not in only


def test_問いの数は届け物とファイルの数によらない(
    shiken: Municipality, expect: Expect, staff: Staff, send: Callable[..., Any], year: str
) -> None:
    terminal, _ = staff()
    first = expect("商店1", parts=3)
    paths = ("/shiken/inbound/", url(first))
    counts: list[list[int]] = []
    for n in (1, 2):
        send(terminal, first, [n], part=n, parts=3)
        found = []
        for path in paths:
            terminal.get(path)
            with bind(shiken.code), CaptureQueriesContext(connection) as queries:
                assert terminal.get(path).status_code == 200
            found.append(len(queries))
        counts.append(found)
        expect(f"商店{n}甲")
        send(terminal, expect(f"商店{n}乙"), [n + 10])
    assert counts[0] == counts[1]


def test_よその業務の届け物は無いと言い_権限のない所属には何も開かない(
    shiken: Municipality, expect: Expect, staff: Staff
) -> None:
    other = expect(kind="よその種類")
    terminal, _ = staff()
    for tail in ("", "/upload", "/counts", "/post", "/progress"):
        assert terminal.get(url(other, tail)).status_code == 404
    for path in ("files/999999", "files/999999/withdraw", "files/999999/errors.csv", "faults/999999"):
        assert terminal.get(f"/shiken/inbound/{path}").status_code == 404
    stranger, _ = staff("情報システム課")
    for path in ("", "new", str(other.pk), "files/1", "files/1/errors.csv", "faults/1"):
        assert stranger.get(f"/shiken/inbound/{path}").status_code == 403
