"""送付先・関係人・返戻。"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.atena.people import 住登外を作る, 川向こう, 手
from tests.support.people import 世帯を作る
from tests.support.staff import Desk
from tsugaru.gyomu.atena.domain import agents, deliveries, mailing
from tsugaru.gyomu.atena.domain.agents import 関係
from tsugaru.gyomu.atena.domain.deliveries import 返戻
from tsugaru.gyomu.atena.domain.mailing import 送付の定め
from tsugaru.gyomu.atena.models import 送付先
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー

pytestmark = pytest.mark.db
四月 = date(2026, 4, 1)
五月 = date(2026, 5, 1)


def test_業務の送付先が勝ちなければ全ての業務の送付先になる(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    mailing.定める(number, 送付の定め(業務="", 始期=四月), 川向こう, 手続=手(clock))
    own = mailing.定める(
        number, 送付の定め(業務="kotei", 始期=四月, 宛名人="成田　花子"), 川向こう, 手続=手(clock)
    )
    assert mailing.業務の送付先(number, "kotei", 四月) == own
    assert mailing.業務の送付先(number, "kojin", 四月) != own
    assert mailing.業務の送付先(number, "kotei", date(2026, 3, 31)) is None


def test_送付先は始期の日から終期の日まで効きやめれば戻る(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    mailing.定める(number, 送付の定め(業務="kotei", 始期=四月, 終期=五月), 川向こう, 手続=手(clock))
    days = [date(2026, 3, 31), 四月, 五月, date(2026, 5, 2)]
    assert [bool(mailing.業務の送付先(number, "kotei", d)) for d in days] == [False, True, True, False]
    mailing.やめる(number, "kotei", やめる日=date(2026, 4, 15), 手続=手(clock))
    assert mailing.業務の送付先(number, "kotei", date(2026, 4, 14))
    assert mailing.業務の送付先(number, "kotei", date(2026, 4, 15)) is None
    with pytest.raises(業務エラー, match="AT-0208"):
        mailing.やめる(number, "kotei", やめる日=date(2026, 4, 16), 手続=手(clock))


def test_送付先の行は消せない(desk: Desk, clock: FixedClock) -> None:
    number = 世帯を作る(clock=clock)
    mailing.定める(number, 送付の定め(業務="", 始期=四月), 川向こう, 手続=手(clock))
    with pytest.raises(DatabaseError), transaction.atomic():
        送付先.objects.filter(宛名番号=number).delete()


def test_納税管理人は宛名のある相手でなければならない(desk: Desk, clock: FixedClock) -> None:
    number, agent = 世帯を作る(clock=clock), 住登外を作る(clock)
    row = agents.定める(number, 関係(種別="1", 相手番号=agent, 業務="kotei", 始期=四月), 手続=手(clock))
    assert agents.効いている関係人(number, 四月) == [row]
    assert agents.引き受けている(agent, 四月) == [row]
    with pytest.raises(業務エラー, match="AT-0211"):
        agents.定める(number, 関係(種別="1", 相手番号=number, 業務="kotei", 始期=四月), 手続=手(clock))
    with pytest.raises(業務エラー, match="AT-0212"):
        agents.定める(number, 関係(種別="1", 相手番号="99", 業務="kotei", 始期=四月), 手続=手(clock))


def test_関係人を替えれば前の人は引き受けでなくなる(desk: Desk, clock: FixedClock) -> None:
    number, first, second = 世帯を作る(clock=clock), 住登外を作る(clock), 住登外を作る(clock)
    agents.定める(number, 関係(種別="1", 相手番号=first, 業務="kotei", 始期=四月), 手続=手(clock))
    row = agents.定める(number, 関係(種別="1", 相手番号=second, 業務="kotei", 始期=五月), 手続=手(clock))
    assert [r.相手番号 for r in agents.効いている関係人(number, 四月)] == [first]
    assert [r.相手番号 for r in agents.効いている関係人(number, 五月)] == [second]
    assert agents.引き受けている(first, 五月) == []
    agents.やめる(number, row.pk, やめる日=五月, 手続=手(clock))
    assert agents.効いている関係人(number, 五月) == []


def 返す(number: str, clock: FixedClock) -> int:
    what = 返戻(業務="kotei", 文書名="納税通知書", 返戻日=四月, 理由="あて所なし")
    return deliveries.返戻を受ける(number, what, 手続=手(clock)).事案番号


def 進む(number: str, case: int, 段階: str, 日: date, clock: FixedClock) -> object:
    return deliveries.進める(number, case, 段階=段階, 年月日=日, 内容="実地に調べた", 手続=手(clock)).効力日


def test_調べずに公示送達へは進めない(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    case = 返す(number, clock)
    with pytest.raises(業務エラー, match=r"AT-0214 .*第20条の2"):
        進む(number, case, "公示送達", 四月, clock)


def test_公示を始めた日から起算して七日を経過した日に送達があったものとみなす(
    desk: Desk, clock: FixedClock
) -> None:
    """4月6日に公示を始めれば、起算して7日目は4月12日、経過したときは4月13日（地方税法第20条の2第3項）。"""
    number = 住登外を作る(clock)
    case = 返す(number, clock)
    進む(number, case, "調査", date(2026, 4, 3), clock)
    assert 進む(number, case, "公示送達", date(2026, 4, 6), clock) == date(2026, 4, 13)
    進む(number, case, "終結", date(2026, 4, 13), clock)
    assert deliveries.進行中() == []
    with pytest.raises(業務エラー, match="AT-0214"):
        進む(number, case, "調査", date(2026, 4, 14), clock)


def test_段の日は前の段より前にも今日より後にもできない(desk: Desk, clock: FixedClock) -> None:
    number = 住登外を作る(clock)
    case = 返す(number, clock)
    with pytest.raises(業務エラー, match="AT-0215"):
        進む(number, case, "調査", date(2026, 3, 31), clock)
    with pytest.raises(業務エラー, match="AT-0106"):
        進む(number, case, "調査", 五月, clock)
