"""通知の頁: 頼む・進み・束の受け取り・一人の通知・担当の通知。"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection

from tests.kojin.notices_office import 住まわせる, 住む町を作る, 保護する, 働く, 通知を作る
from tests.kojin.office import 町, 確定する
from tests.kojin.reports import 会社の番号
from tests.support.staff import Desk
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import notice_orders
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz.models import Right
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.runs.api import Run
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def 町の人(here: Municipality, clock: FixedClock) -> 町:
    """住所と義務者のある町。"""
    return 住む町を作る(clock=clock)


@pytest.fixture
def 実行(町の人: 町, clock: FixedClock) -> Run:
    """確定した当初賦課。"""
    return 確定する(clock=clock)


def 本文(端末: Browser, path: str, status: int = 200) -> str:
    response = 端末.get(path)
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


def test_頼むと仕事が並び_終われば数と額が合い_束が並ぶ(実行: Run, 端末: Browser, clock: FixedClock) -> None:
    path = f"/kojin/notices/{実行.pk}"
    assert "通知を作り始める" in 本文(端末, path)
    sent = 端末.post(f"{path}/order", {"日": "r80610", "文書番号": "試第1号"})
    assert sent.status_code == 302
    job = jobs.latest(notice_orders.何について(実行.pk))
    assert job is not None
    assert job.arguments == {"run": 実行.pk, "issued_on": "2026-06-10", "number": "試第1号"}
    assert job.section == "税務課"
    assert "順番を待っています" in 本文(端末, path)
    assert "順番を待っています" in 本文(端末, f"{path}/progress")
    働く(job, clock=clock)
    page = 本文(端末, path)
    assert "×" not in page
    assert page.count("○") == 7
    assert "通知を作り始める" not in page
    assert 端末.get(f"{path}/progress").headers["HX-Refresh"] == "true"
    assert 本文(端末, "/kojin/notices").count("済") >= 1


def test_打ち間違えた日は残り_番号と直し方が出る(実行: Run, 端末: Browser) -> None:
    response = 端末.post(f"/kojin/notices/{実行.pk}/order", {"日": "令和8年13月1日", "文書番号": "試第1号"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "令和8年13月1日" in page
    assert "試第1号" in page
    assert jobs.latest(notice_orders.何について(実行.pk)) is None


def test_束は目的と渡す先を言って受け取り_監査に残る(
    実行: Run, 町の人: 町, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    path = f"/kojin/notices/{実行.pk}/b/1"
    assert "束を受け取る" in 本文(端末, path)
    refused = 端末.post(path, {"目的": "印刷・封入の委託", "渡す先": ""})
    assert (refused.status_code, "KJ-4113" in refused.content.decode()) == (422, True)
    assert not Hand.objects.exists()
    response = 端末.post(path, {"目的": "印刷・封入の委託", "渡す先": "試験印刷"})
    assert response.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert sorted(archive.namelist()) == sorted(
            [
                *(f"{n}.pdf" for n in 課税通知.objects.filter(束=1).values_list("通知番号", flat=True)),
                "manifest.csv",
            ]
        )
    assert Hand.objects.count() == 課税通知.objects.filter(束=1).count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    [entry] = [e for e in audit.history_of(町の人.トメ) if e.content["act"] == "通知の束の出力"]
    assert entry.content["detail"]["渡す先"] == "試験印刷"


def test_一社の束と一人の通知を番号から開く(
    実行: Run, 町の人: 町, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    path = f"/kojin/notices/{実行.pk}"
    for wanted, goes in ((会社の番号, f"/e/{会社の番号}"), (町の人.トメ, f"/p/{町の人.トメ}")):
        assert 端末.get(f"{path}/find?q={wanted}").headers["Location"] == path + goes
    assert "KJ-4112" in 端末.get(f"{path}/find?q=999", follow=True).content.decode()
    page = 本文(端末, f"{path}/e/{会社の番号}")
    assert 町の人.太郎 in page
    assert 町の人.トメ not in page
    assert 端末.get(f"{path}/e/12345").status_code == 404


def test_一人の通知を見て_確認用を出し_住所を直した後に作り直す(
    実行: Run, 町の人: 町, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    path = f"/kojin/notices/{実行.pk}/p/{町の人.トメ}"
    [row] = 課税通知.objects.filter(相手=町の人.トメ)
    assert row.通知番号 in 本文(端末, path)
    assert 端末.get(f"/kojin/notices/paper/{row.文書}.pdf").content.startswith(b"%PDF-")
    seen = 端末.post(f"{path}/preview", {"日": "r80610"}, follow=True)
    assert "送れません" in seen.content.decode()
    assert Document.objects.filter(issue_number__startswith="確認用").count() == 1
    values = {"通知": "1", "日": "r80701", "文書番号": "", "理由": ""}
    refused = 端末.post(path, values)
    assert (refused.status_code, "KJ-4109" in refused.content.decode()) == (422, True)
    住まわせる(町の人.トメ, "大字新町", clock=clock)
    assert 端末.post(path, {**values, "理由": "転居した"}).status_code == 302
    page = 本文(端末, path)
    assert ("今の一通" in page, "前の一通" in page, "転居した" in page) == (True, True, True)
    assert 課税通知.objects.filter(相手=町の人.トメ).count() == 2


def test_所在地を直した会社の義務者用を作り直し_一社の束には新しい方が入る(
    実行: Run, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    path = f"/kojin/notices/{実行.pk}/e/{会社の番号}"
    [前] = 課税通知.objects.filter(相手=会社の番号)
    assert f"{path}/make" in 本文(端末, path)
    values = {"通知": "2", "日": "r80701", "文書番号": "", "理由": "所在地の変更"}
    assert 端末.post(f"{path}/make", values).status_code == 302
    後 = 課税通知.objects.get(相手=会社の番号, 回=2)
    assert (後.税額, 後.束) == (前.税額, 0)
    page = 本文(端末, path)
    assert page.index(後.通知番号) < page.index("除く（作り直した）", page.index("通知番号"))


def test_支援措置の通知は_権限のない所属には開かず_担当は本人確認をして作る(
    実行: Run, 町の人: 町, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    保護する(町の人.トメ, clock=clock)
    通知を作る(実行, 税務課, clock=clock)
    path = f"/kojin/notices/{実行.pk}"
    assert "担当の通知（1通）" in 本文(端末, path)
    assert 端末.get(f"{path}/guarded").status_code == 403
    Right.objects.create(section="税務課", gyomu="kojin", operation="照会", field_class="支援措置")
    asked = 端末.get(f"{path}/guarded")
    assert (asked.status_code, "/step?" in asked.headers["Location"]) == (302, True)
    assert 端末.post(f"{path}/guarded", {"日": "r80610"}).status_code == 302
    assert not 課税通知.objects.filter(相手=町の人.トメ).exists()
    端末.step_up()
    page = 本文(端末, f"{path}/guarded")
    assert "大字下町" not in page
    assert 端末.post(f"{path}/guarded", {"日": "r80610", "文書番号": ""}).status_code == 302
    [row] = 課税通知.objects.filter(相手=町の人.トメ)
    taken = 端末.post(f"{path}/guarded/bundle", {"目的": "庁内での印刷・発送", "渡す先": ""})
    with zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))) as archive:
        assert f"{row.通知番号}.pdf" in archive.namelist()


def test_作った後に保護された人の住所は_どの頁にも束にも一文字も出ない(
    実行: Run, 町の人: 町, 端末: Browser, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    for number in (町の人.トメ, 町の人.太郎):
        保護する(number, clock=clock)
    path = f"/kojin/notices/{実行.pk}"
    papers = [f"/kojin/notices/paper/{one}.pdf" for one in 課税通知.objects.values_list("文書", flat=True)]
    pages = [
        path,
        f"{path}/b/1",
        f"{path}/b/2",
        f"{path}/e/{会社の番号}",
        f"{path}/guarded",
        f"{path}/guarded/bundle",
    ]
    people = [f"{path}/p/{number}" for number in (町の人.トメ, 町の人.太郎)]
    for one in [*pages, *people, *papers]:
        response = 端末.get(one)
        assert response.status_code in (200, 403), one
        assert not response.content.startswith(b"%PDF-"), one
        assert not any(町字 in response.content.decode() for 町字 in ("上町", "下町")), one
    for n in (1, 2):
        assert 端末.post(f"{path}/b/{n}", {"目的": "庁内での印刷・発送", "渡す先": ""}).status_code == 200
    assert not Hand.objects.exists()


def test_確定していない実行と無い実行には通知の頁がない(実行: Run, 端末: Browser) -> None:
    assert 端末.get("/kojin/notices/99999").status_code == 404
    Run.objects.filter(pk=実行.pk).update(state="superseded")
    assert 端末.get(f"/kojin/notices/{実行.pk}").status_code == 404
