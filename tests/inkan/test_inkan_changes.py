"""登録の後: 登録証、停止、廃止、職権抹消、回復、修正と、住民の異動。"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.inkan.office import 住人, 定め, 異動, 登録, 窓口, 走査
from tests.support.staff import Desk

from tsugaru.gyomu.inkan.api import 登録のある人
from tsugaru.gyomu.inkan.domain import cards, changes, machine
from tsugaru.gyomu.inkan.domain.codes import 事由, 抹消事由, 登録方法
from tsugaru.gyomu.inkan.domain.register import 今の登録
from tsugaru.gyomu.inkan.domain.sweep import 突き合わせる, 追いつく
from tsugaru.gyomu.inkan.models import 印影画像, 印鑑履歴, 印鑑登録, 状態, 登録証
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def 登録者(here: Municipality, desk: Desk, clock: FixedClock) -> str:
    number = 住人(clock)
    登録(number, here, desk, clock)
    return number


def _今(number: str) -> 印鑑登録:
    row = 今の登録(number)
    assert row is not None
    return row


def test_引替は番号が替わり手数料はかからない(登録者: str, clock: FixedClock) -> None:
    cards.引き替える(登録者, 登録証番号="200001", 備考="汚損", 基の履歴番号=1, 入力=窓口, clock=clock)
    assert (_今(登録者).状態, _今(登録者).登録証番号) == (状態.登録, "200001")
    assert 登録証.objects.get(pk="200001").手数料 == 0


def test_亡失届で番号は効かなくなり再交付は手数料を取る(
    登録者: str, here: Municipality, clock: FixedClock
) -> None:
    cards.亡失を受ける(登録者, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)
    assert (_今(登録者).状態, _今(登録者).登録証番号) == (状態.停止, "")
    with pytest.raises(業務エラー, match="IN-0301"):
        changes.切り替える(登録者, 事由.停止の解除, 備考="", 基の履歴番号=2, 入力=窓口, clock=clock)
    cards.再交付する(
        登録者,
        登録証番号="200001",
        備考="",
        基の履歴番号=2,
        定め=定め(here),
        入力=窓口,
        clock=clock,
    )
    assert (_今(登録者).状態, 登録証.objects.get(pk="200001").手数料) == (状態.登録, 300)


def test_亡失した登録証の番号は戻って来ても使えない(
    登録者: str, here: Municipality, clock: FixedClock
) -> None:
    cards.亡失を受ける(登録者, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)
    with pytest.raises(業務エラー, match="IN-0401"):
        cards.再交付する(
            登録者, 登録証番号="100001", 備考="", 基の履歴番号=2, 定め=定め(here), 入力=窓口, clock=clock
        )


def test_一時停止と解除(登録者: str, clock: FixedClock) -> None:
    changes.切り替える(登録者, 事由.一時停止, 備考="電話", 基の履歴番号=1, 入力=窓口, clock=clock)
    assert _今(登録者).状態 == 状態.停止
    changes.切り替える(登録者, 事由.停止の解除, 備考="", 基の履歴番号=2, 入力=窓口, clock=clock)
    assert (_今(登録者).状態, _今(登録者).登録証番号) == (状態.登録, "100001")


def test_廃止の後は新しい印で登録し直せる(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    changes.廃止する(登録者, わけ=抹消事由.改印, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)
    row = 登録(登録者, here, desk, clock, ファイル=走査(直径=13.5), 登録証番号="100002")
    assert (row.履歴番号, row.抹消日, row.抹消事由, row.登録証番号) == (3, None, "", "100002")


def test_申請の事由で職権抹消はできず逆もできない(登録者: str, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="IN-0303"):
        changes.廃止する(登録者, わけ=抹消事由.死亡, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)
    with pytest.raises(業務エラー, match="IN-0303"):
        changes.抹消する(
            登録者,
            わけ=抹消事由.改印,
            日=date(2026, 4, 20),
            備考="",
            基の履歴番号=1,
            入力=窓口,
            clock=clock,
        )


def test_先の日の抹消は断る(登録者: str, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="IN-0304"):
        changes.抹消する(
            登録者,
            わけ=抹消事由.意思能力の喪失,
            日=date(2026, 4, 21),
            備考="",
            基の履歴番号=1,
            入力=窓口,
            clock=clock,
        )


def test_古い画面からの手続は断る(登録者: str, clock: FixedClock) -> None:
    changes.切り替える(登録者, 事由.一時停止, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)
    with pytest.raises(業務エラー, match=r"IN-0302 .*（1番→2番）"):
        changes.廃止する(登録者, わけ=抹消事由.本人の申請, 備考="", 基の履歴番号=1, 入力=窓口, clock=clock)


def test_修正は文字を照らし直し印影は替えない(登録者: str, clock: FixedClock) -> None:
    前 = _今(登録者)
    値 = {"カタカナ表記": "", "確認書類": "個人番号カード", "備考": "", "基の履歴番号": 1, "入力": 窓口}
    with pytest.raises(業務エラー, match="IN-0111"):
        changes.修正する(登録者, 印鑑文字="佐藤", clock=clock, **値)
    changes.修正する(登録者, 印鑑文字="工藤太郎", clock=clock, **値)
    assert (_今(登録者).文字区分, _今(登録者).印影_id) == ("1", 前.印影_id)


@pytest.mark.parametrize(
    ("事由の符号", "状態の値", "わけ"),
    [("201", "2", 抹消事由.転出), ("203", "3", 抹消事由.死亡), ("206", "9", 抹消事由.その他の消除)],
)
def test_住民でなくなればその日に抹消される(
    登録者: str, clock: FixedClock, 事由の符号: str, 状態の値: str, わけ: 抹消事由
) -> None:
    異動(登録者, clock, 事由の符号, 住民状態=状態の値, 消除日=date(2026, 4, 15), 消除事由=事由の符号)
    assert 追いつく(clock=clock) == [登録者]
    今 = _今(登録者)
    assert (今.状態, 今.抹消日, 今.抹消事由) == (状態.抹消, date(2026, 4, 15), わけ.value)
    assert 追いつく(clock=clock) == []


def test_転出届だけでは抹消されず予定日が来れば抹消される(登録者: str, clock: FixedClock) -> None:
    異動(登録者, clock, "303", 転出予定日=date(2026, 4, 25), 転出届出日=date(2026, 4, 15))
    assert 追いつく(clock=clock) == []
    前日 = FixedClock(datetime(2026, 4, 24, 14, 59, tzinfo=UTC))
    assert 突き合わせる([登録者], clock=前日) == []
    当日 = FixedClock(datetime(2026, 4, 24, 15, 0, tzinfo=UTC))
    assert 突き合わせる([登録者], clock=当日) == [登録者]
    assert (_今(登録者).抹消日, _今(登録者).抹消事由) == (date(2026, 4, 25), 抹消事由.転出.value)


def test_氏が変わって印の文字が合わなくなれば抹消される(登録者: str, clock: FixedClock) -> None:
    異動(登録者, clock, "303", 氏名="三上　太郎", 氏="三上")
    assert 追いつく(clock=clock) == [登録者]
    assert _今(登録者).抹消事由 == 抹消事由.氏名等の変更.value


def test_氏が変わっても旧氏を載せれば抹消されない(登録者: str, clock: FixedClock) -> None:
    異動(登録者, clock, "314", 氏名="三上　太郎", 氏="三上", 旧氏="工藤")
    assert 追いつく(clock=clock) == []
    assert _今(登録者).状態 == 状態.登録


def test_名だけの印は氏が変わっても抹消されない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    登録(number, here, desk, clock, 印鑑文字="太郎之印", ファイル=走査("太郎"))
    異動(number, clock, "303", 氏名="三上　太郎", 氏="三上")
    assert 追いつく(clock=clock) == []


def test_転居では抹消されない(登録者: str, clock: FixedClock) -> None:
    異動(登録者, clock, "301", 住所を定めた日=date(2026, 4, 15))
    assert 追いつく(clock=clock) == []


def test_照会中の人の転出は申請ごと抹消される(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    登録(number, here, desk, clock, 方法=登録方法.照会書, 登録証番号="")
    異動(number, clock, "201", 住民状態="2", 消除日=date(2026, 4, 15), 消除事由="201")
    assert 追いつく(clock=clock) == [number]


def test_転出の取消しの後は回復できる(登録者: str, here: Municipality, clock: FixedClock) -> None:
    異動(登録者, clock, "201", 住民状態="2", 消除日=date(2026, 4, 15), 消除事由="201")
    追いつく(clock=clock)
    値 = {"備考": "", "基の履歴番号": 2, "定め": 定め(here), "入力": 窓口}
    with pytest.raises(業務エラー, match="IN-0102"):
        changes.回復する(登録者, clock=clock, **値)
    異動(登録者, clock, "319", 住民状態="1", 消除日=None, 消除事由="")
    changes.回復する(登録者, clock=clock, **値)
    assert (_今(登録者).状態, _今(登録者).抹消日, _今(登録者).登録証番号) == (状態.登録, None, "100001")


申請 = {事由.即日登録, 事由.照会書発行}
できること = {
    "未登録": 申請,
    "照会中": {事由.回答による登録, 事由.照会の取下げ, 事由.回答期限の経過, 事由.職権抹消, 事由.修正},
    "登録": {
        事由.登録証の引替,
        事由.登録証の亡失,
        事由.一時停止,
        事由.廃止,
        事由.職権抹消,
        事由.修正,
    },
    "停止": {事由.停止の解除, 事由.登録証の亡失, 事由.廃止, 事由.職権抹消, 事由.修正},
    "亡失": {事由.登録証の再交付, 事由.廃止, 事由.職権抹消, 事由.修正},
    "廃止": 申請,
    "抹消": 申請 | {事由.職権回復},
    "終了": 申請,
}


def _状態にする(名: str, here: Municipality, desk: Desk, clock: FixedClock) -> str:
    number = 住人(clock)
    照会 = 名 in ("照会中", "終了")
    if 名 != "未登録":
        変更 = {"方法": 登録方法.照会書, "登録証番号": ""} if 照会 else {}
        登録(number, here, desk, clock, **変更)
    値 = {"備考": "", "基の履歴番号": 1, "入力": 窓口, "clock": clock}
    if 名 == "停止":
        changes.切り替える(number, 事由.一時停止, **値)
    elif 名 == "亡失":
        cards.亡失を受ける(number, **値)
    elif 名 == "廃止":
        changes.廃止する(number, わけ=抹消事由.改印, **値)
    elif 名 == "抹消":
        changes.抹消する(number, わけ=抹消事由.意思能力の喪失, 日=date(2026, 4, 20), **値)
    elif 名 == "終了":
        changes.切り替える(number, 事由.照会の取下げ, **値)
    return number


@pytest.mark.parametrize("名", list(できること))
def test_どの状態でもできることは表のとおりで他は関数が断る(
    名: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    number = _状態にする(名, here, desk, clock)
    row = 今の登録(number)
    assert set(machine.できる手続(row)) == できること[名]
    for one in set(事由) - できること[名]:
        with pytest.raises(業務エラー, match="IN-0301"):
            changes.切り替える(
                number,
                one,
                備考="",
                基の履歴番号=row.履歴番号 if row else 0,
                入力=窓口,
                clock=clock,
            )
    assert 登録のある人([number]) == ({number} if 名 in ("登録", "停止", "亡失") else set())


def test_自動の抹消は開いた職員でなくシステムの行為として残る(
    登録者: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    異動(登録者, clock, "203", 住民状態="3", 消除日=date(2026, 4, 15), 消除事由="203")
    kept: list[tuple[str, str, str]] = []

    def record(*, act: str, **_: object) -> None:
        who = audit.current_actor()
        kept.append((act, who.number, who.request))

    monkeypatch.setattr(audit, "record", record)
    with audit.actor(audit.Actor(number="t9", section="市民課", request="r-1")):
        追いつく(clock=clock)
    assert kept == [("印鑑登録（職権抹消）", "system", "r-1")]


@pytest.mark.parametrize(
    "文",
    [
        'UPDATE "inkan_印鑑履歴" SET "備考" = \'x\'',
        'DELETE FROM "inkan_印影画像"',
        'UPDATE "inkan_印鑑登録" SET "状態" = \'2\'',
        'DELETE FROM "inkan_登録証"',
        'TRUNCATE "inkan_証明交付"',
    ],
)
def test_業務の役割は直すことも消すこともできない(登録者: str, 文: str) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(文)
    assert _今(登録者).状態 == 状態.登録


def test_中身と違う要約の印影は入らない(登録者: str, clock: FixedClock) -> None:
    row = 印影画像.objects.get(宛名番号=登録者)
    row.pk, row.sha256 = None, "0" * 64
    with pytest.raises(IntegrityError, match="inkan_imprint_hash_ck"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("変更", "制約"),
    [
        ({"登録証番号": ""}, "inkan_history_card_ck"),
        ({"状態": "5"}, "inkan_history_ended_ck"),
        ({"状態": "1"}, "inkan_history_inquiry_ck"),
        ({"申請者": "代理人", "代理人氏名": ""}, "inkan_history_agent_ck"),
    ],
)
def test_ありえない行はデータベースが断る(登録者: str, 変更: dict[str, str], 制約: str) -> None:
    row = 印鑑履歴.objects.get(宛名番号=登録者)
    row.pk, row.履歴番号 = None, 2
    for 名, 値 in 変更.items():
        setattr(row, 名, 値)
    with pytest.raises(IntegrityError, match=制約), transaction.atomic():
        row.save(force_insert=True)


def test_番号の飛んだ歴は入らない(登録者: str) -> None:
    row = 印鑑履歴.objects.get(宛名番号=登録者)
    row.pk, row.履歴番号 = None, 3
    with pytest.raises(DatabaseError, match="IN-0305"), transaction.atomic():
        row.save(force_insert=True)
