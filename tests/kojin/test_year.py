"""当初賦課の一年: 事実を読み、計算し、差を見て署名し、確定すると台帳と課税台帳が同時にできる。"""

from __future__ import annotations

from datetime import date

import pytest

from tests.kojin.reports import 太郎, 年報, 年度, 申告, 給報, 載せる
from tsugaru.gyomu.kojin.domain import facts, linking, parameters, posting, roll
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料, 賦課
from tsugaru.gyomu.kojin.runs import DEFINITIONS
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.ledger.api import AccountKey
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.runs.execution import Computed, store
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
当初 = DEFINITIONS[0]
静か = lambda done, total: None  # noqa: E731


@pytest.fixture
def 本人(here: Municipality, clock: FixedClock) -> str:
    """給与 5,000,000円（社会保険料 740,000円）だけの太郎と、資料だけある二人。"""
    me = 太郎(clock=clock)
    old = 太郎(clock=clock, 氏名="三上　トメ", 生年月日=date(1945, 3, 3))
    載せる("給与支払報告書", [給報()], clock=clock)
    載せる("公的年金等支払報告書", [年報(生年月日=date(1945, 3, 3))], clock=clock)
    載せる("申告の資料", [申告("", 申告の種類="住民税申告", 医療費の金額="10000")], clock=clock)
    for 資料 in 課税資料.objects.exclude(pk__in=名寄せ.objects.values("資料")):
        linking.決める(
            資料.pk, old if 資料.種類 == "2" else me, 理由="試験", 基の番=0, 職員="t0", clock=clock
        )
    return me


def 計算した(clock: FixedClock, 期間: str = str(年度), **options: object) -> Run:
    """事実を読み、計算する（事実と定めは、いつも 年度 のもの）。"""
    run = runs.create(当初, kind=Kind.INITIAL, period=期間, maker="maker", clock=clock, **options)  # type: ignore[arg-type]
    found, copied = 当初.read(str(年度)), 当初.parameters(str(年度))
    made = Computed(found, copied, 当初.law_version(), 当初.compute(found, copied, 静か))
    return store(run.pk, made, clock=clock)


def 確定した(clock: FixedClock, baseline: Run | None = None, **options: object) -> Run:
    """署名して確定する。"""
    run = 計算した(clock, **options)
    for bucket in runs.compare(run.pk, 当初, baseline=baseline, clock=clock):
        runs.sign(run.pk, bucket.cause, signer="checker", note="確かめた", clock=clock)
    return runs.confirm(
        run.pk, 当初, approver="chief", book_period="2026", effective_on=date(2026, 6, 1), clock=clock
    )


def test_給与五百万円の税額は手計算と同じで_課税台帳に全てが残る(本人: str, clock: FixedClock) -> None:
    """給与所得 3,560,000（500万×0.8−44万）、控除 社保74万＋基礎43万、課税標準 2,390,000、市6%＝143,400・県4%＝95,600、
    調整控除 50,000×3%・2%、均等割 3,000・1,000、森林環境税 1,000。
    """
    確定した(clock)
    found = roll.今の賦課(年度, 本人)
    assert found is not None
    assert (found.市町村民税額, found.道府県民税額, found.森林環境税額) == (144_900, 95_600, 1_000)
    assert found.年税額 == 241_500
    assert found.結果["給与所得の金額"] == 3_560_000
    assert found.結果["課税総所得金額"] == 2_390_000
    assert found.事実["給与等の収入金額"] == 5_000_000
    assert found.合計所得金額 == 3_560_000
    assert found.出所 == sorted(課税資料.objects.exclude(種類="2").values_list("pk", flat=True))


def test_台帳の残高は税ごとに年税額と同じで_二度目の確定は何もしない(本人: str, clock: FixedClock) -> None:
    run = 確定した(clock)
    again = runs.confirm(
        run.pk, 当初, approver="chief", book_period="2026", effective_on=date(2026, 6, 1), clock=clock
    )
    assert again.transactions == run.transactions
    rolled = 賦課.objects.filter(課税年度=年度)
    for 分, 列 in zip(posting.取り分, ("市町村民税額", "道府県民税額", "森林環境税額"), strict=True):
        booked = ledger.balance(AccountKey(posting.調定, 年度, share=分))
        assert -booked == sum(rolled.values_list(列, flat=True))
    assert rolled.count() == 2


