"""住民税申告: 試算は法の計算と同じで、記録しても税額は変わらず、矛盾と古い画面は番号で断る。"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.kojin.office import 町, 町を作る, 確定する, 結ぶ
from tests.kojin.reports import 太郎, 年度, 申告, 給報, 載せる
from tsugaru.gyomu.kojin.domain import declaring, dossier, facts, trial, usage
from tsugaru.gyomu.kojin.domain.columns import 資料の事実
from tsugaru.gyomu.kojin.domain.declared_items import 書ける事実, 申告特例
from tsugaru.gyomu.kojin.domain.declaring import 名乗り
from tsugaru.gyomu.kojin.domain.trial import 申告書, 試算
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料, 賦課
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs.api import Run

pytestmark = pytest.mark.db


def 見る(宛名番号: str, clock: FixedClock, 年: int = 年度, *, 収入なし: bool = False, **事実: int) -> 試算:
    申 = 申告書(事実=事実, 収入なし=収入なし, 受付日=clock.today())
    return trial.試算する(宛名番号, 年, 申, 今日=clock.today())


def 番号たち(found: 試算) -> set[str]:
    return {error.code for error in found.誤り}


def 出す(
    宛名番号: str,
    clock: FixedClock,
    *,
    番号: UUID | None = None,
    版: str | None = None,
    収入なし: bool = False,
    生年月日: date | None = date(1980, 5, 5),
    **事実: int,
) -> 課税資料:
    return declaring.記録する(
        名乗り(宛名番号=宛名番号, 氏名="工藤　太郎", カナ="クドウ　タロウ", 生年月日=生年月日),
        年度,
        申告書(事実=事実, 収入なし=収入なし, 受付日=clock.today()),
        基の版=dossier.開く(宛名番号, 年度).版 if 版 is None else 版,
        番号=番号 or uuid4(),
        職員="t0",
        clock=clock,
    )


def test_どの事実も申告書のどれか一つの段にある() -> None:
    assert len(書ける事実) == len(set(書ける事実))
    assert set(書ける事実) == set(資料の事実) - {申告特例}


def test_医療費二十万円の試算は手計算と同じ(賦課した町: 町, clock: FixedClock) -> None:
    """医療費控除 200,000−100,000＝100,000 → 課税 2,290,000、市 137,400・県 91,600、調整控除 1,500・1,000、
    均等割 3,000・1,000、森林環境税 1,000 → 231,500。
    """
    found = 見る(賦課した町.太郎, clock, 医療費の金額=200_000)
    assert (found.年税額, found.誤り, found.知らせ) == (231_500, (), ())
    assert 課税資料.objects.filter(種類="4").count() == 0


def test_記録しても税額は変わらず_資料の一枚として結ばれ_次の計算で使う(
    賦課した町: 町, clock: FixedClock
) -> None:
    made = 出す(賦課した町.太郎, clock, 医療費の金額=200_000)
    assert 賦課した町.太郎の賦課.年税額 == 241_500
    [判断] = 名寄せ.objects.filter(資料=made)
    assert (判断.宛名番号, 判断.自動, 判断.根拠) == (賦課した町.太郎, False, "窓口の申告")
    book = dossier.開く(賦課した町.太郎, 年度)
    assert [(one.扱い, one.訳) for one in book.資料] == [
        (usage.使った, ""),
        (usage.未反映, "次の計算で使います"),
    ]
    assert book.未反映
    assert facts.人の事実(年度, 賦課した町.太郎)["医療費の金額"].to_list() == [200_000]


def test_訂正は前の申告を置き換え_前の申告も残る(賦課した町: 町, clock: FixedClock) -> None:
    first = 出す(賦課した町.太郎, clock, 医療費の金額=200_000)
    second = 出す(賦課した町.太郎, clock, 医療費の金額=150_000)
    assert second.置換_id == first.pk
    assert 課税資料.objects.filter(種類="4").count() == 2
    assert facts.人の事実(年度, 賦課した町.太郎)["医療費の金額"].to_list() == [150_000]
    book = dossier.開く(賦課した町.太郎, 年度)
    assert [one.訳 for one in book.資料 if one.資料.pk == first.pk] == [f"資料 {second.pk} に置き換えられた"]


def test_収入なしの申告で_分からなかった人が零円の人になる(賦課した町: 町, clock: FixedClock) -> None:
    assert facts.人の事実(年度, 賦課した町.次郎).is_empty()
    出す(賦課した町.次郎, clock, 収入なし=True)
    assert facts.人の事実(年度, 賦課した町.次郎).height == 1
    found = 見る(賦課した町.次郎, clock, 社会保険料の金額=1)
    assert found.年税額 == 0
    assert found.件 is not None and found.件.値("均等割が非課税である") is True


def test_0と書けば報告書の値に替わり_書かなければ替わらない(賦課した町: 町, clock: FixedClock) -> None:
    """社会保険料 0 → 課税 3,130,000、市 187,800・県 125,200 − 調整控除 1,500・1,000 ＋ 5,000 ＝ 315,500。"""
    assert 見る(賦課した町.太郎, clock, 社会保険料の金額=0).年税額 == 315_500


@pytest.mark.parametrize(
    ("事実", "番号"),
    [
        ({}, {"KJ-3113"}),
        ({"配偶者の数": 1, "配偶者の合計所得金額": 1_330_001}, {"KJ-3118"}),
        ({"配偶者の数": 1, "配偶者の合計所得金額": 1_330_000}, set()),
        ({"配偶者の数": 2}, {"KJ-3117"}),
        ({"七十歳以上の配偶者の数": 1}, {"KJ-3114"}),
        ({"特別障害者である": 1}, {"KJ-3114"}),
        ({"特別障害者である": 1, "障害者である": 1}, set()),
        ({"医療費の金額": 100_000, "医療費を補填する金額": 100_001}, {"KJ-3115"}),
        ({"医療費の金額": 100_000, "医療費を補填する金額": 100_000}, set()),
        ({"寡婦である": 1, "ひとり親である": 1}, {"KJ-3116"}),
        ({"普通障害の扶養親族等の数": 1}, {"KJ-3119"}),
        ({"普通障害の扶養親族等の数": 1, "一般扶養親族の数": 1}, set()),
        ({"年齢23歳未満の扶養親族の数": 1, "特定扶養親族の数": 2}, {"KJ-3120"}),
        ({"年齢23歳未満の扶養親族の数": 2, "特定扶養親族の数": 2}, set()),
    ],
)
def test_矛盾は番号で断る(賦課した町: 町, clock: FixedClock, 事実: dict[str, int], 番号: set[str]) -> None:
    assert 番号たち(見る(賦課した町.太郎, clock, **事実)) == 番号


def test_効かない控除は断らずに知らせる(賦課した町: 町, clock: FixedClock) -> None:
    """合計所得 3,560,000円は勤労学生の限度を超える。医療費 100,000円は足切り（10万円）を超えない。"""
    found = 見る(賦課した町.太郎, clock, 勤労学生である=1, 医療費の金額=100_000)
    assert found.誤り == ()
    assert len(found.知らせ) == 2
    assert found.年税額 == 241_500


def test_報告書のある人の収入なしは断る(賦課した町: 町, clock: FixedClock) -> None:
    assert 番号たち(見る(賦課した町.太郎, clock, 収入なし=True)) == {"KJ-3112"}
    assert 番号たち(見る(賦課した町.次郎, clock, 収入なし=True, 営業等の収入金額=1)) == {"KJ-3112"}
    assert 番号たち(見る(賦課した町.次郎, clock, 収入なし=True)) == set()


def test_確定申告のある人の住民税申告は断る(here: Any, clock: FixedClock) -> None:
    town = 町を作る(clock=clock)
    載せる("申告の資料", [申告(town.太郎, 給与等の収入金額="5000000")], clock=clock, 差出人="税務署")
    結ぶ(town.太郎, clock=clock, 種類="3")
    assert 番号たち(見る(town.太郎, clock, 医療費の金額=200_000)) == {"KJ-3111"}
    with pytest.raises(業務エラー, match="KJ-3111"):
        出す(town.太郎, clock, 医療費の金額=200_000)


@pytest.mark.parametrize(("年", "できる"), [(2023, True), (2022, False), (2021, False), (2020, False)])
def test_期限を過ぎた年度の増える申告は断る(賦課した町: 町, clock: FixedClock, 年: int, できる: bool) -> None:
    """令和8年4月20日: 令和5年度（法定納期限 令和5年6月30日）はまだ3年を過ぎず、令和4年度は過ぎた。"""
    古くから = 太郎(clock=clock, 日=date(2010, 4, 1))
    found = 見る(古くから, clock, 年, 営業等の収入金額=3_000_000)
    assert ("KJ-3110" not in 番号たち(found)) == できる


def test_三年の境目は七月一日(賦課した町: 町) -> None:
    前日 = FixedClock(datetime(2026, 6, 30, 1, tzinfo=UTC))
    その日 = FixedClock(datetime(2026, 7, 1, 1, tzinfo=UTC))
    assert "KJ-3110" not in 番号たち(見る(賦課した町.太郎, 前日, 2023, 営業等の収入金額=3_000_000))
    assert "KJ-3110" in 番号たち(見る(賦課した町.太郎, その日, 2023, 営業等の収入金額=3_000_000))


def test_減らす申告は五年まで受ける(賦課した町: 町, clock: FixedClock) -> None:
    """令和3年度の賦課 1円以上が、申告で 0 円になる（4年を過ぎ、5年は過ぎていない）。令和2年度はもう受けない。"""
    古くから = 太郎(clock=clock, 日=date(2010, 4, 1))
    for 年, できる in ((2021, True), (2020, False)):
        賦課.objects.create(
            課税年度=年, 宛名番号=古くから, 番=1, 実行=0, 決定日=date(年, 6, 1), 事実={}, 結果={}, 市町村民税額=3_500,
            道府県民税額=1_500, 森林環境税額=0, 年税額=5_000, 処理日時=clock.now(),
        )  # fmt: skip
        found = 見る(古くから, clock, 年, 収入なし=True)
        assert ("KJ-3110" not in 番号たち(found)) == できる


def test_賦課期日に住民でない人は断る(賦課した町: 町, clock: FixedClock) -> None:
    came = 太郎(clock=clock, 日=date(2026, 1, 2))
    assert 番号たち(見る(came, clock, 収入なし=True)) == {"KJ-3108"}


def test_見ている間に変わっていれば記録しない(賦課した町: 町, clock: FixedClock) -> None:
    before = dossier.開く(賦課した町.太郎, 年度).版
    載せる("給与支払報告書", [給報(受給者番号="16")], clock=clock, 差出人="追い")
    結ぶ(賦課した町.太郎, clock=clock)
    with pytest.raises(業務エラー, match="KJ-3104"):
        出す(賦課した町.太郎, clock, 版=before, 医療費の金額=200_000)
    assert not 課税資料.objects.filter(種類="4").exists()


def test_同じ画面の二度目と同じ中身の二枚目は断る(賦課した町: 町, clock: FixedClock) -> None:
    once = uuid4()
    出す(賦課した町.太郎, clock, 番号=once, 医療費の金額=200_000)
    with pytest.raises(業務エラー, match="KJ-3105"):
        出す(賦課した町.太郎, clock, 番号=once, 医療費の金額=200_000)
    with pytest.raises(業務エラー, match="KJ-3106"):
        出す(賦課した町.太郎, clock, 医療費の金額=200_000)


def test_生年月日の分からない人の申告は記録できない(賦課した町: 町, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="KJ-3107"):
        出す(賦課した町.次郎, clock, 生年月日=None, 収入なし=True)


def test_二度目の確定の後は_申告が台帳に入る(賦課した町: 町, clock: FixedClock) -> None:
    出す(賦課した町.太郎, clock, 医療費の金額=200_000)
    確定する(clock=clock, supersedes=Run.objects.get(state="confirmed"), reason="申告の反映")
    assert 賦課した町.太郎の賦課.年税額 == 231_500
    assert not dossier.開く(賦課した町.太郎, 年度).未反映
