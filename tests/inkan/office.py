"""印鑑登録の試験の道具: 印を彫って押した走査、登録の一通り。"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from tests.inkan.imprint.seals import 保存, 彫る, 押す, 紙
from tests.support.people import 世帯を作る
from tests.support.people import 窓口 as 住記の窓口
from tests.support.staff import Desk

from tsugaru.gyomu.inkan.domain import intake
from tsugaru.gyomu.inkan.domain.applications import 申請
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定め, 条例の定めを読む
from tsugaru.gyomu.inkan.domain.codes import 意思確認, 登録方法
from tsugaru.gyomu.inkan.domain.register import 入力
from tsugaru.gyomu.inkan.models import 印鑑履歴
from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 記録
from tsugaru.kernel.clock import Clock
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.directory import Municipality

窓口 = 入力("t0", "試験")


def 走査(文字: str = "工藤", 直径: float = 15.0, 傾き: float = 2.0, 形: str = "丸") -> bytes:
    """400 dpi で走査した、印を一つ押した紙。"""
    用紙 = 押す(紙(60, 60, 400), 彫る(形, 直径, 直径, 文字), 400, (30, 30), 傾き)
    return 保存(用紙, 400)


def 定め(here: Municipality) -> 条例の定め:
    return 条例の定めを読む(here.facts)


def 住人(clock: Clock, **人: Any) -> str:
    """住所のある世帯主。"""
    number = 世帯を作る(clock=clock, **人)
    異動(number, clock, "301", 住所番号=_住所(number))
    return number


def _住所(number: str) -> int:
    place = disclosure.Address(
        prefecture="試験県", city="試験市", town="青葉町", lot="1番地2", postcode="0360000"
    )
    return disclosure.put_address(number, "住所", place)


def 異動(number: str, clock: Clock, 事由: str, 日: date = date(2026, 4, 15), **変更: Any) -> None:
    """住民記録の異動を一つ入れる。"""
    _, state = 今の状態([number])[number]
    source = 出所(異動事由=事由, 異動日=日, 有効日=日, 届出の別="職権")
    記録する([記録(source, state.変えて(**変更))], 入力=住記の窓口, clock=clock)


def 保護された妻(夫: str, clock: Clock) -> str:
    """同じ世帯に、支援措置の対象者である妻がいる。"""
    妻 = 住人(clock, 氏名="工藤　花子", 名="花子", 性別="2", 世帯主氏名="工藤　花子")
    世帯番号 = 今の状態([夫])[夫][1].世帯番号
    異動(妻, clock, "311", 世帯番号=世帯番号, 続柄1="12", 世帯主氏名="工藤　太郎")
    Shield.objects.create(
        subject=妻, case="S1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=clock.now(), opened_by="t0",
    )  # fmt: skip
    return 妻


def 申込(**変更: Any) -> 申請:
    values: dict[str, Any] = {
        "方法": 登録方法.身分証,
        "本人の申請": True,
        "意思": 意思確認.本人,
        "印鑑文字": "工藤",
        "確認書類": "運転免許証",
        "登録証番号": "100001",
    }
    return 申請(**values | 変更)


def 登録(
    number: str, here: Municipality, desk: Desk, clock: Clock, *, ファイル: bytes | None = None, **変更: Any
) -> 印鑑履歴:
    """受付から登録（又は照会）まで。"""
    条例 = 定め(here)
    預かり = intake.受け付ける(
        number,
        申込(**変更),
        intake.読取の指示(ファイル=ファイル or 走査()),
        番号=uuid4(),
        基の履歴番号=intake.受付の基(number),
        定め=条例,
        seat=desk.seat,
        clock=clock,
    )
    return intake.登録する(預かり, 別の印と確かめた=True, 照会文書=uuid4(), 定め=条例, 入力=窓口, clock=clock)
