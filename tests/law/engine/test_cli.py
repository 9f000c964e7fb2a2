"""`tsugaru law` の副命令。"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tsugaru.faces.cli.law import app

町 = """
均等割の定め: {根拠: 町税条例第31条, 軸: 課税年度, 値: [{適用: 2024, 改正: 試験, 項目: {市町村民税: 3300}}]}
所得割の税率の定め: {根拠: 町税条例第34条の3, 軸: 課税年度, 値: [{適用: 2015, 項目: {}}]}
級地の定め: {根拠: 町税条例第24条, 軸: 課税年度, 値: [{適用: 2015, 項目: {級地: 3}}]}
普通徴収の定め: {根拠: 町税条例第40条, 軸: 課税年度, 値: [{適用: 2015, 項目: {}}]}
"""


def 動かす(*引数: str, 入力: Any = None) -> Any:
    return CliRunner().invoke(app, list(引数), input=json.dumps(入力, ensure_ascii=False))


def test_一覧に制度と範囲がある() -> None:
    assert "kojin\t個人住民税\t課税年度2014〜課税年度2026" in 動かす("list").output


def test_説明は既定で最後の年度() -> None:
    説明 = json.loads(動かす("describe", "kojin").output)
    assert 説明["時点"] == 2026
    assert any(一つ["名"] == "給与等の収入金額" for 一つ in 説明["事実"])


def test_一件を計算して全部の結果を書く() -> None:
    答え = json.loads(
        動かす("evaluate", "kojin", "--year", "2026", 入力={"給与等の収入金額": 6000000}).output
    )
    assert 答え["結果"]["給与所得の金額"] == 4360000
    assert 答え["結果"]["年税額"] == 答え["結果"]["市町村民税額"] + 答え["結果"]["道府県民税額"] + 1000
    assert 答え["判定できない"] == {}
    assert 答え["規則の代わりに与えた名"] == []


def test_途中の額だけを与えると_併せて要る名を言う() -> None:
    途中 = {"時点": 2026, "課税総所得金額": 1_500_000}
    併せて = {**途中, "合計所得金額": 2_500_000, "総所得金額等": 2_500_000}
    だけ, 揃い = json.loads(動かす("evaluate", "kojin", 入力=[途中, 併せて]).output)
    assert だけ["注意"] == [
        "課税総所得金額 を与えたときは、合計所得金額・総所得金額等 も与えてください（今は 0 として判定しています）。"
    ]
    assert (揃い["注意"], 揃い["結果"]["市町村民税の算出所得割額"]) == ([], 90_000)
    assert 揃い["規則の代わりに与えた名"] == ["合計所得金額", "総所得金額等", "課税総所得金額"]


def test_並びは並びで返り時点と定めは事例ごとに変えられる() -> None:
    事例 = [
        {"時点": 2020, "給与等の収入金額": 6000000},
        {"給与等の収入金額": 6000000, "定め": {"均等割の定め": {"道府県民税": 2000}}},
        {"公的年金等の収入金額": 1000000},
    ]
    令和2年度, 上乗せ, 年齢なし = json.loads(動かす("evaluate", "kojin", "--year", "2026", 入力=事例).output)
    assert (令和2年度["時点"], 令和2年度["結果"]["給与所得の金額"]) == (2020, 4260000)
    assert 上乗せ["結果"]["道府県民税の均等割額"] == 2000
    assert 年齢なし["結果"]["年税額"] is None
    assert 年齢なし["判定できない"]["年税額"] == ["年齢"]


def test_団体の条例を重ねる(tmp_path: Path) -> None:
    置き場 = tmp_path / "000000" / "parameters"
    置き場.mkdir(parents=True)
    (置き場 / "kojin.yaml").write_text(町, encoding="utf-8")
    引数 = ("evaluate", "kojin", "--year", "2026", "--municipality", "000000", "--data", str(tmp_path))
    答え = json.loads(動かす(*引数, 入力={"給与等の収入金額": 6000000}).output)
    assert 答え["結果"]["市町村民税の均等割額"] == 3300
    assert 答え["結果"]["均等割の非課税限度額"] == 380_000


def test_条例の値がない団体は止まり入れ先を言う(tmp_path: Path) -> None:
    引数 = ("evaluate", "kojin", "--year", "2026", "--municipality", "000000", "--data", str(tmp_path))
    出た = 動かす(*引数, 入力={})
    assert 出た.exit_code == 2
    assert "JT-1005" in 出た.output
    assert "級地の定め（地方税法施行令第47条の3" in 出た.output
    assert "kojin.yaml" in 出た.output


def test_説明は文章でもJSONでも書ける() -> None:
    事例 = {"給与等の収入金額": 6000000}
    文章 = 動かす("explain", "kojin", "給与所得の金額", "--year", "2026", 入力=事例).output
    assert 文章.startswith("給与所得の金額 = 4,360,000  〔所得税法第28条第2項")
    木 = json.loads(
        動かす("explain", "kojin", "給与所得の金額", "--year", "2026", "--json", 入力=事例).output
    )
    assert 木["入力"][0]["名"] == "給与所得控除後の金額"


def test_違いは変わった規則と定めとその先の結果を言う() -> None:
    違い = json.loads(動かす("diff", "kojin", "--from", "2025", "--to", "2026").output)
    assert 違い["変わった定め"]["扶養の定め"]["所得の上限"] == {"前": 480_000, "後": 580_000}
    assert [一つ["名"] for 一つ in 違い["加わった規則"] if 一つ["主な結果"]] == ["特定親族特別控除額"]
    assert "定額減税額" in 違い["なくなった規則"]
    assert {"扶養控除額", "年税額"} <= set(違い["額の変わりうる結果"])
    assert "雑損控除額" in 違い["額の変わりうる結果"]  # 給与所得控除が変わり、総所得金額等の10%が変わる
    assert not {"生命保険料控除額", "社会保険料控除額"} & set(違い["額の変わりうる結果"])


def test_同じ時点に違いはない() -> None:
    違い = json.loads(動かす("diff", "kojin", "--from", "2026", "--to", "2026").output)
    assert not any(違い.values())


def test_検査() -> None:
    検査 = 動かす("check", "kojin", "--today", "2026-12-01")
    assert 検査.exit_code == 0
    assert "kojin 誤り: 0件" in 検査.output
    assert 動かす("check", "kojin", "--today", "2026-12-01", "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("引数", "入力", "文"),
    [
        (("evaluate", "kozin"), {}, "JT-1030"),
        (("evaluate", "kojin"), {}, "JT-1024"),
        (("evaluate", "kojin", "--year", "2026"), [5], "JT-1023"),
        (("evaluate", "kojin", "--year", "2026"), {"給与": 1}, "JT-1022"),
        (("evaluate", "kojin", "--year", "2013"), {}, "JT-1011"),
        (("explain", "kojin", "年税額", "--year", "2026"), {"定め": {"税率": {}}}, "JT-1004"),
        (("explain", "kojin", "年税", "--year", "2026"), {}, "JT-1022"),
    ],
)
def test_誤りは符号と直し方を言って2で終わる(引数: tuple[str, ...], 入力: Any, 文: str) -> None:
    出た = 動かす(*引数, 入力=入力)
    assert (出た.exit_code, 文 in 出た.output) == (2, True)