def test_給与特別徴収は義務者の口座に月ごとに載る(本人: str, clock: FixedClock) -> None:
    """241,500÷12＝20,125 → 100円未満を6月へ: 6月 21,400、7月から 20,100。"""
    確定した(clock)
    found = roll.今の賦課(年度, 本人)
    assert found is not None
    assert found.期別["給与"]["6"] == 241_500 - 20_100 * 11
    for 月, 円 in found.期別["給与"].items():
        total = sum(
            ledger.balance(AccountKey("給与特別徴収", 年度, int(月), "70000060", 分)) for 分 in posting.取り分
        )
        assert total == 円


def test_年金の人は前の年度から続かなければ_半分を普通徴収で納める(本人: str, clock: FixedClock) -> None:
    確定した(clock)
    old = 賦課.objects.get(課税年度=年度, 年金支払者="90000001")
    assert sum(sum(中.values()) for 中 in old.期別.values()) == old.年税額


def test_差し替えは前の記帳を打ち消し_賦課の番が進む(本人: str, clock: FixedClock) -> None:
    first = 確定した(clock)
    載せる("給与支払報告書", [給報(訂正表示="2", 支払金額="5200000")], clock=clock, 差出人="訂正")
    資料 = 課税資料.objects.order_by("-pk")[0]
    linking.決める(資料.pk, 本人, 理由="訂正の報告", 基の番=0, 職員="t0", clock=clock)
    second = 確定した(clock, baseline=first, supersedes=first, reason="訂正の報告の反映")
    buckets = {b.cause: b for b in second.buckets.all()}
    assert set(buckets) == {"total", "data"}
    assert buckets["data"].people == 1
    found = roll.今の賦課(年度, 本人)
    assert found is not None
    assert (found.番, found.更正事由) == (2, "訂正の報告の反映")
    booked = sum(ledger.balance(AccountKey(posting.調定, 年度, share=分)) for 分 in posting.取り分)
    今 = [
        row.年税額
        for row in 賦課.objects.filter(課税年度=年度).order_by("宛名番号", "-番").distinct("宛名番号")
    ]
    assert -booked == sum(今)


def test_二つ目のファイルが届いていなければ当初賦課は始まらない(本人: str, clock: FixedClock) -> None:
    """田川市 2024: 二つに分かれた報告書の二つ目（3,181件のうち1,181件）を取り込まずに課税した。"""
    from tsugaru.gyomu.kojin.domain import intake
    from tsugaru.platform.inbound import api as inbound

    方 = intake.届け方を引く("給与支払報告書")
    inbound.expect(sender="二つ", kind=方.名, period=方.期間(年度), parts=2, rows=2, staff="t0", clock=clock)
    with pytest.raises(業務エラー, match=r"IB-0020.*二つ"):
        facts.読む(str(年度))


def test_条例の値がなければ_何がどこに要るかを言って止まる(
    本人: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(parameters, "条例の置き場", lambda: tmp_path)
    with pytest.raises(業務エラー, match=r"KJ-2302 .*均等割の定め.*kojin.yaml"):
        parameters.写す(str(年度))


def test_前の年度の確定した賦課と比べられ_動いた人だけが原因に分かれる(本人: str, clock: FixedClock) -> None:
    """課税年度が違うというだけでは、誰も動いたことにならない。動くのは、前の年度から年金特別徴収が続く（事実の違う）一人。"""
    last = 確定した(clock, 期間=str(年度 - 1))
    this = 計算した(clock)
    assert 当初.baseline is not None
    assert 当初.baseline(str(年度)) == last
    buckets = {b.cause: b.people for b in runs.compare(this.pk, 当初, clock=clock)}
    assert buckets == {"total": 2, "data": 1}
