"""特別徴収義務者台帳: 台帳にない支払者からは徴収せず、登録・訂正・終了は履歴になる。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kojin.office import 町, 町を作る, 確定する
from tests.kojin.reports import 会社, 会社の番号, 年度, 給報, 義務者を登録する, 載せる
from tests.support.staff import sit
from tests.support.web import Browser
from tsugaru.gyomu.kojin.domain import employers, facts
from tsugaru.gyomu.kojin.domain.employers import 義務者の事項
from tsugaru.gyomu.kojin.models import 特徴義務者, 課税資料
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
法人番号 = "7000012050002"  # 国税庁が公表している自身の法人番号（検査用数字の例）


def 記録する(番号: str, clock: FixedClock, 基: int = 0, **変更: Any) -> 特徴義務者:
    base: dict[str, Any] = {"宛名番号": "", "名称": "株式会社試験"}
    return employers.記録する(
        番号,
        義務者の事項(**{**base, **変更}),
        基の履歴番号=基,
        理由="届出" if 基 else "",
        職員="t0",
        clock=clock,
    )


def 送る(browser: Browser, url: str, **values: str) -> Any:
    """画面を開き、その印を付けて送る。"""
    page = browser.get(url).content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    return browser.post(url, {"token": token, **values})


def test_登録のない支払者の従業員は普通徴収になり_点検に挙がる(here: Municipality, clock: FixedClock) -> None:
    made = 町を作る(clock=clock, 指定番号="79999990")
    特徴 = facts.人の事実(年度, made.太郎).row(0, named=True)
    assert (特徴["給与特別徴収を受ける"], 特徴["指定番号"], 特徴["点検"]) == (1, "79999990", "")
    記録する("79999990", clock, 1, 終了日=date(2026, 3, 31))
    found = facts.人の事実(年度, made.太郎).row(0, named=True)
    assert (found["給与特別徴収を受ける"], found["指定番号"], found["点検"]) == (0, "", "義務者の登録がない")
    確定する(clock=clock)
    assert set(made.太郎の賦課.期別) == {"普徴"}


def test_登録のない支払者は人数の順に並び_報告書の名称で登録できる(
    here: Municipality, clock: FixedClock
) -> None:
    rows = [給報(受給者番号=str(n), 指定番号="79999990") for n in range(3)] + [
        給報(受給者番号="9", 指定番号="79999991")
    ]
    載せる("給与支払報告書", rows, clock=clock, 登録=False)
    assert [(one.指定番号, one.枚数) for one in employers.登録のない(年度)] == [
        ("79999990", 3),
        ("79999991", 1),
    ]
    row = employers.報告書から登録する(employers.登録のない(年度)[0].資料, 職員="t0", clock=clock)
    assert (row.名称, row.法人番号, row.宛名番号) == (会社, "", "")
    assert [one.指定番号 for one in employers.登録のない(年度)] == ["79999991"]


def test_法人番号は十三桁のときだけ報告書から写す(here: Municipality, clock: FixedClock) -> None:
    """個人の事業主の12桁の番号（個人番号）は、台帳に入らない。"""
    for n, (番号, 写る) in enumerate([(法人番号, 法人番号), ("123456789018", "")]):
        項目 = {"支払者の個人番号又は法人番号": 番号}
        載せる("給与支払報告書", [給報(項目, 指定番号=f"7999999{n}")], clock=clock, 差出人=str(n), 登録=False)
        資料 = 課税資料.objects.order_by("-pk")[0]
        assert employers.報告書から登録する(資料.pk, 職員="t0", clock=clock).法人番号 == 写る


@pytest.mark.parametrize(
    ("番号", "変更", "符号"),
    [
        ("７０００", {}, "KJ-5001"),
        ("", {}, "KJ-5001"),
        ("70000010", {"名称": " "}, "KJ-5002"),
        ("70000010", {"法人番号": "1234567890123"}, "KJ-5003"),
        ("70000010", {"宛名番号": "999"}, "KJ-5004 宛名番号 999"),
        ("70000010", {"納入方法": "毎年"}, "KJ-5005"),
    ],
)
def test_誤った事項は登録できない(
    here: Municipality, clock: FixedClock, 番号: str, 変更: dict[str, Any], 符号: str
) -> None:
    with pytest.raises(業務エラー, match=符号):
        記録する(番号, clock, **変更)
    assert not 特徴義務者.objects.exists()


def test_訂正と終了は履歴になり_古い画面からは書けない(here: Municipality, clock: FixedClock) -> None:
    記録する("70000010", clock)
    with pytest.raises(業務エラー, match="KJ-5006"):
        記録する("70000010", clock)
    記録する("70000010", clock, 1, 名称="株式会社新名")
    assert [row.名称 for row in employers.歴("70000010")] == ["株式会社新名", "株式会社試験"]
    with pytest.raises(業務エラー, match="KJ-5007"):
        employers.記録する(
            "70000010", 義務者の事項(宛名番号="", 名称="x"), 基の履歴番号=2, 理由="", 職員="t0", clock=clock
        )
    記録する("70000010", clock, 2, 終了日=date(2026, 3, 31))
    assert not employers.徴収できる("70000010")
    assert not employers.徴収できる("知らない")


def test_探すのは指定番号の頭か法人番号か名称(here: Municipality, clock: FixedClock) -> None:
    記録する("70000010", clock, 法人番号=法人番号)
    記録する("70000020", clock, 名称="有限会社見本酒造")
    当たり = {
        "": ["70000010", "70000020"],
        "7000002": ["70000020"],
        法人番号: ["70000010"],
        "酒造": ["70000020"],
    }
    for 言葉, 番号たち in 当たり.items():
        assert [row.指定番号 for row in employers.探す(言葉)] == 番号たち


def test_一覧と従業員の画面は_人数によらない数の問いで開く(
    賦課した町: 町, 端末: Browser, clock: FixedClock
) -> None:
    url = f"/kojin/employers/{会社の番号}/{年度}"
    for page in ("/kojin/employers", url):
        端末.get(page)
        with CaptureQueriesContext(connection) as one:
            text = 端末.get(page).content.decode()
        assert 会社 in text
        記録する(f"7900000{len(page) % 10}", clock)
        with CaptureQueriesContext(connection) as two:
            端末.get(page)
        assert len(one) == len(two)
    assert "241,500" in text
    assert 賦課した町.太郎 in text
    assert 賦課した町.トメ not in text


def test_画面から登録し_訂正し_打ったものは誤りでも残る(端末: Browser, 賦課した町: 町) -> None:
    values = {"指定番号": "70000088", "名称": "株式会社画面", "宛名番号": "12345", "納入方法": "特例"}
    bad = 送る(端末, "/kojin/employers/new", **values)
    assert bad.status_code == 422
    assert "KJ-5004" in bad.content.decode()
    assert "株式会社画面" in bad.content.decode()
    good = 送る(端末, "/kojin/employers/new", **(values | {"宛名番号": 賦課した町.次郎}))
    assert good.headers["Location"] == f"/kojin/employers/70000088/{年度}"
    edited = {"名称": "株式会社直し", "宛名番号": 賦課した町.次郎, "納入方法": "毎月", "理由": "届出"}
    assert 送る(端末, "/kojin/employers/70000088/edit", **edited).status_code == 302
    assert [row.名称 for row in employers.歴("70000088")] == ["株式会社直し", "株式会社画面"]
    assert (
        "納期の特例"
        not in 端末.get(f"/kojin/employers/70000088/{年度}").content.decode().split("歴（新しい順）")[0]
    )


def test_別の義務者の画面からは送れない(端末: Browser, 賦課した町: 町, clock: FixedClock) -> None:
    義務者を登録する("70000088", clock=clock)
    page = 端末.get(f"/kojin/employers/{会社の番号}/edit").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    values = {"名称": "別", "宛名番号": 賦課した町.次郎, "納入方法": "毎月", "理由": "x", "token": token}
    response = 端末.post("/kojin/employers/70000088/edit", values)
    assert "KJ-5009" in response.content.decode()
    assert len(employers.歴("70000088")) == 1


def test_登録のない支払者の一覧から一つずつ登録する(端末: Browser, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報(指定番号="79999990")], clock=clock, 登録=False)
    url = f"/kojin/employers/absent/{年度}"
    assert 送る(端末, url, code="79999990").headers["Location"] == url
    assert employers.徴収できる("79999990")
    載せる(
        "給与支払報告書", [給報(指定番号="79999991", 受給者番号="2")], clock=clock, 差出人="二", 登録=False
    )
    assert (
        送る(端末, url, code="79999991", next="edit").headers["Location"] == "/kojin/employers/79999991/edit"
    )


def test_見る権限だけでは登録の画面は開かない(here: Municipality, clock: FixedClock) -> None:
    browser = Browser(sit("市民課", clock=clock), here)
    for 後 in ("", f"/absent/{年度}", "/new", f"/{会社の番号}/{年度}", f"/{会社の番号}/edit"):
        assert browser.get(f"/kojin/employers{後}").status_code == 403
