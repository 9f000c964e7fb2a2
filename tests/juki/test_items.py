"""事項の修正・旧氏と通称・国籍・番号・改製・取消し。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.juki.office import (
    一人世帯,
    値つき,
    国外,
    届け出る,
    市内,
    市内の別,
    市外,
    決裁する,
    済ませる,
    行,
    転入した家族,
)  # fmt: skip
from tests.support.staff import Desk

from tsugaru.gyomu.juki import api
from tsugaru.gyomu.juki.domain.register import 状態
from tsugaru.gyomu.juki.models import 住民履歴
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.identity import seats

pytestmark = pytest.mark.db
外国人: dict[str, Any] = {
    "住民種別": "2", "氏名ローマ字": "KIM MINJI", "生年月日": 不詳日(date(1991, 7, 1)), "性別": "2", "続柄": ("02",),
    "国籍コード": "410", "国籍名": "韓国", "規定区分": "2", "在留番号": "", "通称": "金山　美智",
    "外国人住民日": 不詳日(date(2012, 7, 9)),
}  # fmt: skip


def _外国人(clock: FixedClock) -> str:
    [row] = 済ませる("in", [外国人], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外).行
    return row.宛名番号


def test_世帯主の氏が変われば世帯員の世帯主氏名も職権で直る(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    result = 済ませる("rename", [値つき(head, 氏="葛西", 名="一郎")], clock=clock, 届出の別="通知")
    assert [(r.宛名番号, r.異動事由, r.世帯主氏名) for r in result.行] == [
        (head, "303", "葛西　一郎"), (wife, "303", "葛西　一郎"), (child, "303", "葛西　一郎"),
    ]  # fmt: skip
    assert 行(head).氏名フリガナ == "サトウ　イチロウ"


def test_変わる項目のない修正は断る(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0250"):
        届け出る("correct", [値つき(head, 氏="佐藤")], clock=clock, 届出の別="職権", 留意事項="確認")


def test_誤記修正は前の行を残して足し除票にも使える(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    済ませる("death", [head], clock=clock)
    right = 値つき(head, 住民となった日=不詳日(date(2026, 4, 9)))
    済ませる("typo", [right], clock=clock, 日=clock.today(), 届出の別="職権", 留意事項="転入日の誤記")
    rows = list(住民履歴.objects.filter(宛名番号=head).order_by("履歴番号"))
    assert [r.住民となった日 for r in rows] == [date(2026, 4, 10), date(2026, 4, 10), date(2026, 4, 9)]
    assert (rows[-1].住民状態, rows[-1].異動事由) == ("3", "304")


def test_軽微な修正では住所を定めた日は変わらない(desk: Desk, clock: FixedClock) -> None:
    family = 転入した家族(clock=clock)
    before = [行(n).住所番号 for n in family]
    済ませる("minor", family, clock=clock, 届出の別="職権", 住所=市内の別, 留意事項="住居表示の実施")
    assert all(行(n).住所番号 != b for n, b in zip(family, before, strict=True))
    assert {行(n).住所を定めた日 for n in family} == {date(2026, 4, 10)}


def test_旧氏は記載してから変更し削除する(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0254"):
        届け出る("former_del", [head], clock=clock, 届出の別="請求")
    済ませる("former_add", [値つき(head, 旧氏="葛西", 旧氏フリガナ="カサイ")], clock=clock, 届出の別="請求")
    with pytest.raises(業務エラー, match="JK-0251"):
        届け出る(
            "former_add", [値つき(head, 旧氏="成田", 旧氏フリガナ="ナリタ")], clock=clock, 届出の別="請求"
        )
    with pytest.raises(業務エラー, match="JK-0252"):
        届け出る(
            "former_chg", [値つき(head, 旧氏="葛西", 旧氏フリガナ="カサイ")], clock=clock, 届出の別="請求"
        )
    済ませる("former_chg", [値つき(head, 旧氏="成田", 旧氏フリガナ="ナリタ")], clock=clock, 届出の別="請求")
    済ませる("former_del", [head], clock=clock, 届出の別="請求")
    rows = 住民履歴.objects.filter(宛名番号=head).order_by("履歴番号")
    assert [r.旧氏 for r in rows] == ["", "葛西", "成田", ""]


def test_旧氏は日本人だけ通称は外国人だけ(desk: Desk, clock: FixedClock) -> None:
    head, alien = 一人世帯(clock=clock), _外国人(clock)
    with pytest.raises(業務エラー, match="JK-0253"):
        届け出る("former_add", [値つき(alien, 旧氏="金", 旧氏フリガナ="キン")], clock=clock, 届出の別="請求")
    with pytest.raises(業務エラー, match="JK-0257"):
        届け出る("alias_add", [値つき(head, 通称="津軽　太郎")], clock=clock, 届出の別="申出")


def test_通称は削除してから記載する(desk: Desk, clock: FixedClock) -> None:
    alien = _外国人(clock)
    with pytest.raises(業務エラー, match="JK-0255"):
        届け出る("alias_add", [値つき(alien, 通称="津軽　美智")], clock=clock, 届出の別="申出")
    済ませる("alias_del", [alien], clock=clock, 届出の別="申出")
    with pytest.raises(業務エラー, match="JK-0256"):
        届け出る("alias_del", [alien], clock=clock, 届出の別="申出")
    済ませる("alias_add", [値つき(alien, 通称="津軽　美智")], clock=clock, 届出の別="申出")
    assert (行(alien).通称, 行(alien).氏名) == ("津軽　美智", "KIM MINJI")


def test_帰化では宛名番号と住民となった日を引き継いで日本人になる(desk: Desk, clock: FixedClock) -> None:
    alien = _外国人(clock)
    japanese = 値つき(alien, 氏="金山", 名="美智", 氏フリガナ="カナヤマ", 名フリガナ="ミチ", 本籍=市内)
    rows = 済ませる("natural", [japanese], clock=clock, 日=date(2026, 4, 15), 届出の別="通知").行
    assert [(r.異動事由, r.住民状態, r.消除日) for r in rows] == [
        ("204", "9", date(2026, 4, 15)), ("104", "1", None),
    ]  # fmt: skip
    row = 行(alien)
    assert (row.住民種別, row.氏名, row.氏名フリガナ, row.住民となった日) == (
        "1", "金山　美智", "カナヤマ　ミチ", date(2026, 4, 10),
    )  # fmt: skip
    assert (row.国籍名, row.通称, row.氏名ローマ字, row.外国人住民日) == ("", "", "", None)


def test_国籍を喪失すると外国人住民になり外国人住民となった日は異動日になる(
    desk: Desk, clock: FixedClock
) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    alien = 値つき(head, 氏名ローマ字="SATO ICHIRO", 国籍コード="840", 国籍名="米国", 規定区分="5")
    rows = 済ませる("lose", [alien], clock=clock, 日=date(2026, 4, 15), 届出の別="通知").行
    assert [r.異動事由 for r in rows] == ["205", "105", "303", "303"]
    row = 行(head)
    assert (row.住民種別, row.氏, row.本籍番号, row.外国人住民日) == ("2", "", None, date(2026, 4, 15))
    assert 行(wife).世帯主氏名 == "SATO ICHIRO"


def test_日本人の帰化は断る(desk: Desk, clock: FixedClock) -> None:
    head = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0258"):
        届け出る("natural", [値つき(head, 氏="a", 名="b", 本籍=市内)], clock=clock, 届出の別="通知")


def test_在留情報の変更は入れた欄だけを変える(desk: Desk, clock: FixedClock) -> None:
    alien = _外国人(clock)
    changed = 値つき(alien, 規定区分="1", 在留資格="永住者", 在留番号="AB12345678CD")
    済ませる("status", [changed], clock=clock, 届出の別="通知")
    row = 行(alien)
    assert (row.在留資格, row.在留番号, row.国籍名, row.通称) == (
        "永住者",
        "AB12345678CD",
        "韓国",
        "金山　美智",
    )


def test_個人番号の変更は門の内側に入り歴には事由だけが残る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("num_ex", [値つき(number, 個人番号="123456789018")], clock=clock, 届出の別="職権")
    assert disclosure.find_by_number("個人番号", "123456789018") == [number]
    seats.step_up(desk.seat, clock=SystemClock())
    shown = disclosure.reveal_number(desk.seat, gyomu="juki", subject=number, kind="個人番号")
    assert (shown, 行(number).異動事由) == ("123456789018", "307")
    other = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0230"):
        届け出る("num_fix", [値つき(other, 個人番号="123456789018")], clock=clock, 届出の別="職権")
    with pytest.raises(業務エラー, match="JK-0263"):
        届け出る("cancel", [number], clock=clock, 届出の別="職権", 留意事項="誤り")


def test_改製は消除と記載を続けて書き改製番号が進む(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    rows = 済ませる("rewrite", [number], clock=clock, 届出の別="職権").行
    assert [(r.異動事由, r.改製番号) for r in rows] == [("207", 0), ("107", 1)]
    assert (行(number).住民状態, 行(number).改製日) == ("1", date(2026, 4, 10))


def _取り消す(number: str, clock: FixedClock, **共通: Any) -> list[str]:
    result = 済ませる(
        "cancel", [number], clock=clock, 日=clock.today(), 届出の別="職権", 留意事項="誤り", **共通
    )
    return [r.異動事由 for r in result.行]


def test_取消しは同じ届出で動いた全員を届出の前の姿に戻す(desk: Desk, clock: FixedClock) -> None:
    family = 転入した家族(clock=clock)
    head, wife, _ = family
    before = {n: 状態(行(n)) for n in family}
    済ませる("death", [head], clock=clock, 新世帯主=wife)
    assert _取り消す(wife, clock) == ["109", "319", "319"]
    assert {n: 状態(行(n)) for n in family} == before
    assert {行(n).履歴番号 for n in family} == {3}


def test_取消しの取消しは取り消した異動を戻す(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("death", [number], clock=clock)
    dead = 状態(行(number))
    assert _取り消す(number, clock) == ["109"]
    assert _取り消す(number, clock) == ["209"]
    assert 状態(行(number)) == dead


def test_取り消した後に前の異動を名指しして取り消せる(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    済ませる("death", [head], clock=clock)
    _取り消す(head, clock)
    assert _取り消す(head, clock, 取消対象="1") == ["209", "209", "209"]
    row = 行(head)
    assert (row.住民状態, row.消除事由) == ("9", "209")
    assert 住民履歴.objects.filter(宛名番号=head).count() == 4


def test_同じ届出のほかの人に後の異動があれば先にそれを取り消す(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    済ませる("former_add", [値つき(wife, 旧氏="成田", 旧氏フリガナ="ナリタ")], clock=clock, 届出の別="請求")
    with pytest.raises(業務エラー, match=r"JK-0262.*佐藤　花子"):
        届け出る("cancel", [head], clock=clock, 届出の別="職権", 留意事項="誤り")
    with pytest.raises(業務エラー, match="JK-0261"):
        届け出る("cancel", [wife], clock=clock, 届出の別="職権", 留意事項="誤り", 取消対象="1")


def test_転出の取消しは予定に戻り予定の取消しは予定の前に戻る(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    before = 状態(行(number))
    済ませる("out_abroad", [number], clock=clock, 日=date(2026, 5, 1), 転出先=国外)
    assert _取り消す(number, clock) == ["319"]
    assert 状態(行(number)) == before


def test_遡った氏の変更は後の転居の行にも載り知らせる(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("move", [number], clock=clock, 日=date(2026, 4, 10), 世帯の別="同", 住所=市内の別)
    row = 届け出る(
        "rename", [値つき(number, 氏="三上", 名="太郎")], clock=clock, 日=date(2026, 4, 1), 届出の別="通知"
    )
    result = 決裁する(row, clock=clock)
    assert [a.番号 for a in result.警告 if a.番号 == "JK-A106"] == ["JK-A106"]
    assert [(r.異動事由, r.有効日) for r in result.行] == [
        ("303", date(2026, 4, 1)), ("301", date(2026, 4, 10)),
    ]  # fmt: skip
    past, now = api.その日の状態(number, date(2026, 4, 5)), api.その日の状態(number, date(2026, 4, 20))
    assert past is not None and now is not None
    assert (past.氏, now.氏, past.住所を定めた日, now.住所を定めた日) == (
        "三上", "三上", date(2020, 4, 1), date(2026, 4, 10),
    )  # fmt: skip
    assert 行(number).世帯主氏名 == "三上　太郎"


def test_いない間に世帯主が替わった人の取消しでは世帯主氏名を職権で合わせる(
    desk: Desk, clock: FixedClock
) -> None:
    head, wife, child = 転入した家族(clock=clock)
    済ませる("death", [child], clock=clock)
    済ませる("death", [head], clock=clock)
    reasons = _取り消す(child, clock)
    assert reasons == ["109", "313"]
    rows = list(住民履歴.objects.filter(宛名番号=child).order_by("履歴番号"))
    assert [r.世帯主氏名 for r in rows] == ["佐藤　一郎", "佐藤　一郎", "佐藤　一郎", "佐藤　花子"]
    assert 状態(rows[2]) == 状態(rows[0])
    assert _取り消す(child, clock) == ["209"]
    assert 行(child).住民状態 == "3"
    assert 行(wife).履歴番号 == 2
