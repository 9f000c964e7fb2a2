"""異動の届出に Adobe-Japan1 の字形で打たれた名は、文字情報基盤の字形で控えられ、何を替えたかが見える。"""

from __future__ import annotations

import pytest
from tests.juki.office import 人, 届け出る, 市内, 市内の別, 市外, 決裁する, 転入した家族
from tests.support.staff import Desk

from tsugaru.gyomu.juki.domain.preview import 下見する
from tsugaru.gyomu.juki.models import 届出
from tsugaru.kernel.clock import FixedClock

pytestmark = pytest.mark.db
アドビの辻, 基盤の辻 = "辻\U000e0101", "辻\U000e0103"


def _転入(clock: FixedClock, 氏: str) -> 届出:
    return 届け出る("in", [人(氏=氏)], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)


def test_読み替えは入力した人と決裁する人に符号位置で示され台帳には基盤の字形が残る(
    desk: Desk, clock: FixedClock
) -> None:
    case = _転入(clock, f"{アドビの辻}本")
    for row in (case, 届出.objects.get(pk=case.pk)):
        [alert] = [a for a in 下見する(row, clock=clock).警告 if a.番号 == "JK-A108"]
        assert "氏の1文字目の「辻」を U+8FBB U+E0101 から U+8FBB U+E0103 に読み替えました" in alert.文
    [written] = 決裁する(case, clock=clock).行
    assert (written.氏, written.氏名) == (f"{基盤の辻}本", f"{基盤の辻}本　一郎")


@pytest.mark.parametrize("氏", [f"{基盤の辻}本", "葛\U000e0100城", "髙﨑", "𠮷田"])
def test_ほかの文字は打たれたまま一つも変えず何も言わない(desk: Desk, clock: FixedClock, 氏: str) -> None:
    case = _転入(clock, 氏)
    assert [a for a in 下見する(case, clock=clock).警告 if a.番号 == "JK-A108"] == []
    [written] = 決裁する(case, clock=clock).行
    assert written.氏 == 氏


def test_届出に一つの欄も読み替える(desk: Desk, clock: FixedClock) -> None:
    family = 転入した家族(clock=clock)
    case = 届け出る("move", family, clock=clock, 世帯の別="同", 住所=市内の別, 留意事項=f"{アドビの辻}から")
    assert case.内容["共通"]["留意事項"] == f"{基盤の辻}から"
