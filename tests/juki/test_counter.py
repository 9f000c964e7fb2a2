"""抑止・メモ・編集中の錠・異動の知らせ・扉。"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.juki.office import 一人世帯, 値つき, 届け出る, 市外, 済ませる, 行, 転入した家族
from tests.support.staff import Desk, sit

from tsugaru.gyomu.juki import api
from tsugaru.gyomu.juki.domain import holds, locks, notes
from tsugaru.gyomu.juki.domain.holds import 抑止の内容
from tsugaru.gyomu.juki.models import メモ
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー

pytestmark = pytest.mark.db
止める = 抑止の内容(
    対象処理="異動", 水準="エラー", 理由="本人の申出", 開始日=date(2026, 4, 1), 終了日=date(2026, 4, 5)
)


def _後(clock: FixedClock, **経つ: int) -> FixedClock:
    return FixedClock(clock.now() + timedelta(**経つ))


def test_抑止は終了日を過ぎても解除するまで止める(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = holds.登録する(replace(止める, 宛名番号=number), 職員="a", clock=clock)
    assert [r.pk for r in holds.終了日を過ぎた抑止(clock=clock)] == [row.pk]
    with pytest.raises(業務エラー, match=r"JK-0300.*本人の申出"):
        届け出る("death", [number], clock=clock)
    holds.解除する(row.pk, 職員="b", clock=clock)
    届け出る("death", [number], clock=clock)
    with pytest.raises(業務エラー, match="JK-0303"):
        holds.解除する(row.pk, 職員="b", clock=clock)


def test_世帯の抑止は世帯員にも効く(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    holds.登録する(replace(止める, 世帯番号=行(head).世帯番号), 職員="a", clock=clock)
    with pytest.raises(業務エラー, match="JK-0300"):
        届け出る("death", [wife], clock=clock)


def test_一時解除は時が来れば戻る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = holds.登録する(replace(止める, 宛名番号=number), 職員="a", clock=clock)
    holds.一時解除する(row.pk, 分=30, clock=clock)
    assert holds.効いている抑止([number], "異動", clock=_後(clock, minutes=29)) == []
    assert [r.pk for r in holds.効いている抑止([number], "異動", clock=_後(clock, minutes=30))] == [row.pk]
    with pytest.raises(業務エラー, match="JK-0302"):
        holds.一時解除する(row.pk, 分=61, clock=clock)


def test_アラートは止めずに知らせ発行の抑止は異動を止めない(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    holds.登録する(replace(止める, 宛名番号=number, 水準="アラート"), 職員="a", clock=clock)
    holds.登録する(replace(止める, 宛名番号=number, 対象処理="発行"), 職員="a", clock=clock)
    assert api.発行できない理由(number, clock=clock) == "本人の申出"
    result = 済ませる("death", [number], clock=clock)
    assert [a.番号 for a in result.警告] == ["JK-A110"]


@pytest.mark.parametrize(
    "違い",
    [
        {"世帯番号": "1"},
        {"宛名番号": ""},
        {"対象処理": "印刷"},
        {"水準": "注意"},
        {"理由": ""},
        {"終了日": date(2026, 3, 1)},
    ],
)
def test_抑止の内容の誤りは項目を添えて断る(desk: Desk, clock: FixedClock, 違い: dict[str, object]) -> None:
    with pytest.raises(業務エラー, match="JK-0301") as found:
        holds.登録する(replace(止める, **{"宛名番号": "1", **違い}), 職員="a", clock=clock)
    assert found.value.項目


def test_メモは直しても消しても前の行が残る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    first = notes.書く(number, "耳が遠い", 職員="a", clock=clock)
    second = notes.直す(first.pk, "筆談を希望", 職員="b", clock=clock)
    assert [m.本文 for m in notes.一覧(number)] == ["筆談を希望"]
    with pytest.raises(業務エラー, match="JK-0602"):
        notes.直す(first.pk, "古い画面から", 職員="c", clock=clock)
    notes.消す(second.pk, 職員="b", clock=clock)
    assert notes.一覧(number) == []
    assert メモ.objects.filter(宛名番号=number).count() == 3
    with pytest.raises(業務エラー, match="JK-0601"):
        notes.書く(number, "あ" * 501, 職員="a", clock=clock)


def test_編集中の人の名が見え15分たてば次の人が取れる(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    other = sit("市民課", clock=clock)
    locks.始める(number, 席=desk.seat, clock=clock)
    locks.始める(number, 席=desk.seat, clock=_後(clock, minutes=10))
    with pytest.raises(業務エラー, match=r"JK-0501 試験　職員が10:10から"):
        locks.始める(number, 席=other.seat, clock=_後(clock, minutes=24))
    assert locks.始める(number, 席=other.seat, clock=_後(clock, minutes=25)).席 == other.seat.pk
    locks.離れる(number, 席=desk.seat)
    held = locks.誰が(number, clock=_後(clock, minutes=26))
    assert held is not None and held.席 == other.seat.pk
    locks.離れる(number, 席=other.seat)
    assert locks.誰が(number, clock=_後(clock, minutes=26)) is None


def test_異動の知らせは続きから読め転出の予定と消除が分かる(desk: Desk, clock: FixedClock) -> None:
    start = max((e.番号 for e in api.異動を読む()), default=0)
    number = 一人世帯(clock=clock)
    済ませる("rename", [値つき(number, 氏="三上", 名="太郎")], clock=clock, 届出の別="通知")
    済ませる("out", [number], clock=clock, 日=date(2026, 5, 1), 転出先=市外)
    済ませる("out_notice", [number], clock=clock, 日=date(2026, 4, 18), 届出の別="通知", 転出先確定=市外)

    events = api.異動を読む(start)
    assert [e.履歴番号 for e in events][:2] == [1, 2]
    assert [(e.住民になった, e.氏が変わった, e.転出予定, e.住民でなくなった) for e in events] == [
        (True, False, False, False),
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, True),
        *[(False, False, False, False)] * (len(events) - 4),
    ]
    assert [e.番号 for e in api.異動を読む(events[0].番号, 限り=1)] == [events[1].番号]


def test_扉からは今とその日と知っていた姿が聞ける(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    later = FixedClock(datetime(2026, 4, 21, 1, 0, tzinfo=UTC))
    済ませる("death", [number], clock=later, 日=date(2026, 4, 10))
    assert api.住民の状態([number, "9999999999"])[number].住民状態 == "3"
    assert api.世帯員(行(number).世帯番号) == []
    day = date(2026, 4, 15)
    now, then = api.その日の状態(number, day), api.その日の状態(number, day, 知った時=clock.now())
    assert (now and now.住民状態, then and then.住民状態) == ("3", "1")
    assert api.その日の状態(number, date(2019, 12, 31)) is None
