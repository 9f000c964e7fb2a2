"""計算の頁: 釦はその職員がしてよいことの分だけ出て、出ない釦の URL を直に打っても断られる。"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.platform.pages import office
from tests.platform.pages.office import DEFINITION, PEOPLE, Office, primary
from tests.web.conftest import Person, Terminal

from tsugaru.kernel.clock import SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.models import Progress
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Staff = Callable[..., tuple[Terminal, Person]]
CLOCK = SystemClock()
STATES = ("draft", "failed", "compared", "signed", "confirmed", "discarded")
_periods = itertools.count(2001)


@pytest.fixture
def period() -> str:
    """ほかの試験と重ならない期間。"""
    return str(next(_periods))


@pytest.fixture
def prepared(shiken: Municipality, period: str) -> Callable[..., Run]:
    """そのありさまの実行を用意する。"""

    def make(state: str, maker: str, *, kind: Kind = Kind.INITIAL) -> Run:
        with bind(shiken.code):
            Office.broken = _refuse if state == "failed" else None
            run = runs.create(DEFINITION, kind=kind, period=period, maker=maker, clock=CLOCK)
            if state == "draft":
                return run
            office.work()
            Office.broken = None
            if state in ("signed", "confirmed"):
                for bucket in run.buckets.all():
                    runs.sign(run.pk, bucket.cause, signer="checker", note="可", clock=CLOCK)
            if state == "confirmed":
                runs.confirm(
                    run.pk, DEFINITION, approver="chief", book_period=period, effective_on=CLOCK.today(), clock=CLOCK
                )  # fmt: skip
            if state == "discarded":
                runs.discard(run.pk, reason="試験")
            return Run.objects.get(pk=run.pk)

    return make


def _refuse(*_: Any) -> Any:
    raise 業務エラー("ZZ-0004", "事実が足りません（3人）。", "資料を取り込んでください。")


def url(run: Run, tail: str = "") -> str:
    return f"/shiken/runs/{run.pk}{tail}"


def test_準備から確定まで_二人の手で画面だけで終わる(
    shiken: Municipality, staff: Staff, period: str, chain: Callable[[], list[dict[str, Any]]]
) -> None:
    (maker, me), (chief, boss) = staff(), staff(fresh=False)
    made = maker.post(
        "/shiken/runs/new",
        {"definition": DEFINITION.code, "kind": "initial", "period": period, "supersedes": "", "reason": ""},
    )
    here = made.headers["Location"]
    waiting = maker.get(here).content.decode()
    assert "順番を待っています" in waiting and "every 2s" in waiting and primary(waiting) == ""
    with bind(shiken.code):
        office.work()
    page = maker.get(here).content.decode()
    assert "作った人は、署名も確定もできません" in page and primary(page) == ""
    page = chief.get(here).content.decode()
    assert primary(page) == "次の束（合計）を確かめる"
    assert "試験　太郎60" in page and "増えた人" in page and "見込みの範囲" in page and "外れ" in page
    for cause in ("total", "added"):
        bucket = chief.get(f"{here}/b/{cause}")
        if cause == "total":
            assert primary(bucket.content.decode()) == "本人確認をして署名へ進む"
            assert chief.post(f"{here}/b/{cause}", {"note": "書いた所見"}).status_code == 422
            chief.confirm(boss)
            refused = chief.post(f"{here}/b/{cause}", {"note": ""})
            assert (refused.status_code, "RN-0008" in refused.content.decode()) == (422, True)
        assert primary(chief.get(f"{here}/b/{cause}").content.decode()) == "確かめて署名する"
        assert chief.post(f"{here}/b/{cause}", {"note": "確かめた"}).status_code == 302
    assert primary(chief.get(here).content.decode()) == "確定へ進む"
    assert primary(chief.get(f"{here}/confirm").content.decode()) == "確定する"
    bad = chief.post(f"{here}/confirm", {"book_period": period, "effective_on": "令和8年13月1日"})
    assert (bad.status_code, f'value="{period}"' in bad.content.decode()) == (422, True)
    for _ in range(2):
        last = chief.post(f"{here}/confirm", {"book_period": period, "effective_on": "r80601"})
    assert (last.status_code, "RN-0035" in last.content.decode()) == (409, True)
    assert "確定" in chief.get(here).content.decode()
    with bind(shiken.code):
        office.work()
        run = Run.objects.get(period=period)
        assert (run.state, run.maker, run.confirmed_by, run.book_period) == (
            "confirmed", me.number, boss.number, period,
        )  # fmt: skip
        assert len(ledger.numbers_of(runs.cause_of(run.pk))) == 60
    page = chief.get(here).content.decode()
    assert "令和8年6月1日" in page and primary(page) == ""
    acts = {c["act"]: c for c in chain()}
    assert acts["計算の確定"]["actor"] == boss.number
    assert acts["計算の確定"]["terminal"] == "worker"
    assert "60" in acts["計算の差の照会"]["subjects"]


# 立場ごとの主ボタン。順に 準備・失敗・差分済・署名済・確定・破棄
EXPECTED = {
    "作った人": ("", "もう一度計算する", "", "", "", ""),
    "同僚": ("", "もう一度計算する", "次の束（合計）を確かめる", "確定へ進む", "", ""),
    "見る人": ("", "", "", "", "", ""),
}
CASES = [(w, s, b) for w, row in EXPECTED.items() for s, b in zip(STATES, row, strict=True)]


@pytest.mark.parametrize(("who", "state", "button"), CASES)
def test_主ボタンは_その人がしてよいことだけ(
    prepared: Callable[..., Run], staff: Staff, who: str, state: str, button: str
) -> None:
    maker, me = staff()
    viewer = {"作った人": lambda: maker, "同僚": lambda: staff()[0], "見る人": lambda: staff("市民課")[0]}[
        who
    ]()
    run = prepared(state, me.number)
    page = viewer.get(url(run)).content.decode()
    assert primary(page) == button
    discards = who != "見る人" and state in ("failed", "compared", "signed")
    assert ("破棄する" in page) == discards
    assert viewer.get(url(run, "/discard")).status_code == (
        200 if discards else 403 if who == "見る人" else 409
    )
    allowed = 200 if button == "確定へ進む" else 403 if who == "見る人" else 409
    assert viewer.get(url(run, "/confirm")).status_code == allowed
    if state != "failed" or who == "見る人":
        assert viewer.post(url(run, "/again")).status_code == (403 if who == "見る人" else 409)


def test_作った人の署名は_直に打っても断られる(prepared: Callable[..., Run], staff: Staff) -> None:
    maker, me = staff()
    run = prepared("compared", me.number)
    response = maker.post(url(run, "/b/total"), {"note": "可"})
    assert (response.status_code, "RN-0006" in response.content.decode()) == (422, True)
    viewer, _ = staff("市民課")
    assert viewer.post(url(run, "/b/total"), {"note": "可"}).status_code == 403


def test_試算は署名できても確定へは進めない(prepared: Callable[..., Run], staff: Staff) -> None:
    chief, _ = staff()
    run = prepared("signed", "maker", kind=Kind.TRIAL)
    assert primary(chief.get(url(run)).content.decode()) == ""
    assert chief.get(url(run, "/confirm")).status_code == 409


def test_本人確認が古ければ_確定は確かめに行って戻る(prepared: Callable[..., Run], staff: Staff) -> None:
    chief, boss = staff(fresh=False)
    run = prepared("signed", "maker")
    target = url(run, "/confirm")
    response = chief.get(target)
    assert response.headers["Location"].startswith("/step?next=")
    assert chief.confirm(boss, target).headers["Location"] == target
    assert chief.get(target).status_code == 200


def test_所見は本人確認に行っても残る(prepared: Callable[..., Run], staff: Staff) -> None:
    chief, boss = staff(fresh=False)
    run = prepared("compared", "maker")
    page = chief.post(url(run, "/b/total"), {"note": "工場が来た"}).content.decode()
    (step,) = re.findall(r'href="(/step\?next=[^"]+)"', page)
    chief.get(step)
    back = chief.confirm(boss, f"{url(run, '/b/total')}?note=工場が来た").headers["Location"]
    assert 'value="工場が来た"' in chief.get(back).content.decode()


def test_失敗した計算は訳を言い_もう一度でき_待つ間は二度できない(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff
) -> None:
    terminal, me = staff()
    run = prepared("failed", me.number)
    page = terminal.get(url(run)).content.decode()
    assert "ZZ-0004 事実が足りません（3人）。資料を取り込んでください。" in page
    assert "準備（失敗）" in terminal.get("/shiken/runs/").content.decode()
    assert terminal.post(url(run, "/again")).status_code == 302
    assert terminal.post(url(run, "/again")).status_code == 409
    assert "計算しています" in terminal.get("/shiken/runs/").content.decode()
    with bind(shiken.code):
        office.work()
    page = terminal.get(url(run)).content.decode()
    assert "差分済" in page and "ZZ-0004" not in page


def test_確定の失敗は訳を言い_台帳は動かない(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff, period: str
) -> None:
    chief, _ = staff()
    run = prepared("signed", "maker")
    with bind(shiken.code):
        ledger.close(f"c{period}", maker="a", approver="b", clock=CLOCK)
    chief.post(url(run, "/confirm"), {"book_period": f"c{period}", "effective_on": "r80601"})
    with bind(shiken.code):
        office.work()
        assert ledger.numbers_of(runs.cause_of(run.pk)) == []
    page = chief.get(url(run)).content.decode()
    assert "LG-0003" in page and primary(page) == "確定へ進む"


def test_進みは終わるまで続き_見ているだけでは席は延びない(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff
) -> None:
    terminal, me = staff()
    run = prepared("draft", me.number)
    me.change_seat(last_seen_at=CLOCK.now() - timedelta(minutes=14))
    poll = {"HX-Request": "true", "X-Tsugaru-Poll": "1"}
    response = terminal.get(url(run, "/progress"), headers=poll)
    assert "順番を待っています" in response.content.decode() and "HX-Refresh" not in response.headers
    assert CLOCK.now() - me.seat().last_seen_at > timedelta(minutes=13)
    with bind(shiken.code):
        office.work()
    assert terminal.get(url(run, "/progress"), headers=poll).headers["HX-Refresh"] == "true"
    terminal.get(url(run))
    assert CLOCK.now() - me.seat().last_seen_at < timedelta(minutes=1)


def test_計算の進みは人数と終わる見込みで見える(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff
) -> None:
    terminal, me = staff()
    run = prepared("draft", me.number)
    start = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    with bind(shiken.code):
        jobs.Job.objects.filter(about=f"run/{run.pk}").update(state="running")
        Progress.objects.create(
            run=run, done=1_200, total=4_800, started_at=start, updated_at=start + timedelta(minutes=1)
        )
    page = terminal.get(url(run)).content.decode()
    assert "1,200 / 4,800 人" in page and "令和8年6月1日 10:04" in page
    assert '<progress class="run-progress__bar" max="4800" value="1200"' in page
    with bind(shiken.code):
        Progress.objects.filter(run=run).delete()
        jobs.Job.objects.filter(about=f"run/{run.pk}").update(state="cancelled")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"kind": "monthly"}, "RN-0031"),
        ({"period": "令和八"}, "RN-0032"),
        ({}, "RN-0007"),
        ({"supersedes": "R"}, "RN-0002"),
        ({"supersedes": "R", "period": "1999", "reason": "訂正"}, "RN-0033"),
        ({"definition": "無い"}, "SC-0102"),
        ({"supersedes": "999999", "reason": "訂正"}, "SC-0102"),
    ],
)
def test_準備の誤りは計算の前に断り_打ったものは残る(
    prepared: Callable[..., Run], staff: Staff, period: str, form: dict[str, str], code: str
) -> None:
    terminal, _ = staff()
    run = prepared("confirmed", "maker")
    good = {
        "definition": DEFINITION.code,
        "kind": "initial",
        "period": period,
        "supersedes": "",
        "reason": "",
    }
    asked = good | {k: v.replace("R", str(run.pk)) for k, v in form.items()}
    response = terminal.post("/shiken/runs/new", asked)
    page = response.content.decode()
    assert (response.status_code, code in page) == (422, True)
    assert f'value="{asked["period"]}"' in page


def test_差し替えると_前の実行は差替済になる(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff, period: str
) -> None:
    terminal, _ = staff()
    run = prepared("confirmed", "maker")
    asked = {
        "definition": DEFINITION.code, "kind": "initial", "period": period, "supersedes": str(run.pk),
        "reason": "二つ目の取込み",
    }  # fmt: skip
    here = terminal.post("/shiken/runs/new", asked).headers["Location"]
    page = terminal.get(here).content.decode()
    assert f"実行{run.pk}" in page and "二つ目の取込み" in page


def test_一覧の問いの数は_実行の数によらない(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff
) -> None:
    terminal, me = staff()
    terminal.get("/shiken/runs/")
    counts = []
    for _ in range(2):
        prepared("draft", me.number)
        with bind(shiken.code), CaptureQueriesContext(connection) as queries:
            assert terminal.get("/shiken/runs/").status_code == 200
        counts.append(len(queries))
        prepared("compared", me.number)
    assert counts[0] == counts[1]


def test_束の人は変化の大きい順に五十人ずつ_見た人が監査に残る(
    prepared: Callable[..., Run], staff: Staff, chain: Callable[[], list[dict[str, Any]]]
) -> None:
    terminal, me = staff("市民課")
    run = prepared("compared", me.number)
    first = terminal.get(url(run, "/b/added/people")).content.decode()
    second = terminal.get(url(run, "/b/added/people"), {"page": "2"}).content.decode()
    found = [re.findall(r"試験　太郎(\d+)", page) for page in (first, second)]
    assert found == [[str(n) for n in range(60, 10, -1)], [str(n) for n in range(10, 0, -1)]]
    assert '/shiken/p/60"' in first
    seen = [c["subjects"] for c in chain() if c["act"] == "計算の差の照会"]
    assert seen[-1] == found[1]
    assert terminal.get(url(run, "/b/removed/people")).status_code == 404


def test_二つの実行の差は働き手が分け_二度目はすぐ開く(
    shiken: Municipality, prepared: Callable[..., Run], staff: Staff
) -> None:
    terminal, me = staff("市民課")
    old = prepared("compared", me.number)
    Office.people = {**PEOPLE, "1": 900_000, "61": 500_000}
    new = prepared("compared", me.number)
    asked = {"before": str(old.pk), "after": str(new.pk)}
    here = terminal.post("/shiken/runs/diff", asked).headers["Location"]
    assert "every 2s" in terminal.get(here).content.decode()
    with bind(shiken.code):
        office.work()
    page = terminal.get(here).content.decode()
    # 1番: (900,000-100,000)/10 - (310,000-100,000)/10 = 59,000。61番: (500,000-100,000)/10 = 40,000
    assert "59,000" in page and "40,000" in page and "every 2s" not in page
    assert "試験　太郎1<" in page and "試験　太郎2<" not in page
    people = terminal.get(f"{here}/b/data").content.decode()
    assert "試験　太郎1<" in people and "試験　太郎61<" not in people
    assert terminal.post("/shiken/runs/diff", asked).headers["Location"] == here
    same = terminal.post("/shiken/runs/diff", {"before": str(old.pk), "after": str(old.pk)})
    assert (same.status_code, "RN-0034" in same.content.decode()) == (422, True)


def test_よその業務の実行は無いと言う(shiken: Municipality, staff: Staff, period: str) -> None:
    terminal, _ = staff()
    with bind(shiken.code):
        other = runs.create(
            office.levy.DEFINITION, kind=Kind.INITIAL, period=period, maker="maker", clock=CLOCK
        )
        jobs.cancel(jobs.latest(f"run/{other.pk}").pk, reason="試験", clock=CLOCK)  # type: ignore[union-attr]
    for tail in ("", "/progress", "/confirm", "/discard", "/b/total"):
        assert terminal.get(url(other, tail)).status_code == 404
    for number in ("999999", "9" * 30):
        for path in (
            f"runs/{number}",
            f"runs/diff/{number}",
            f"inbound/{number}",
            f"inbound/faults/{number}",
        ):
            assert terminal.get(f"/shiken/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "new", "1", "1/progress", "1/confirm", "1/discard", "1/b/total", "diff"]
)
def test_権限のない所属には何も開かない(staff: Staff, path: str) -> None:
    stranger, _ = staff("情報システム課")
    assert stranger.get(f"/shiken/runs/{path}").status_code == 403
