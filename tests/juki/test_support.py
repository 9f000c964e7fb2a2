"""支援措置。"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.juki.office import 一人世帯, 人, 市内, 市外, 済ませる, 行
from tests.support.staff import Desk

from tsugaru.gyomu.juki.domain import release, support
from tsugaru.gyomu.juki.domain.support import 申出
from tsugaru.gyomu.juki.models import 支援措置
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db


def _受付(number: str, clock: FixedClock, *併せて: str) -> 支援措置:
    return support.受付する(
        申出(申出者=number, 種別="DV", 申出日=date(2026, 4, 20), 併せて=併せて), 職員="a", clock=clock
    )


def _時計(年: int, 月: int, 日: int) -> FixedClock:
    return FixedClock(datetime(年, 月, 日, 1, 0, tzinfo=UTC))


def test_受け付けたその時から申出者と併せての人が伏せられる(desk: Desk, clock: FixedClock) -> None:
    mother, child = 一人世帯(clock=clock), 一人世帯(clock=clock)
    row = _受付(mother, clock, child, mother)
    assert row.併せて == [child]
    assert disclosure.shielded([mother, child]) == {mother, child}


def test_期間は一年で令和2年4月1日なら令和3年3月31日まで(desk: Desk, clock: FixedClock) -> None:
    row = support.受付する(
        申出(申出者=一人世帯(clock=clock), 種別="DV", 申出日=date(2020, 4, 1)), 職員="a", clock=clock
    )
    assert row.期間終 == date(2021, 3, 31)


def test_決定は受付した人と別の職員が行い連絡日から一年になる(desk: Desk, clock: FixedClock) -> None:
    row = _受付(一人世帯(clock=clock), clock)
    later = _時計(2026, 5, 1)
    with pytest.raises(業務エラー, match="JK-0407"):
        support.決定する(row.pk, 連絡日=date(2026, 5, 1), 意見="相当", 職員="a", clock=later)
    row = support.決定する(row.pk, 連絡日=date(2026, 5, 1), 意見="相当", 職員="b", clock=later)
    assert (row.状態, row.期間始, row.期間終) == ("決定", date(2026, 5, 1), date(2027, 4, 30))


def test_延長は一月前から受け前の期間の翌日から一年続く(desk: Desk, clock: FixedClock) -> None:
    row = _受付(一人世帯(clock=clock), clock)
    support.決定する(row.pk, 連絡日=date(2026, 4, 20), 意見="", 職員="b", clock=clock)
    early, open_ = _時計(2027, 3, 18), _時計(2027, 3, 19)
    with pytest.raises(業務エラー, match="JK-0405"):
        support.延長する(row.pk, 申出日=date(2027, 3, 18), 職員="a", clock=early)
    row = support.延長する(row.pk, 申出日=date(2027, 3, 19), 職員="a", clock=open_)
    assert (row.期間始, row.期間終) == (date(2027, 4, 20), date(2028, 4, 19))


def test_期間を過ぎても保護は終わらず一覧に出る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = _受付(number, clock)
    near, over = _時計(2027, 3, 19), _時計(2027, 4, 20)
    assert [r.pk for r in support.期間の終わりが近い(clock=near)] == [row.pk]
    assert support.期間の過ぎた(clock=near) == []
    assert [r.pk for r in support.期間の過ぎた(clock=over)] == [row.pk]
    assert disclosure.shielded([number]) == {number}


def test_解除は二人で行い全ての人の保護が外れる(desk: Desk, clock: FixedClock) -> None:
    mother, child = 一人世帯(clock=clock), 一人世帯(clock=clock)
    row = _受付(mother, clock, child)
    support.決定する(row.pk, 連絡日=date(2026, 4, 20), 意見="", 職員="b", clock=clock)
    asked = release.解除を求める(row.pk, 理由="本人の申出", 職員="a", clock=clock)
    assert disclosure.shielded([mother, child]) == {mother, child}
    with pytest.raises(業務エラー, match="JK-0412"):
        release.解除を認める(asked.pk, 職員="a", clock=clock)
    assert [r.pk for r in release.求めの一覧()] == [asked.pk]
    assert release.解除を認める(asked.pk, 職員="b", clock=clock).状態 == "終了"
    assert disclosure.shielded([mother, child]) == frozenset()
    assert release.求めの一覧() == []


def test_解除を求めた後に延長されたら外れない(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = _受付(number, clock)
    support.決定する(row.pk, 連絡日=date(2026, 4, 20), 意見="", 職員="b", clock=clock)
    later = _時計(2027, 4, 1)
    asked = release.解除を求める(row.pk, 理由="期間満了", 職員="a", clock=later)
    support.延長する(row.pk, 申出日=date(2027, 4, 1), 職員="a", clock=later)
    with pytest.raises(業務エラー, match="JK-0413"):
        release.解除を認める(asked.pk, 職員="b", clock=later)
    assert disclosure.shielded([number]) == {number}


def test_解除を求めた後に新しい申出があれば外れない(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = _受付(number, clock)
    asked = release.解除を求める(row.pk, 理由="必要なし", 結果="却下", 職員="a", clock=clock)
    _受付(number, clock)
    with pytest.raises(業務エラー, match="JK-0413"):
        release.解除を認める(asked.pk, 職員="b", clock=clock)


def test_転出しても保護は続く(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    _受付(number, clock)
    済ませる("out", [number], clock=clock, 転出先=市外)
    assert disclosure.shielded([number]) == {number}


def test_転送は相手と向きを記す(desk: Desk, clock: FixedClock) -> None:
    row = _受付(一人世帯(clock=clock), clock)
    with pytest.raises(業務エラー, match="JK-0406"):
        support.転送を記す(
            row.pk, 向き="横", 相手="青森市", 転送日=clock.today(), 理由="前住所地", 職員="a", clock=clock
        )
    made = support.転送を記す(
        row.pk, 向き="送", 相手="青森市", 転送日=clock.today(), 理由="前住所地", 職員="a", clock=clock
    )
    assert made.措置_id == row.pk


def test_解除すれば場所を写されて保護を受け継いだ人の保護も外れる(desk: Desk, clock: FixedClock) -> None:
    [mother] = [
        row.宛名番号
        for row in 済ませる("in", [人()], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外).行
    ]
    row = _受付(mother, clock)
    child = 人(名="葵", 名フリガナ="アオイ", 続柄=("20",))
    home = 行(mother).世帯番号
    [born] = 済ませる("in", [child], clock=clock, 世帯の別="既", 入る世帯=home, 転入前住所=市外).行
    assert disclosure.shielded([mother, born.宛名番号]) == {mother, born.宛名番号}
    asked = release.解除を求める(row.pk, 理由="申出者の意思", 職員="a", clock=clock)
    release.解除を認める(asked.pk, 職員="b", clock=clock)
    assert disclosure.sheltered([mother, born.宛名番号]) == frozenset()
