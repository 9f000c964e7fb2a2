"""課税台帳と計算の跡の画面: 本物の通り道（席・権限・トランザクション）を通して。"""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.kojin.office import 町, 結ぶ
from tests.kojin.reports import 会社, 年度, 給報, 載せる
from tests.support.staff import Desk, sit
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import roll
from tsugaru.gyomu.kojin.models import 証明交付, 課税資料, 賦課
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


def 文(response: HttpResponse) -> str:
    return response.content.decode()


def 頁(端末: Browser, url: str, status: int = 200) -> str:
    response = 端末.get(url)
    assert response.status_code == status, 文(response)[:2000]
    return 文(response)


def 送る(端末: Browser, url: str, **values: Any) -> HttpResponse:
    found = re.search(r'name="token" value="([^"]+)"', 文(端末.get(url)))
    assert found, url
    return 端末.post(url, {"token": found.group(1), **values})


def 台帳(number: str, *rest: str) -> str:
    return "/".join(["/kojin/p", number, str(年度), *rest])


def test_一枚に年税額と段と徴収と資料が並ぶ(端末: Browser, 賦課した町: 町) -> None:
    page = 頁(端末, 台帳(賦課した町.太郎))
    assert "241,500" in page and "令和8年度" in page and "令和7年分の所得" in page
    for text in ("3,560,000", "1,170,000", "2,390,000", "143,400", "△1,500", "給与特別徴収", 会社, "使った"):
        assert text in page
    assert quote(f"/kojin/p/{賦課した町.太郎}/{年度}/trace/給与所得の金額") in page
    assert page.partition("<main")[2].partition("</main>")[0].count("data-primary") == 1


def test_賦課のない人には申告への道だけがある(端末: Browser, 賦課した町: 町) -> None:
    page = 頁(端末, 台帳(賦課した町.次郎))
    assert "未申告" in page and "この年度の賦課はありません" in page
    assert 台帳(賦課した町.次郎, "declare") in page and 台帳(賦課した町.次郎, "trace") not in page
    assert 端末.get(台帳(賦課した町.次郎, "trace")).status_code == 404


def test_問いの数は資料の数によらない(
    端末: Browser, 賦課した町: 町, here: Municipality, clock: FixedClock
) -> None:
    def 数える() -> int:
        with CaptureQueriesContext(connections[here.alias]) as seen:
            頁(端末, 台帳(賦課した町.太郎))
        return len(seen)

    数える()
    one = 数える()
    for n in ("21", "22"):
        載せる("給与支払報告書", [給報(受給者番号=n)], clock=clock, 差出人=f"第{n}")
    結ぶ(賦課した町.太郎, clock=clock)
    assert 課税資料.objects.filter(種類="1").count() == 3
    assert 数える() == one


def test_年度を言わなければ台帳のある年度が開き_ない年度と人は404(端末: Browser, 賦課した町: 町) -> None:
    response = 端末.get(f"/kojin/p/{賦課した町.太郎}")
    assert response.headers["Location"] == 台帳(賦課した町.太郎)
    for url in (
        f"/kojin/p/{賦課した町.太郎}/2013",
        f"/kojin/p/{賦課した町.太郎}/2099",
        "/kojin/p/9999999999/2026",
    ):
        assert 端末.get(url).status_code == 404


def test_税額の権限のない所属には何も開かず札も出ない(
    賦課した町: 町, here: Municipality, clock: FixedClock
) -> None:
    counter = Browser(sit("市民課", clock=clock), here)
    for rest in ((), ("trace",), ("declare",), ("particular",), ("certificate",)):
        assert counter.get(台帳(賦課した町.太郎, *rest)).status_code == 403
    assert "個人住民税" not in 頁(counter, f"/juki/p/{賦課した町.太郎}")


def test_総合照会の札は税額の権限のある職員にだけ年税額を出す(端末: Browser, 賦課した町: 町) -> None:
    page = 頁(端末, f"/juki/p/{賦課した町.太郎}")
    assert "令和8年度　241,500円" in page and 台帳(賦課した町.太郎) in page
    assert "賦課なし（未申告を含む）" in 頁(端末, f"/juki/p/{賦課した町.次郎}")


def test_跡は一段ずつ開き_条文と出どころが付く(端末: Browser, 賦課した町: 町) -> None:
    root = 頁(端末, 台帳(賦課した町.太郎, "trace"))
    assert 'role="tree"' in root and "市町村民税額" in root and "地方税法第41条" in root
    step = 端末.get(台帳(賦課した町.太郎, "trace", "社会保険料控除額"), headers={"HX-Request": "true"})
    text = 文(step)
    assert "<html" not in text and "第314条の2第1項第3号" in text and "740,000円" in text
    fact = 文(端末.get(台帳(賦課した町.太郎, "trace", "社会保険料の金額"), headers={"HX-Request": "true"}))
    assert f"給与支払報告書（{会社}）" in fact
    assert 端末.get(台帳(賦課した町.太郎, "trace", "無い額")).status_code == 404


