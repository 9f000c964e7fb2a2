"""特別徴収の異動: 法の許すものだけが記録され、反映の前に額を見られ、取り消せる。"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.kojin.office import 町
from tests.kojin.reports import 会社の番号, 年度, 義務者を登録する
from tests.kojin.test_correcting import 更正する, 調定が台帳と合う
from tsugaru.gyomu.kojin.domain import employers, switches, switching
from tsugaru.gyomu.kojin.domain.switches import 届
from tsugaru.gyomu.kojin.models import 特徴異動
from tsugaru.kernel.clock import Clock, FixedClock
from tsugaru.kernel.errors import 業務エラー

pytestmark = pytest.mark.db
乙 = "70000079"
九月 = FixedClock(datetime(2026, 9, 4, 1, 0, tzinfo=UTC))
二月 = FixedClock(datetime(2027, 2, 3, 1, 0, tzinfo=UTC))


def 届出(**変更: Any) -> 届:
    """8月末で退職、8月まで徴収し、残りは普通徴収。"""
    base: dict[str, Any] = {
        "事由": "退職", "異動日": date(2026, 8, 31), "徴収済の月": 8, "残りの方法": "普通", "受付日": date(2026, 9, 4),
    }  # fmt: skip
    return 届(**{**base, **変更})


def 記録する(宛名番号: str, clock: Clock = 九月, **変更: Any) -> 特徴異動:
    版 = switches.開く(宛名番号, 年度).版
    return switching.記録する(宛名番号, 年度, 届出(**変更), 基の版=版, 職員="t0", clock=clock)


def 取り消す(宛名番号: str, 番: int, clock: Clock = 九月) -> 特徴異動:
    版 = switches.開く(宛名番号, 年度).版
    return switching.取り消す(宛名番号, 年度, 番, 理由="届出の誤り", 基の版=版, 職員="t0", clock=clock)


def test_記録しても税額は変わらず_次の月例で試算と同じになる(賦課した町: 町) -> None:
    見込 = switching.試す(賦課した町.太郎, 年度, 届出(), 今日=九月.today())
    assert (見込.月, 見込.新しい義務者) == (9, "")
    assert 見込.後["普徴"] == {"3": 90_900, "4": 90_000}
    row = 記録する(賦課した町.太郎)
    assert (row.番, row.指定番号) == (1, 会社の番号)
    assert 賦課した町.太郎の賦課.番 == 1
    更正する("2026-09", clock=九月)
    assert 賦課した町.太郎の賦課.期別 == 見込.後
    assert switches.開く(賦課した町.太郎, 年度).反映済か(row)
    調定が台帳と合う()


@pytest.mark.parametrize(
    ("変更", "符号"),
    [
        ({"事由": "死亡", "残りの方法": "一括"}, "KJ-5205"),
        ({"残りの方法": "引継", "新指定番号": "79999999"}, "KJ-5204"),
        ({"残りの方法": "引継", "新指定番号": 会社の番号}, "KJ-5206"),
        ({"新指定番号": 会社の番号}, "KJ-5206"),
        ({"徴収済の月": 13}, "KJ-5207"),
        ({"受付日": date(2026, 9, 5)}, "KJ-5208"),
        ({"異動日": date(2025, 8, 31)}, "KJ-5209"),
        ({"徴収済の月": 10}, "KJ-5210"),
        ({"残りの方法": "一括"}, "KJ-5211 .*支払われる額 0円"),
        ({"残りの方法": "一括", "支払われる額": 180_900}, "KJ-5211"),
        ({"事由": "切替", "残りの方法": "特徴", "新指定番号": 乙}, "KJ-5203"),
    ],
)  # fmt: skip
def test_できない異動は断り_何も残らない(賦課した町: 町, 変更: dict[str, Any], 符号: str) -> None:
    """一括徴収は、支払われる額が残り 180,900 円を超えるときに限る。"""
    with pytest.raises(業務エラー, match=符号):
        記録する(賦課した町.太郎, **変更)
    assert not 特徴異動.objects.exists()


def test_十二月までの退職の一括は申し出があり給与が残りを超えるとき(賦課した町: 町) -> None:
    記録する(賦課した町.太郎, 残りの方法="一括", 支払われる額=180_901)
    更正する("2026-09", clock=九月)
    assert sum(賦課した町.太郎の賦課.期別[f"給与:{会社の番号}"].values()) == 241_500


@pytest.mark.parametrize("月", [1, 2])
def test_一月からの退職は_給与が残りを超えれば一括でなければならない(賦課した町: 町, 月: int) -> None:
    base: dict[str, Any] = {
        "異動日": date(2027, 月, 28),
        "徴収済の月": 月,
        "支払われる額": 300_000,
        "受付日": 二月.today(),
    }
    with pytest.raises(業務エラー, match="KJ-5212"):
        記録する(賦課した町.太郎, 二月, **base)
    assert 記録する(賦課した町.太郎, 二月, **base, 残りの方法="一括").番 == 1


def test_一月からの退職でも_給与が残りに足りなければ普通徴収(賦課した町: 町) -> None:
    row = 記録する(
        賦課した町.太郎,
        二月,
        異動日=date(2027, 1, 31),
        徴収済の月=1,
        支払われる額=80_400,
        受付日=二月.today(),
    )
    assert row.残りの方法 == "普通"


def test_死亡では一括徴収にならない(賦課した町: 町) -> None:
    記録する(
        賦課した町.太郎,
        二月,
        事由="死亡",
        異動日=date(2027, 1, 31),
        徴収済の月=1,
        支払われる額=900_000,
        受付日=二月.today(),
    )
    更正する("2026-02", clock=二月)
    assert 賦課した町.太郎の賦課.期別["普徴"] == {"9": 80_400}


def test_待っている異動の後の義務者から_次の異動を記録する(賦課した町: 町) -> None:
    義務者を登録する(乙, clock=九月)
    記録する(賦課した町.太郎, 事由="転勤", 残りの方法="引継", 新指定番号=乙)
    row = 記録する(賦課した町.太郎, 異動日=date(2026, 9, 3), 徴収済の月=9)
    assert row.指定番号 == 乙
    assert switches.開く(賦課した町.太郎, 年度).義務者 == ""
    with pytest.raises(業務エラー, match="KJ-5202"):
        記録する(賦課した町.太郎)


def test_特別徴収していない人は切替だけができる(賦課した町: 町) -> None:
    with pytest.raises(業務エラー, match="KJ-5202"):
        記録する(賦課した町.トメ)
    記録する(賦課した町.トメ, 事由="切替", 残りの方法="特徴", 新指定番号=会社の番号, 徴収済の月=0)
    assert switches.開く(賦課した町.トメ, 年度).義務者 == 会社の番号


def test_賦課のない人には記録できない(賦課した町: 町) -> None:
    with pytest.raises(業務エラー, match="KJ-5201"):
        記録する(賦課した町.次郎)


def test_反映の前の取消は何もなかったことにし_取消は取り消せない(賦課した町: 町) -> None:
    記録する(賦課した町.太郎)
    取り消す(賦課した町.太郎, 1)
    assert switches.開く(賦課した町.太郎, 年度).義務者 == 会社の番号
    with pytest.raises(業務エラー, match="KJ-5214"):
        取り消す(賦課した町.太郎, 2)
    前 = 賦課した町.太郎の賦課.番
    更正する("2026-09", clock=九月)
    assert 賦課した町.太郎の賦課.番 == 前


def test_反映の後の取消は_次の月例で元の会社へ戻る(賦課した町: 町) -> None:
    記録する(賦課した町.太郎)
    更正する("2026-09", clock=九月)
    取り消す(賦課した町.太郎, 1)
    更正する("2026-10", clock=九月)
    row = 賦課した町.太郎の賦課
    assert row.指定番号 == 会社の番号
    assert set(row.期別) == {"給与", "普徴"}
    assert sum(sum(中.values()) for 中 in row.期別.values()) == 241_500
    調定が台帳と合う()


def test_反映の後の転勤と切替の取消(賦課した町: 町) -> None:
    義務者を登録する(乙, clock=九月)
    記録する(賦課した町.太郎, 事由="転勤", 残りの方法="引継", 新指定番号=乙)
    記録する(賦課した町.トメ, 事由="切替", 残りの方法="特徴", 新指定番号=乙, 徴収済の月=0)
    更正する("2026-09", clock=九月)
    for 人 in (賦課した町.太郎, 賦課した町.トメ):
        assert 取り消す(人, 1).事由 == "誤報"
    更正する("2026-10", clock=九月)
    assert 賦課した町.太郎の賦課.指定番号 == 会社の番号
    assert "普徴" in switches.開く(賦課した町.トメ, 年度).行.期別  # type: ignore[union-attr]
    調定が台帳と合う()


def test_見ている間に変われば記録しない(賦課した町: 町) -> None:
    版 = switches.開く(賦課した町.太郎, 年度).版
    記録する(賦課した町.太郎)
    with pytest.raises(業務エラー, match="KJ-3104"):
        switching.記録する(賦課した町.太郎, 年度, 届出(), 基の版=版, 職員="t0", clock=九月)
    with pytest.raises(業務エラー, match="KJ-5215"):
        switching.取り消す(賦課した町.太郎, 年度, 1, 理由=" ", 基の版=版, 職員="t0", clock=九月)


def 一覧(番号: str) -> set[tuple[str, bool, str]]:
    return {(one.宛名番号, one.在職, one.待つ異動) for one in employers.従業員たち(番号, 年度)}


def test_会社取違え_会社の従業員は_今の賦課か待つ異動がその会社を指す人だけ(賦課した町: 町) -> None:
    """特別徴収税額の通知が別の会社に送られた。一覧は今の賦課と異動だけから作られ、去った人は徴収した月までで、来る人は待つ人として並ぶ。"""
    義務者を登録する(乙, clock=九月)
    太郎, トメ = 賦課した町.太郎, 賦課した町.トメ
    assert 一覧(会社の番号) == {(太郎, True, "")}
    assert 一覧(乙) == set()
    記録する(太郎, 事由="転勤", 残りの方法="引継", 新指定番号=乙)
    assert 一覧(会社の番号) == {(太郎, True, "転勤")}
    assert 一覧(乙) == {(太郎, False, "転勤")}
    更正する("2026-09", clock=九月)
    assert 一覧(会社の番号) == {(太郎, False, "")}
    assert 一覧(乙) == {(太郎, True, "")}
    [去った] = employers.従業員たち(会社の番号, 年度)
    [来た] = employers.従業員たち(乙, 年度)
    assert (dict(去った.月割), 来た.合計) == ({1: 20_400, 2: 20_100, 3: 20_100}, 241_500 - 60_600)
    assert employers.月ごとの納入額([去った])[2:4] == [(8, 1, 20_100), (9, 0, 0)]
    assert トメ not in {宛名 for 番号 in (会社の番号, 乙) for 宛名, *_ in 一覧(番号)}
    assert employers.従業員たち(会社の番号, 年度 - 1) == []
