"""出生・死亡・世帯の異動。"""

from __future__ import annotations

from datetime import date

import pytest
from tests.juki.office import (
    一人世帯,
    人,
    値つき,
    届け出る,
    市外,
    済ませる,
    行,
    転入した家族,
)  # fmt: skip
from tests.support.staff import Desk

from tsugaru.gyomu.juki import api
from tsugaru.gyomu.juki.models import 住民履歴
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日, 不詳日を読む
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db
赤子 = 人(名="葵", 名フリガナ="アオイ", 生年月日=不詳日(date(2026, 4, 12)), 性別="2", 続柄=("20",))


def test_出生の子は生まれた日から住民となり世帯の住所を継ぐ(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    [row] = 済ませる("birth", [赤子], clock=clock, 日=date(2026, 4, 12), 入る世帯=行(head).世帯番号).行
    assert (row.住民となった日, row.世帯主氏名, row.異動事由) == (date(2026, 4, 12), "佐藤　一郎", "103")
    revealed = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[head, row.宛名番号])
    assert row.住所番号 is not None and row.住所番号 != 行(head).住所番号
    assert revealed[row.住所番号].address == revealed[行(head).住所番号 or 0].address


def test_出生の異動日は生年月日でなければならない(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0225"):
        届け出る("birth", [赤子], clock=clock, 日=date(2026, 4, 13), 入る世帯=行(head).世帯番号)


def test_世帯主が死亡し一人残れば職権でその人が世帯主になる(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    済ませる("death", [child], clock=clock, 届出の別="通知")
    result = 済ませる("death", [head], clock=clock, 届出の別="通知")
    assert [(r.宛名番号, r.異動事由, r.届出の別) for r in result.行] == [
        (head, "203", "通知"),
        (wife, "313", "職権"),
    ]
    assert (行(wife).続柄1, 行(wife).世帯主氏名) == ("02", "佐藤　花子")


def test_世帯主が死亡し二人残れば世帯主の無いまま知らせる(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    result = 済ませる("death", [head], clock=clock)
    assert "JK-A104" in {a.番号 for a in result.警告}
    assert (行(wife).続柄1, 行(wife).世帯主氏名) == ("12", "")
    assert [p.氏名 for p in api.世帯員(行(wife).世帯番号)] == ["佐藤　花子", "佐藤　桃子"]


def test_死亡の日が分からなくても表記のまま載る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("death", [number], clock=clock, 日=不詳日を読む("令和8年4月10日頃から20日頃までの間"))
    row = 行(number)
    assert (row.住民状態, row.消除日不詳, row.消除日表記) == (
        "3", True, "令和8年4月10日頃から20日頃までの間",
    )  # fmt: skip
    済ませる("death", [n := 一人世帯(clock=clock)], clock=clock, 日=不詳日を読む("年月日不詳"))
    assert 行(n).有効日 == clock.today()


def test_職権消除には留意事項が要る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0207"):
        届け出る("removal", [number], clock=clock, 届出の別="職権")
    済ませる("removal", [number], clock=clock, 届出の別="職権", 留意事項="実態調査により不現住")
    assert (行(number).住民状態, 行(number).消除事由) == ("9", "206")


def test_世帯分離した子は新しい世帯の世帯主になる(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    済ませる("split", [値つき(child, 続柄=("02",))], clock=clock)
    assert 行(child).世帯番号 not in {行(head).世帯番号, ""}
    assert (行(child).世帯主氏名, 行(child).住所番号) == (
        "佐藤　桃子", 住民履歴.objects.get(宛名番号=child, 履歴番号=1).住所番号,
    )  # fmt: skip
    assert 行(wife).履歴番号 == 1


def test_全員での世帯分離は断る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0237"):
        届け出る("split", [値つき(number, 続柄=("02",))], clock=clock)


def test_世帯合併は全員で構成変更は一部で行う(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    aunt = 一人世帯(clock=clock, 氏名="佐藤　梅", 性別="2")
    target = 行(aunt).世帯番号
    with pytest.raises(業務エラー, match=r"JK-0238.*佐藤　桃子"):
        届け出る(
            "merge",
            [値つき(head, 続柄=("74",)), 値つき(wife, 続柄=("74", "12"))],
            clock=clock,
            入る世帯=target,
        )
    済ませる("regroup", [値つき(child, 続柄=("74", "20"))], clock=clock, 入る世帯=target)
    済ませる(
        "merge", [値つき(head, 続柄=("74",)), 値つき(wife, 続柄=("74", "12"))], clock=clock, 入る世帯=target
    )
    assert [p.続柄表記 for p in api.世帯員(target)] == ["世帯主", "弟の子", "弟", "弟の妻"]
    assert {p.世帯主氏名 for p in api.世帯員(target)} == {"佐藤　梅"}


def test_同じ世帯への構成変更は断る(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0239"):
        届け出る("regroup", [値つき(wife, 続柄=("99",))], clock=clock, 入る世帯=行(head).世帯番号)


def test_世帯主変更は続柄をたどって直し入れた続柄はそのまま使う(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    result = 済ませる("head", [head, wife, 値つき(child, 続柄=("11", "20"))], clock=clock, 新世帯主=wife)
    assert [(行(n).続柄1, 行(n).続柄2) for n in (head, wife, child)] == [("11", ""), ("02", ""), ("11", "20")]
    assert {行(n).世帯主氏名 for n in (head, wife, child)} == {"佐藤　花子"}
    assert "JK-A103" not in {a.番号 for a in result.警告}


def test_今の世帯主への世帯主変更は断る(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0240"):
        届け出る("head", [head], clock=clock, 新世帯主=head)


def test_世帯主でない人の転出に新しい世帯主は要らない(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0241"):
        届け出る("out", [child], clock=clock, 転出先=市外, 新世帯主=wife)
    with pytest.raises(業務エラー, match="JK-0242"):
        届け出る("out", [head], clock=clock, 転出先=市外, 新世帯主=head)