def test_台帳と一円でも違えば_段は台帳のまま誤りを出し_跡も理由書も証明も作らない(
    端末: Browser, 賦課した町: 町, clock: FixedClock
) -> None:
    row = 賦課した町.太郎の賦課
    row.結果["基礎控除額"] = 430_001
    賦課.objects.create(
        **{f.name: getattr(row, f.name) for f in 賦課._meta.fields if f.name not in ("id", "番")}, 番=2
    )
    page = 頁(端末, 台帳(賦課した町.太郎))
    assert "KJ-3001" in page and "430,001" in page and "241,500" in page
    for url in (台帳(賦課した町.太郎, "trace"), 台帳(賦課した町.太郎, "trace", "年税額")):
        refused = 端末.get(url)
        assert refused.status_code in (409, 422) and "KJ-3001" in 文(refused)
    assert "KJ-3001" in 文(端末.post(台帳(賦課した町.太郎, "reasons")))
    made = 送る(端末, 台帳(賦課した町.太郎, "certificate"), 種類="課税証明書", 請求者="本人")
    assert made.status_code == 422 and "KJ-3001" in 文(made)
    assert not Document.objects.exists()


def test_資料は書かれた事実と届け物の行を見せ_ほかの人のものは開かない(端末: Browser, 賦課した町: 町) -> None:
    own = 課税資料.objects.get(種類="1")
    page = 頁(端末, 台帳(賦課した町.太郎, "source", str(own.pk)))
    assert "5,000,000円" in page and "1行目" in page and "職員の判断" in page
    other = 課税資料.objects.get(種類="2")
    assert 端末.get(台帳(賦課した町.太郎, "source", str(other.pk))).status_code == 404


def test_申告を打ちながら試算し_記録すれば資料に並ぶ(端末: Browser, 賦課した町: 町) -> None:
    url = 台帳(賦課した町.太郎, "declare")
    values = {"受付日": "R8.4.20", "申告者": "本人", "医療費の金額": "２００，０００"}
    token = re.search(r'name="token" value="([^"]+)"', 頁(端末, url))
    assert token
    preview = 端末.post(f"{url}/preview", {"token": token.group(1), **values})
    assert "241,500" in 文(preview) and "231,500" in 文(preview) and "月例更正" in 文(preview)
    assert 端末.post(url, {"token": token.group(1), **values}).headers["Location"] == 台帳(賦課した町.太郎)
    page = 頁(端末, 台帳(賦課した町.太郎))
    assert "未反映" in page and "住民税申告" in page and "241,500" in page
    again = 端末.post(url, {"token": token.group(1), **values})
    assert again.status_code == 422 and "KJ-3105" in 文(again)


@pytest.mark.parametrize(
    ("変更", "番号"),
    [
        ({"医療費の金額": "二十万"}, "YN-0001"),
        ({"医療費の金額": "-1"}, "KJ-3122"),
        ({"一般扶養親族の数": "31"}, "KJ-3122"),
        ({"受付日": "R9.4.20"}, "KJ-3123"),
        ({"受付日": "きのう"}, "DT-0001"),
        ({"申告者": "隣人"}, "SC-0102"),
        ({"障害者である": "2"}, "SC-0102"),
        ({"医療費の金額": ""}, "KJ-3113"),
    ],
)
def test_受け取れない申告は番号で断り_打った物は残る(
    端末: Browser, 賦課した町: 町, 変更: dict[str, str], 番号: str
) -> None:
    values = {"受付日": "R8.4.20", "申告者": "本人", "医療費の金額": "200000", "社会保険料の金額": ""} | 変更
    response = 送る(端末, 台帳(賦課した町.太郎, "declare"), **values)
    assert response.status_code == 422 and 番号 in 文(response)
    for text in 変更.values():
        assert not text or text in 文(response) or text in ("隣人", "2")
    assert not 課税資料.objects.filter(種類="4").exists()


def test_別の人の画面の印では_試算も記録もしない(端末: Browser, 賦課した町: 町) -> None:
    token = re.search(r'name="token" value="([^"]+)"', 頁(端末, 台帳(賦課した町.次郎, "declare")))
    assert token
    values = {"token": token.group(1), "受付日": "R8.4.20", "申告者": "本人", "医療費の金額": "200000"}
    url = 台帳(賦課した町.太郎, "declare")
    for response in (
        端末.post(url, values),
        端末.post(f"{url}/preview", values),
        端末.post(f"{url}/preview", {}),
    ):
        assert response.status_code in (409, 422) and "KJ-3103" in 文(response)
    assert not 課税資料.objects.filter(種類="4").exists()


def test_個別の事項は根拠と理由がなければ定めない(端末: Browser, 賦課した町: 町) -> None:
    url = 台帳(賦課した町.太郎, "particular")
    bare = 送る(端末, url, 事実名="生活扶助を受けている", 値="1")
    assert bare.status_code == 422 and 文(bare).count("SC-0101") >= 2
    wrong = 送る(端末, url, 事実名="生活扶助を受けている", 値="2", 根拠="法", 理由="通知")
    assert "KJ-3132" in 文(wrong)
    done = 送る(端末, url, 事実名="生活扶助を受けている", 値="1", 根拠="法第295条", 理由="福祉事務所の通知")
    assert done.status_code == 302
    assert "福祉事務所の通知" in 頁(端末, 台帳(賦課した町.太郎)) and "未反映" in 頁(
        端末, 台帳(賦課した町.太郎)
    )


