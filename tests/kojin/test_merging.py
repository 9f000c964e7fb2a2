"""資料の合わせ方。公表された誤りは、その出所を名に持つ。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.kojin.reports import 太郎, 年報, 年度, 申告, 給報, 載せる
from tsugaru.gyomu.kojin.domain import facts
from tsugaru.gyomu.kojin.domain.linking import 決める
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料
from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
前の会社 = {
    "提出義務者の氏名又は名称": "前の会社", "指定番号": "70000079", "中途就・退職－中途就職・退職の区分": "2",
    "中途就・退職－年": "07", "中途就・退職－月": "03", "中途就・退職－日": "31", "給与所得控除後の給与等の金額": "",
}  # fmt: skip


@pytest.fixture
def 本人(here: Municipality, clock: FixedClock) -> str:
    """資料のまだない太郎。"""
    return 太郎(clock=clock)


def 結ぶ(本人: str, clock: FixedClock) -> None:
    """住所のない試験の人は自動では結ばれないので、職員が全ての資料を結ぶ。"""
    for 資料 in 課税資料.objects.exclude(pk__in=名寄せ.objects.values("資料")):
        決める(資料.pk, 本人, 理由="試験", 基の番=0, 職員="t0", clock=clock)


def 事実(本人: str, clock: FixedClock) -> dict[str, Any]:
    """その人の事実の一行（いなければ空）。"""
    結ぶ(本人, clock)
    rows = facts.人の事実(年度, 本人).to_dicts()
    return rows[0] if rows else {}


def test_取消のあった給報は使わない(本人: str, clock: FixedClock) -> None:
    """取消しの報告が反映されず、取り消された収入で課税した（公表例: product_functions F16）。"""
    載せる("給与支払報告書", [給報()], clock=clock)
    載せる("給与支払報告書", [給報(訂正表示="3")], clock=clock, 差出人="取消")
    assert 事実(本人, clock) == {}


def test_取消の後の新しい報告は使う(本人: str, clock: FixedClock) -> None:
    rows = [給報(), 給報(訂正表示="3"), 給報(支払金額="4000000", 給与所得控除後の給与等の金額="2760000")]
    for 番, row in enumerate(rows):
        載せる("給与支払報告書", [row], clock=clock, 差出人=f"{番}")
    assert 事実(本人, clock)["給与等の収入金額"] == 4_000_000


def test_訂正は前の報告に替わる(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報()], clock=clock)
    載せる("給与支払報告書", [給報(訂正表示="2", 支払金額="5200000")], clock=clock, 差出人="訂正")
    found = 事実(本人, clock)
    assert found["給与等の収入金額"] == 5_200_000
    assert found["社会保険料の金額"] == 740_000
    assert len(found["出所"].split(",")) == 1


def test_二か所の給与と社会保険料は足す(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報()], clock=clock)
    other = 給報(
        提出義務者の氏名又は名称="二つ目",
        指定番号="70000079",
        支払金額="480000",
        社会保険料等の金額="",
        給与所得控除後の給与等の金額="",
        乙欄適用="1",
    )
    載せる("給与支払報告書", [other], clock=clock, 差出人="二つ目")
    found = 事実(本人, clock)
    assert found["給与等の収入金額"] == 5_480_000
    assert found["指定番号"] == "70000060"  # 乙欄の支払者からは徴収しない


def test_前職の給与を含む報告があれば前職の報告は足さない(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報(給与等の金額="1200000")], clock=clock)
    before = 給報(前の会社, 支払金額="1200000")
    載せる("給与支払報告書", [before], clock=clock, 差出人="前の会社")
    found = 事実(本人, clock)
    assert found["給与等の収入金額"] == 5_000_000
    assert found["点検"] == ""


def test_前職の額が合わなければ足さずに点検に挙げる(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報(給与等の金額="1200000")], clock=clock)
    before = 給報(前の会社, 支払金額="1100000")
    載せる("給与支払報告書", [before], clock=clock, 差出人="前の会社")
    assert "前職の額が合わない" in 事実(本人, clock)["点検"]


def test_確定申告があれば報告書の控除は使わない(本人: str, clock: FixedClock) -> None:
    """確定申告は住民税申告とみなされる（地方税法第317条の3）。書かれていない控除は受けていない。"""
    載せる("給与支払報告書", [給報({"控除対象扶養親族の数－特定－主": "1"})], clock=clock)
    declared = 申告(本人, 給与等の収入金額="5000000", 社会保険料の金額="740000", 医療費の金額="300000")
    載せる("申告の資料", [declared], clock=clock, 差出人="税務署")
    found = 事実(本人, clock)
    assert (found["医療費の金額"], found["特定扶養親族の数"]) == (300_000, 0)
    assert found["点検"] == ""
    assert found["給与特別徴収を受ける"] == 1


def test_確定申告と報告書の給与が違えば点検に挙げる(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報()], clock=clock)
    載せる("申告の資料", [申告(本人, 給与等の収入金額="4000000")], clock=clock, 差出人="税務署")
    found = 事実(本人, clock)
    assert found["点検"] == "確定申告と報告書の給与"
    assert found["給与等の収入金額"] == 4_000_000


def test_住民税申告は書かれた項目だけを替える(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報(新生命保険料の金額="60000")], clock=clock)
    declared = 申告(本人, 申告の種類="住民税申告", 医療費の金額="200000")
    載せる("申告の資料", [declared], clock=clock, 差出人="窓口")
    found = 事実(本人, clock)
    assert (found["給与等の収入金額"], found["医療費の金額"], found["新一般生命保険料"]) == (
        5_000_000,
        200_000,
        60_000,
    )


def test_年金と給与は別の収入になる(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報()], clock=clock)
    載せる("公的年金等支払報告書", [年報(社会保険料の金額="88000")], clock=clock, 差出人="機構")
    found = 事実(本人, clock)
    assert (found["公的年金等の収入金額"], found["社会保険料の金額"]) == (2_000_000, 828_000)
    assert found["年金特別徴収を受ける"] == 0  # 65歳になっていない


def test_相手のない取消は点検に挙げる(本人: str, clock: FixedClock) -> None:
    載せる("給与支払報告書", [給報()], clock=clock)
    other = 給報(提出義務者の氏名又は名称="ほかの会社", 指定番号="70000079", 訂正表示="3")
    載せる("給与支払報告書", [other], clock=clock, 差出人="ほかの会社")
    found = 事実(本人, clock)
    assert found["点検"] == "相手のない取消"
    assert found["給与等の収入金額"] == 5_000_000


def test_賦課期日の後に転入した人は課税しない(本人: str, clock: FixedClock) -> None:
    other = 太郎(clock=clock, 日=date(2026, 1, 2), 生年月日=date(1990, 1, 1))
    載せる("給与支払報告書", [給報()], clock=clock)
    assert 事実(other, clock) == {}


@pytest.mark.parametrize(
    ("生年月日", "年齢", "未成年"),
    [((2008, 1, 2), 17, 0), ((2008, 1, 3), 17, 1), ((1961, 1, 1), 65, 0), ((1961, 1, 2), 64, 0)],
)
def test_年齢は誕生日の前日に加わる(
    here: Municipality, clock: FixedClock, 生年月日: tuple[int, int, int], 年齢: int, 未成年: int
) -> None:
    """令和8年度の65歳以上は昭和36年1月1日以前生まれ、未成年は平成20年1月3日以後生まれ（国税庁・市区町村の案内）。"""
    born = date(*生年月日)
    本人 = 太郎(clock=clock, 生年月日=born)
    載せる("給与支払報告書", [給報(生年月日=born)], clock=clock)
    found = 事実(本人, clock)
    assert (found["年齢"], found["未成年者である"]) == (年齢, 未成年)
