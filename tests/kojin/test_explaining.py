"""説明: 計算し直して台帳と一円でも違えば出さない。定めの出どころと、理由書の章。"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from tests.kojin.office import 町
from tests.kojin.reports import 会社
from tsugaru.gyomu.kojin.domain import dossier, explaining, parameters, reasons, steps, units
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.rules import 規則書
from tsugaru.law.engine.words import 分率, 課税年度
from tsugaru.law.kojin.public import 個人住民税

pytestmark = pytest.mark.db


def test_計算し直した全ての結果が台帳と同じ(賦課した町: 町) -> None:
    for row in 賦課.objects.all():
        説 = explaining.説明する(row)
        assert 説.値("年税額") == row.年税額
        assert 説.規則は同じ


@pytest.mark.parametrize(
    ("名", "台帳", "計算"),
    [("給与所得の金額", "3,560,001円", "3,560,000円"), ("森林環境税額", "1,001円", "1,000円")],
)
def test_一円違えば説明を出さず_名と二つの値を言う(賦課した町: 町, 名: str, 台帳: str, 計算: str) -> None:
    row = 賦課した町.太郎の賦課
    row.結果[名] += 1
    with pytest.raises(業務エラー, match=rf"KJ-3001 .*「{名}」.*台帳 {台帳}、計算 {計算}"):
        explaining.説明する(row)


def test_台帳にない結果が計算に現れても説明を出さない(賦課した町: 町) -> None:
    row = 賦課した町.太郎の賦課
    del row.結果["基礎控除額"]
    with pytest.raises(業務エラー, match=r"KJ-3001 .*「基礎控除額」.*台帳 0円、計算 430,000円"):
        explaining.説明する(row)


定め = """\
級地の定め: {根拠: 試験, 軸: 課税年度, 値: [{適用: 2014, 項目: {級地: 3}}]}
所得割の税率の定め:
  根拠: 試験条例
  軸: 課税年度
  値: [{適用: 2014, 確認: 未確認, 項目: {市町村民税: 6/100, 道府県民税: 4/100}}]
均等割の定め: {根拠: 試験, 軸: 課税年度, 値: [{適用: 2014, 項目: {市町村民税: 3300, 道府県民税: 1000}}]}
普通徴収の定め: {根拠: 試験, 軸: 課税年度, 値: [{適用: 2014, 項目: {納期の数: 4, 端数の単位: 1000, 均等割のみは一括: false}}]}
"""


def test_条例が後で変わっても額は変わらず_今の定めと違うと言う(
    賦課した町: 町, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "kojin.yaml").write_text(定め, "utf-8")
    monkeypatch.setattr(parameters, "条例の置き場", lambda: tmp_path)
    説 = explaining.説明する(賦課した町.太郎の賦課)
    均等割 = steps.一歩を見る(説, "市町村民税の均等割額")
    assert (均等割.値, 均等割.定め[0].出どころ.今と違う) == ("3,000円", True)
    所得割 = steps.一歩を見る(説, "市町村民税の算出所得割額")
    [率] = [one for one in 所得割.定め if one.名 == "所得割の税率の定め"]
    assert (率.出どころ.確認済み, 率.出どころ.根拠, 率.出どころ.今と違う) == (False, "試験条例", False)
    assert ("市町村民税", "6%") in 率.値たち


@pytest.mark.parametrize(
    ("分子", "分母", "文字"), [(6, 100, "6%"), (161, 4000, "4.025%"), (1, 3, "1/3"), (1, 2, "50%")]
)
def test_率は百分率で_書けなければ分数で見せる(分子: int, 分母: int, 文字: str) -> None:
    assert steps.百分率(分率(分子, 分母)) == 文字


def test_一歩は条文と入力と端数を持ち_零の枝は分ける(賦課した町: 町) -> None:
    step = steps.一歩を見る(explaining.説明する(賦課した町.太郎の賦課), "市町村民税の所得割額")
    assert "第314条の3" in step.根拠
    assert step.端数 == "100未満切捨て（地方税法第20条の4の2第3項）"
    assert [(one.名, one.値) for one in step.読んだ枝] == [("市町村民税の定額減税後の額", "141,900円")]
    assert [one.名 for one in step.零の枝] == ["市町村民税の配当割等控除額"]


def test_理由書は事実から年税額まで条文つきで並び_飛ばした一歩の額も失わない(
    賦課した町: 町, clock: FixedClock
) -> None:
    book = dossier.開く(賦課した町.太郎, 2026)
    found = reasons.理由を作る(
        explaining.説明する(賦課した町.太郎の賦課),
        氏名="工藤　太郎",
        通知書番号=book.今の通知番号,
        資料=[one.資料 for one in book.資料],
        個別=frozenset(),
        日=clock.today(),
        担当="試験市　税務課",
        電話番号="―",
    )
    assert [one.名 for one in found.章] == [
        "所得",
        "所得控除",
        "課税標準",
        "税額",
        "税額控除と年税額",
        "期割",
    ]
    assert found.通知書番号 == ""  # まだ通知していない
    assert (found.結論の額, found.章[0].結び) == (241_500, "合計所得金額 3,560,000円")
    rows = {行.名: 行 for 章 in found.章 for 行 in 章.行 if not 行.零}
    assert rows["給与所得の金額"].値 == "3,560,000円"
    assert "所得控除の合計額 1,170,000円" in rows["課税総所得金額"].式
    assert rows["社会保険料控除額"].出所 == f"給与支払報告書（{会社}）"
    assert all(行.根拠 for 行 in rows.values())
    assert len(rows) == len([行 for 章 in found.章 for 行 in 章.行 if not 行.零])
    assert "配当所得の金額" not in rows
    [給与] = [one for one in found.事実 if one.事実名 == "給与等の収入金額"]
    assert (給与.事実の値, 給与.資料名) == ("5,000,000円", f"給与支払報告書（{会社}）")


@pytest.mark.parametrize("年", range(個人住民税.初.値, 個人住民税.終.値 + 1))
def test_円でない結果に円を付けない(年: int) -> None:
    """規則の本文の型の名（円・人・月・真偽）と突き合わせる。int と書かれた規則は、円でないものだけである。"""
    for 一歩 in 個人住民税.図(課税年度(年)).順:
        if isinstance(一歩.元, 規則書):
            match = re.search(r"-> ([^:]+):", inspect.getsource(一歩.元.本体))
            assert match is not None
            if match[1] != "真偽":
                assert (units.単位(一歩.名) == "円") == (match[1] == "円"), 一歩.名
        elif 一歩.元.種 == "数":
            assert units.単位(一歩.名) == "人", 一歩.名