def test_証明は請求から作り_作った席にだけ渡る(
    端末: Browser, 賦課した町: 町, here: Municipality, clock: FixedClock
) -> None:
    url = 台帳(賦課した町.太郎, "certificate")
    agent = 送る(端末, url, 種類="課税証明書", 請求者="代理人")
    assert agent.status_code == 422 and "KJ-4009" in 文(agent)
    made = 送る(端末, url, 種類="所得証明書", 請求者="代理人", 代理人氏名="工藤　花子", 使用目的="奨学金")
    row = 証明交付.objects.get()
    assert made.headers["Location"] == f"/kojin/issued/{row.文書}"
    assert (row.種類, row.代理人氏名, row.手数料) == ("所得証明書", "工藤　花子", 300)
    assert "PDF を開いて印刷" in 頁(端末, f"/kojin/issued/{row.文書}")
    pdf = 端末.get(f"/kojin/document/{row.文書}.pdf")
    assert pdf.content.startswith(b"%PDF") and str(row.文書).encode() in pdf.content
    assert Hand.objects.filter(document_id=row.文書).count() == 1
    assert row.発行番号 in 頁(端末, 台帳(賦課した町.太郎))
    neighbour = Browser(sit("税務課", clock=clock), here)
    assert neighbour.get(f"/kojin/document/{row.文書}.pdf").status_code == 404
    assert "作った職員の席" in 頁(neighbour, f"/kojin/issued/{row.文書}")


def test_同じ画面から二度送っても一通だけ(端末: Browser, 賦課した町: 町) -> None:
    url = 台帳(賦課した町.太郎, "certificate")
    token = re.search(r'name="token" value="([^"]+)"', 頁(端末, url))
    assert token
    values = {"token": token.group(1), "種類": "課税証明書", "請求者": "本人"}
    assert 端末.post(url, values).status_code == 302
    assert 端末.post(url, values).status_code in (409, 422)
    assert 証明交付.objects.count() == 1


def test_未申告の人の証明は断り_申告への道を示す(端末: Browser, 賦課した町: 町) -> None:
    page = 頁(端末, 台帳(賦課した町.次郎, "certificate"), 409)
    assert "KJ-4001" in page and 台帳(賦課した町.次郎, "declare") in page
    assert not Document.objects.exists()


def test_支援措置の対象者の住所は出ず_証明は担当へ(
    端末: Browser, 賦課した町: 町, clock: FixedClock, 税務課: Desk
) -> None:
    Shield.objects.create(
        subject=賦課した町.太郎, case="S1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=clock.now(), opened_by="t0",
    )  # fmt: skip
    assert "支援措置" in 頁(端末, 台帳(賦課した町.太郎))
    refused = 端末.get(台帳(賦課した町.太郎, "certificate"))
    assert refused.status_code == 403 and "TD-0004" in 文(refused)
    assert not Document.objects.exists()


def test_理由書を作り_作った席にだけ渡る(
    端末: Browser, 賦課した町: 町, here: Municipality, clock: FixedClock
) -> None:
    made = 端末.post(台帳(賦課した町.太郎, "reasons"))
    document = Document.objects.get()
    assert made.headers["Location"] == 台帳(賦課した町.太郎, "reasons", str(document.pk))
    assert "この税額の理由" in 頁(端末, made.headers["Location"])
    assert 端末.get(f"/kojin/document/{document.pk}.pdf").content.startswith(b"%PDF")
    neighbour = Browser(sit("税務課", clock=clock), here)
    assert neighbour.get(f"/kojin/document/{document.pk}.pdf").status_code == 404
    other = 台帳(賦課した町.トメ, "reasons", str(document.pk))
    assert 端末.get(other).status_code == 404
    assert 端末.post(台帳(賦課した町.次郎, "reasons")).status_code == 404


def test_取り消された賦課の画面には歴が残り_証明も跡もない(
    端末: Browser, 賦課した町: 町, clock: FixedClock
) -> None:
    row = 賦課した町.太郎の賦課
    roll.取り消す(
        年度,
        {row.宛名番号: row.番},
        実行=row.実行,
        更正事由="資料の取消し",
        決定日=row.決定日,
        now=clock.now(),
    )
    page = 頁(端末, 台帳(賦課した町.太郎))
    assert "賦課の取消し" in page and "資料の取消し" in page and "この年度の賦課はありません" in page
    assert 端末.get(台帳(賦課した町.太郎, "trace")).status_code == 404
    assert "KJ-4001" in 頁(端末, 台帳(賦課した町.太郎, "certificate"), 409)
    assert "賦課なし（未申告を含む）" in 頁(端末, f"/juki/p/{賦課した町.太郎}")
