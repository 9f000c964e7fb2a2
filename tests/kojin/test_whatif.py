"""もしもの計算: 今の定めなら実行と同じ、替えれば手計算と同じだけ動き、台帳には何も書かない。"""

from __future__ import annotations

import json

import pytest
from django.db import connection

from tests.kojin.test_year import 本人, 計算した  # noqa: F401
from tests.support.staff import sit
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import adjusting, model_people, parameters, whatif
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.words import 上限なし
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Run
from tsugaru.platform.runs.models import Blob
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
市町村民税, 税率, 均等割 = "市町村民税額", "所得割の税率の定め/市町村民税", "均等割の定め/市町村民税"


def 試した(run: Run, **打った: str) -> whatif.もしも:
    """道の名（/ を __ で書く）と値で試す。"""
    typed = {道.replace("__", "/"): 値 for 道, 値 in 打った.items()}
    新, 変更たち, 誤り = adjusting.替える(whatif.定めの写し(run), typed)
    assert not 誤り
    return whatif.試す(run, 新, 変更たち)


@pytest.mark.usefixtures("本人")
def test_今の定めなら実行と一円まで同じ(clock: FixedClock) -> None:
    run = 計算した(clock)
    assert run.results_id is not None
    seen = 試した(run)
    assert (seen.人数, seen.違う人, seen.変更たち) == (2, 0, [])
    kept = runs.frame_of(run.results_id)
    assert {t.名: (t.前, t.後) for t in seen.税収たち} == {名: (kept[名].sum(),) * 2 for 名 in whatif.税}


@pytest.mark.usefixtures("本人")
def test_替えた定めの効き目は手計算と同じ(clock: FixedClock) -> None:
    """均等割は二人で 500×2 円。税率を一分上げると、課税標準 2,390,000 と 470,000（年金 2,000,000−1,100,000−基礎 430,000）の 1%。"""
    run = 計算した(clock)
    flat = 試した(run, 均等割の定め__市町村民税="3,500")
    assert [t.後 - t.前 for t in flat.税収たち] == [1_000, 0, 0, 1_000]
    rate = 試した(run, 所得割の税率の定め__市町村民税="7%")
    assert [t.後 - t.前 for t in rate.税収たち] == [23_900 + 4_700, 0, 0, 28_600]
    assert [(c.道, c.前, c.後, c.単位) for c in rate.変更たち] == [(税率, "6%", "7%", "率")]


@pytest.mark.usefixtures("本人")
def test_実行にも台帳にも何も書かず_誰が何を試したかは監査に残る(clock: FixedClock) -> None:
    run = 計算した(clock)
    before = (Run.objects.count(), Blob.objects.count())
    試した(run, 均等割の定め__市町村民税="3500")
    assert (Run.objects.count(), Blob.objects.count()) == before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT * FROM audit.acts_of(NULL, '-infinity', 'infinity', 1)")
        [(_, _, content)] = cursor.fetchall()
    left = json.loads(bytes(content))
    assert left["act"] == "もしもの計算"
    assert left["detail"] == {"run": run.pk, "changes": [[均等割, "3,000", "3,500"]]}


@pytest.mark.usefixtures("本人")
def test_二人だけの枡は伏せられる(clock: FixedClock) -> None:
    seen = 試した(計算した(clock), 均等割の定め__市町村民税="3500")
    assert {one.人数 for one in seen.階級} == {None, 0}
    assert {one.増減 for one in seen.世帯} <= {None, 0}


def test_一つだけの小さい枡は次に小さい枡とともに伏せる() -> None:
    assert whatif._伏せる({"甲": 5, "乙": 20, "丙": 100, "丁": 0}) == {"甲", "乙"}
    assert whatif._伏せる({"甲": 5, "乙": 9, "丙": 100}) == {"甲", "乙"}
    assert whatif._伏せる({"甲": 10, "乙": 20}) == set()


def test_モデルの税額は手計算と同じ(here: Municipality) -> None:
    """給与 3,000,000: 所得 2,020,000 から社保 450,000 と基礎 430,000 を引いて 1,140,000。

    市 6% 68,400−調整 1,500、県 4% 45,600−1,000、均等割 4,000 と森林環境税 1,000。
    """
    found = model_people.計算する(parameters.写す("2026"))
    one = found.filter((found["名"] == "単身・給与") & (found["収入"] == 3_000_000))
    assert one["年税額"].to_list() == [66_900 + 44_600 + 5_000]


def test_税額が一刻みで見合わず増える所は崖になる(here: Municipality) -> None:
    """ひとり親は合計所得 135 万円まで非課税なので、給与所得が 1,350,000 円を超えた所で、所得割と均等割が一度にかかる。"""
    found = model_people.計算する(parameters.写す("2026"))
    cliffs = [c for c in model_people.崖たち(found, found) if c.名.startswith("ひとり親")]
    assert (cliffs[0].収入, cliffs[0].前) == (2_050_000, cliffs[0].後)
    assert cliffs[0].前 > 20_000


@pytest.mark.parametrize(
    ("道", "text", "値"),
    [
        (均等割, "３，５００", 3_500),
        (均等割, "上限なし", 上限なし),
        (税率, "6.5%", "13/200"),
        (税率, "13/200", "13/200"),
        ("普通徴収の定め/均等割のみは一括", "はい", True),
    ],
)
def test_打った値を今の型で読む(here: Municipality, 道: str, text: str, 値: object) -> None:
    写 = parameters.写す("2026")
    新, _, 誤り = adjusting.替える(写, {道: text, "ない定め/値": "1", "級地の定め/級地": " "})
    定め, 欄 = 道.split("/")
    assert 新["定め"][定め][欄] == 値
    assert not 誤り
    assert 写 == parameters.写す("2026")


@pytest.mark.parametrize(
    ("道", "text"), [(均等割, "-1"), (均等割, "千円"), (税率, "0.06"), (税率, "6/0"), (均等割, "1" * 16)]
)
def test_読めない値は断り_今の値と書き方を言う(here: Municipality, 道: str, text: str) -> None:
    _, 変更たち, 誤り = adjusting.替える(parameters.写す("2026"), {道: text})
    assert not 変更たち
    assert isinstance(誤り[道], 業務エラー)
    assert str(誤り[道]).startswith("KJ-6001 ")
    assert "今は" in str(誤り[道])


@pytest.mark.usefixtures("本人")
def test_画面は計算し_誤りがあれば打った物を残す(here: Municipality, clock: FixedClock) -> None:
    run = 計算した(clock)
    browser = Browser(sit("税務課", clock=clock), here)
    form = browser.get("/kojin/whatif")
    assert f'value="{run.pk}" selected' in form.content.decode()
    done = browser.post("/kojin/whatif", {"run": run.pk, f"p:{均等割}": "3500"}).content.decode()
    assert "全員で一円まで同じ" in done
    assert "style=" not in done.replace("stylesheet", "")
    wrong = browser.post("/kojin/whatif", {"run": run.pk, f"p:{均等割}": "三千", f"p:{税率}": "7%"})
    assert wrong.status_code == 422
    assert 'value="三千"' in wrong.content.decode()
    assert 'value="7%"' in wrong.content.decode()
    assert browser.get("/kojin/whatif?run=999999").status_code == 404


def test_計算がなければそう言う(here: Municipality, clock: FixedClock) -> None:
    browser = Browser(sit("税務課", clock=clock), here)
    assert "もとにする計算がありません" in browser.get("/kojin/whatif").content.decode()
    assert browser.post("/kojin/whatif", {"run": "1"}).status_code == 404
    assert Browser(sit("市民課", clock=clock), here).get("/kojin/whatif").status_code == 403
