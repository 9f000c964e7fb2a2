"""月例更正の実行: 準備から確定まで、本物の道を通る。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.kojin.office import 町, 確定する, 結ぶ
from tests.kojin.reports import 年度, 給報, 載せる
from tsugaru.gyomu.kojin.domain import explaining, midyear, particulars, posting, roll
from tsugaru.gyomu.kojin.domain.dossier import 開く
from tsugaru.gyomu.kojin.domain.particulars import 定め
from tsugaru.gyomu.kojin.models import 特徴異動, 賦課
from tsugaru.gyomu.kojin.runs import DEFINITIONS
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.execution import Computed, store

pytestmark = pytest.mark.db
月例 = next(one for one in DEFINITIONS if one.code == "kojin.gekkei")


def 計算した(期間: str, *, clock: FixedClock) -> Run:
    run = runs.create(月例, kind=Kind.MONTHLY, period=期間, maker="maker", clock=clock)
    found, copied = 月例.read(期間), 月例.parameters(期間)
    made = Computed(found, copied, 月例.law_version(), 月例.compute(found, copied, lambda done, total: None))
    return store(run.pk, made, clock=clock)


def 署名した(run: Run, *, clock: FixedClock) -> dict[str, int]:
    buckets = runs.compare(run.pk, 月例, clock=clock)
    for bucket in buckets:
        runs.sign(run.pk, bucket.cause, signer="checker", note="確かめた", clock=clock)
    return {bucket.cause: bucket.people for bucket in buckets}


def 確定した(run: Run, 日: date, *, clock: FixedClock) -> Run:
    return runs.confirm(run.pk, 月例, approver="chief", book_period="2026", effective_on=日, clock=clock)


def 更正する(期間: str, *, clock: FixedClock) -> Run:
    """準備から確定まで（決定の日は、その月の末日）。"""
    run = 計算した(期間, clock=clock)
    署名した(run, clock=clock)
    return 確定した(run, midyear.期間を読む(期間).末日, clock=clock)


def 異動を書く(宛名番号: str, *, clock: FixedClock, **事項: Any) -> None:
    base: dict[str, Any] = {
        "課税年度": 年度, "宛名番号": 宛名番号, "番": 特徴異動.objects.filter(宛名番号=宛名番号).count() + 1,
        "指定番号": "70000060", "異動日": date(2026, 8, 31), "受付日": date(2026, 9, 4), "処理日時": clock.now(), "入力者": "t0",
    }  # fmt: skip
    特徴異動.objects.create(**{**base, **事項})


def 調定が台帳と合う() -> None:
    """取り分ごとの調定の残高は、今の賦課の合計と同じ。"""
    今 = 賦課.objects.filter(課税年度=年度).order_by("宛名番号", "-番").distinct("宛名番号")
    for 分, 列 in zip(posting.取り分, ("市町村民税額", "道府県民税額", "森林環境税額"), strict=True):
        booked = sum(
            b.amount for b in ledger.balances(kind=posting.調定, tax_year=年度) if b.account.share == 分
        )
        assert -booked == sum(getattr(row, 列) for row in 今)


def 会社の残高(番号: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for b in ledger.balances(kind="給与特別徴収", tax_year=年度, subject=番号):
        found[b.account.instalment] = found.get(b.account.instalment, 0) + b.amount
    return {月: 円 for 月, 円 in found.items() if 円}


def test_新しいものがなければ_二度の月例は記帳も行もなく_差分にも出ない(
    賦課した町: 町, clock: FixedClock
) -> None:
    前 = 賦課.objects.count()
    for 期間 in ("2026-07", "2026-08"):
        run = 計算した(期間, clock=clock)
        assert 署名した(run, clock=clock) == {"total": 2}
        assert 確定した(run, midyear.期間を読む(期間).末日, clock=clock).transactions == 0
    assert 賦課.objects.count() == 前


def test_訂正の報告は_次の月例で差だけが記帳され_説明できる行になる(
    賦課した町: 町, clock: FixedClock
) -> None:
    """支払金額 5,200,000 に訂正。給与所得 3,720,000、課税 2,550,000、255,000−2,500＋5,000＝257,500円。"""
    載せる("給与支払報告書", [給報(訂正表示="2", 支払金額="5200000")], clock=clock, 差出人="訂正")
    結ぶ(賦課した町.太郎, clock=clock)
    run = 計算した("2026-07", clock=clock)
    assert 署名した(run, clock=clock) == {"total": 2, "data": 1}
    確定した(run, date(2026, 7, 10), clock=clock)
    row = 賦課した町.太郎の賦課
    assert (row.番, row.更正事由, row.年税額) == (2, "資料の訂正", 257_500)
    assert row.期別["給与"]["7"] == 20_100
    assert sum(row.期別["給与"].values()) == 257_500
    assert explaining.説明する(row).値("異動の後の最初の月割額") == row.期別["給与"]["8"]
    assert not 開く(賦課した町.太郎, 年度).未反映
    assert roll.今の賦課(年度, 賦課した町.トメ).番 == 1  # type: ignore[union-attr]
    調定が台帳と合う()
    assert 署名した(計算した("2026-08", clock=clock), clock=clock) == {"total": 2}


def test_退職の後の会社の残高は徴収した月までで_残りは本人の納期にある(
    賦課した町: 町, clock: FixedClock
) -> None:
    異動を書く(賦課した町.太郎, clock=clock, 事由="退職", 徴収済の月=8, 残りの方法="普通")
    更正する("2026-09", clock=clock)
    row = 賦課した町.太郎の賦課
    assert (row.更正事由, row.指定番号) == ("徴収の異動（退職）", "")
    assert 会社の残高("70000060") == {6: 20_400, 7: 20_100, 8: 20_100}
    本人 = {b.account.instalment: 0 for b in ledger.balances(subject=賦課した町.太郎, tax_year=年度)}
    for b in ledger.balances(subject=賦課した町.太郎, tax_year=年度):
        本人[b.account.instalment] += b.amount
    assert 本人 == {3: 90_900, 4: 90_000}
    調定が台帳と合う()
    explaining.説明する(row)


def test_転勤の後は_新しい会社の口座に続きの月が載る(賦課した町: 町, clock: FixedClock) -> None:
    異動を書く(
        賦課した町.太郎, clock=clock, 事由="転勤", 徴収済の月=9, 残りの方法="引継", 新指定番号="70000079"
    )
    更正する("2026-09", clock=clock)
    assert 会社の残高("70000060") == {6: 20_400, 7: 20_100, 8: 20_100, 9: 20_100}
    assert 会社の残高("70000079") == dict.fromkeys((10, 11, 12, 1, 2, 3, 4, 5), 20_100)
    調定が台帳と合う()


def test_減免を定めると_個別事項による更正になる(賦課した町: 町, clock: FixedClock) -> None:
    later = FixedClock(clock.now().replace(month=7))
    定 = 定め(事実名="市町村民税の減免額", 値=30_000, 根拠="条例", 理由="災害")
    particulars.定める(
        賦課した町.太郎, 年度, 定, 基の版=開く(賦課した町.太郎, 年度).版, 職員="t0", clock=later
    )
    更正する("2026-07", clock=later)
    row = 賦課した町.太郎の賦課
    assert (row.番, row.更正事由, row.年税額) == (2, "個別事項", 241_500 - 30_000)
    調定が台帳と合う()


def test_後から資料の届いた人は決定され_資料のなくなった人の賦課は取り消される(
    賦課した町: 町, clock: FixedClock
) -> None:
    追加 = 給報(
        受給者番号="16", 生年月日=date(1990, 3, 3), 支払金額="3000000", 給与所得控除後の給与等の金額="2020000"
    )
    載せる("給与支払報告書", [追加], clock=clock, 差出人="追加")
    載せる("給与支払報告書", [給報(訂正表示="3")], clock=clock, 差出人="取消")
    結ぶ(賦課した町.次郎, clock=clock, 受給者番号="16")
    結ぶ(賦課した町.太郎, clock=clock)
    run = 計算した("2026-08", clock=clock)
    assert 署名した(run, clock=clock) == {"total": 2, "added": 1, "removed": 1}
    確定した(run, date(2026, 8, 5), clock=clock)
    次郎 = roll.今の賦課(年度, 賦課した町.次郎)
    assert 次郎 is not None
    assert (次郎.番, 次郎.更正事由) == (1, "")
    assert set(次郎.期別["給与"]) == {"9", "10", "11", "12", "1", "2", "3", "4", "5"}
    太郎 = 賦課した町.太郎の賦課
    assert (太郎.番, 太郎.更正事由, 太郎.年税額, 太郎.期別, 太郎.合計所得金額) == (
        2,
        "賦課の取消し",
        0,
        {},
        None,
    )
    調定が台帳と合う()
    again = 計算した("2026-09", clock=clock)
    assert 署名した(again, clock=clock) == {"total": 2}
    assert 確定した(again, date(2026, 9, 30), clock=clock).transactions == 0


def test_取り消された後に資料が届けば_また決定される(賦課した町: 町, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報(訂正表示="3")], clock=clock, 差出人="取消")
    結ぶ(賦課した町.太郎, clock=clock)
    更正する("2026-08", clock=clock)
    載せる("給与支払報告書", [給報(受給者番号="99")], clock=clock, 差出人="再提出")
    結ぶ(賦課した町.太郎, clock=clock)
    更正する("2026-09", clock=clock)
    row = 賦課した町.太郎の賦課
    assert (row.番, row.更正事由, row.年税額) == (3, "資料の追加", 241_500)
    assert sum(row.期別["給与"].values()) == 241_500
    調定が台帳と合う()


def test_計算の後に賦課が動けば_確定しない(賦課した町: 町, clock: FixedClock) -> None:
    異動を書く(賦課した町.太郎, clock=clock, 事由="退職", 徴収済の月=8, 残りの方法="普通")
    古い = 計算した("2026-09", clock=clock)
    署名した(古い, clock=clock)
    更正する("2026-10", clock=clock)
    with pytest.raises(業務エラー, match="KJ-7003"):
        確定した(古い, date(2026, 9, 30), clock=clock)


def test_決定の日が月を過ぎていれば確定しない(賦課した町: 町, clock: FixedClock) -> None:
    run = 計算した("2026-07", clock=clock)
    署名した(run, clock=clock)
    with pytest.raises(業務エラー, match=r"KJ-7004 .*2026-08-01.*2026-07-31"):
        確定した(run, date(2026, 8, 1), clock=clock)


def test_月例の後の当初も_月例そのものも差し替えられない(賦課した町: 町, clock: FixedClock) -> None:
    first = Run.objects.get(definition="kojin.shoki")
    更正する("2026-07", clock=clock)
    with pytest.raises(業務エラー, match="KJ-7005"):
        確定する(clock=clock, supersedes=first, reason="直す")
    run = Run.objects.get(definition="kojin.gekkei")
    again = runs.create(
        月例, kind=Kind.MONTHLY, period="2026-07", maker="maker", clock=clock, supersedes=run, reason="直す"
    )
    found, copied = 月例.read("2026-07"), 月例.parameters("2026-07")
    store(
        again.pk,
        Computed(found, copied, 月例.law_version(), 月例.compute(found, copied, lambda a, b: None)),
        clock=clock,
    )
    署名した(again, clock=clock)
    with pytest.raises(業務エラー, match="KJ-7006"):
        確定した(again, date(2026, 7, 31), clock=clock)


def test_当初が確定していなければ始まらない(here: object, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="KJ-7002 2026年度の当初賦課"):
        月例.read("2026-07")


@pytest.mark.parametrize(
    ("期間", "番", "末日"),
    [("2026-06", 1, date(2026, 6, 30)), ("2026-12", 7, date(2026, 12, 31)), ("2026-01", 8, date(2027, 1, 31)),
     ("2026-05", 12, date(2027, 5, 31)), ("2024-2611", 12, date(2026, 11, 30))],
)  # fmt: skip
def test_期間は課税年度と月で_一月から五月は翌年(期間: str, 番: int, 末日: date) -> None:
    found = midyear.期間を読む(期間)
    assert (found.番, found.末日) == (番, 末日)


@pytest.mark.parametrize(
    "期間", ["2026", "2026-13", "2026-00", "2026-7", "2026-2612", "２０２６-07", "2026-2613"]
)
def test_書き方の違う期間は準備できない(期間: str) -> None:
    assert midyear.期間の誤り(期間)
    with pytest.raises(業務エラー, match="KJ-7001"):
        midyear.期間を読む(期間)


@pytest.mark.parametrize(
    ("日", "期間"),
    [(date(2026, 5, 20), "2026-06"), (date(2026, 9, 1), "2026-09"), (date(2027, 2, 1), "2026-02"), (date(2027, 6, 1), "2026-2706")],
)  # fmt: skip
def test_今日始める期間(日: date, 期間: str) -> None:
    assert midyear.今の期間(2026, 日) == 期間
    assert midyear.期間の誤り(期間) is None
