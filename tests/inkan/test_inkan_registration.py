"""登録の申請: 誰が・どんな印を・どの方法で登録できるか。"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from tests.inkan.office import 住人, 定め, 申込, 異動, 登録, 窓口, 走査
from tests.support.staff import Desk, sit

from tsugaru.gyomu.inkan.domain import intake
from tsugaru.gyomu.inkan.domain.applications import 回答を受ける
from tsugaru.gyomu.inkan.domain.bylaw import 回答期限
from tsugaru.gyomu.inkan.domain.codes import 意思確認, 文字区分, 登録方法
from tsugaru.gyomu.inkan.domain.register import 今の登録
from tsugaru.gyomu.inkan.domain.similar import 世帯の似た印影
from tsugaru.gyomu.inkan.domain.sweep import 期限の過ぎた照会を終える
from tsugaru.gyomu.inkan.models import 受付, 状態, 登録証
from tsugaru.gyomu.juki.domain.register import 今の状態
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


def test_写真付きの身分証ならその日に登録できる(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    row = 登録(number, here, desk, clock)
    今 = 今の登録(number)
    assert 今 is not None
    assert (今.状態, 今.登録日, 今.登録証番号) == (状態.登録, date(2026, 4, 20), "100001")
    assert (row.履歴番号, 今.印鑑文字, 今.文字区分) == (1, "工藤", 文字区分.氏.value)
    assert 1480 <= 今.印影.横 <= 1520  # 彫った印は直径15 mm
    assert 登録証.objects.get(pk="100001").宛名番号 == number
    assert not 受付.objects.filter(宛名番号=number).exists()


def test_登録されている人はもう一つ登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    登録(number, here, desk, clock)
    with pytest.raises(業務エラー, match="IN-0301"):
        登録(number, here, desk, clock, 登録証番号="100002")


def test_使った登録証番号は誰にも使えない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    登録(住人(clock), here, desk, clock)
    with pytest.raises(業務エラー, match="IN-0401"):
        登録(住人(clock), here, desk, clock, ファイル=走査(直径=13.5))


@pytest.mark.parametrize(
    ("生年月日", "できる"),
    [(date(2011, 4, 21), True), (date(2011, 4, 22), False), (date(2011, 4, 20), True)],
)
def test_15歳に達するのは誕生日の前日(
    here: Municipality, desk: Desk, clock: FixedClock, 生年月日: date, できる: bool
) -> None:
    """今日は令和8年4月20日。平成23年4月21日生まれは今日達する（年齢計算ニ関スル法律）。"""
    number = 住人(clock, 生年月日=生年月日)
    if できる:
        assert 登録(number, here, desk, clock).状態 == 状態.登録
    else:
        with pytest.raises(業務エラー, match=r"IN-0103 .*令和8年4月21日"):
            登録(number, here, desk, clock)


def test_生年月日が不詳なら年齢の言える人だけ(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    分かる = 住人(clock, 生年月日=date(1950, 1, 1), 生年月日不詳=True, 生年月日表記="昭和25年頃")
    assert 登録(分かる, here, desk, clock).状態 == 状態.登録
    for 日, 表記 in ((date(2010, 12, 31), "平成22年頃"), (date.min, "不詳")):
        number = 住人(clock, 生年月日=日, 生年月日不詳=True, 生年月日表記=表記)
        with pytest.raises(業務エラー, match=f"IN-0104 .*{表記}"):
            登録(number, here, desk, clock, 登録証番号="100002", ファイル=走査(直径=13.5))


def test_転出した人は登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    異動(number, clock, "201", 住民状態="2", 消除日=date(2026, 4, 15), 消除事由="201")
    with pytest.raises(業務エラー, match="IN-0102"):
        登録(number, here, desk, clock)


def test_転出予定日が来た人も登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    異動(number, clock, "303", 転出予定日=date(2026, 4, 20), 転出届出日=date(2026, 4, 10))
    with pytest.raises(業務エラー, match="IN-0102"):
        登録(number, here, desk, clock)


@pytest.mark.parametrize(("直径", "番号"), [(7.5, "IN-0831"), (26.5, "IN-0832")])
def test_大きさの定めを外れる印は登録できない(
    here: Municipality, desk: Desk, clock: FixedClock, 直径: float, 番号: str
) -> None:
    with pytest.raises(業務エラー, match=番号):
        登録(住人(clock), here, desk, clock, ファイル=走査(直径=直径))


def test_名にない文字の印は登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match=r"IN-0111 .*工藤建設"):
        登録(住人(clock), here, desk, clock, 印鑑文字="工藤建設")


def test_代理人はその日に登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    with pytest.raises(業務エラー, match="IN-0105"):
        登録(number, here, desk, clock, 本人の申請=False, 代理人氏名="工藤　花子")
    with pytest.raises(業務エラー, match="IN-0107"):
        登録(number, here, desk, clock, 本人の申請=False, 方法=登録方法.照会書)


def test_成年被後見人は法定代理人と来れば本人が登録できる(
    here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    number = 住人(clock)
    with pytest.raises(業務エラー, match="IN-0106"):
        登録(number, here, desk, clock, 意思=意思確認.後見)
    row = 登録(number, here, desk, clock, 意思=意思確認.後見, 代理人氏名="後見　一郎")
    assert (row.意思確認, row.代理人氏名) == ("2", "後見　一郎")


def test_身分証がなければその日に登録できない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="IN-0108"):
        登録(住人(clock), here, desk, clock, 確認書類="")


def test_保証人は今登録を受けている別の人(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    保証人 = 住人(clock)
    登録(保証人, here, desk, clock, ファイル=走査(直径=13.5))
    number = 住人(clock)
    with pytest.raises(業務エラー, match="IN-0109"):
        登録(number, here, desk, clock, 方法=登録方法.保証人, 保証人番号="999999", 登録証番号="100002")
    row = 登録(number, here, desk, clock, 方法=登録方法.保証人, 保証人番号="100001", 登録証番号="100002")
    assert row.保証人番号 == 保証人


def test_照会書の申請は回答書を期限までに持って来て登録になる(
    here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    number = 住人(clock)
    row = 登録(number, here, desk, clock, 方法=登録方法.照会書, 登録証番号="", 確認書類="")
    assert (row.状態, row.登録日, row.回答期限) == (状態.照会中, None, date(2026, 5, 20))
    後 = FixedClock(clock.now() + timedelta(days=30))
    _回答(number, 後, here, date(2026, 5, 20))
    今 = 今の登録(number)
    assert 今 is not None
    assert (今.状態, 今.登録日, 今.登録証番号, 今.履歴番号) == (状態.登録, date(2026, 5, 20), "100009", 2)


@pytest.mark.parametrize(
    ("発行日", "期限"),
    [
        (date(2026, 4, 20), date(2026, 5, 20)),  # 水曜
        (date(2026, 4, 23), date(2026, 5, 25)),  # 30日目は土曜
        (date(2026, 4, 24), date(2026, 5, 25)),  # 30日目は日曜
        (date(2026, 4, 3), date(2026, 5, 7)),  # 30日目は憲法記念日の日曜、6日は振替の休日
        (date(2026, 11, 30), date(2027, 1, 4)),  # 30日目は12月30日
    ],
)
def test_回答期限が休日なら次の開庁日(here: Municipality, 発行日: date, 期限: date) -> None:
    assert 回答期限(発行日, 定め(here)) == 期限


def test_期限を過ぎた回答では登録できず申請は終わる(
    here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    number = 住人(clock)
    登録(number, here, desk, clock, 方法=登録方法.照会書, 登録証番号="", 確認書類="")
    期限の日 = FixedClock(datetime(2026, 5, 20, 14, 59, tzinfo=UTC))
    assert 期限の過ぎた照会を終える(clock=期限の日) == 0
    翌日 = FixedClock(datetime(2026, 5, 20, 15, 0, tzinfo=UTC))
    with pytest.raises(業務エラー, match="IN-0113"):
        _回答(number, 翌日, here, date(2026, 5, 21))
    assert 期限の過ぎた照会を終える(clock=翌日) == 1
    with pytest.raises(業務エラー, match="IN-0301"):
        _回答(number, 翌日, here, date(2026, 5, 20))
    assert 登録(number, here, desk, clock).履歴番号 == 3


def _回答(number: str, clock: FixedClock, here: Municipality, 日: date) -> None:
    今 = 今の登録(number)
    assert 今 is not None
    回答を受ける(
        number,
        回答日=日,
        登録証番号="100009",
        確認書類="健康保険の資格確認書",
        代理人氏名="",
        基の履歴番号=今.履歴番号,
        定め=定め(here),
        入力=窓口,
        clock=clock,
    )


def test_世帯の人と同じ印は重ねて見せ確かめるまで登録できない(
    here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    夫 = 住人(clock)
    世帯 = 今の状態([夫])[夫][1].世帯番号
    登録(夫, here, desk, clock)
    妻 = 住人(clock, 氏名="工藤　花子", 名="花子", 氏名フリガナ="クドウ　ハナコ", 性別="2", 続柄1="12")
    異動(妻, clock, "311", 世帯番号=世帯)
    預かり = _預ける(妻, here, desk, clock, 走査(傾き=-6.0))
    [似た] = 世帯の似た印影(妻, bytes(預かり.画像))
    assert (似た.宛名番号, 似た.氏名) == (夫, "工藤　太郎")
    with pytest.raises(業務エラー, match="IN-0110"):
        intake.登録する(
            預かり, 別の印と確かめた=False, 照会文書=uuid4(), 定め=定め(here), 入力=窓口, clock=clock
        )
    別の印 = _預ける(妻, here, desk, clock, 走査("花子", 12.0))
    assert 世帯の似た印影(妻, bytes(別の印.画像)) == []


def test_一字一句同じ画像は取り違えとして断る(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    登録(住人(clock), here, desk, clock)
    with pytest.raises(業務エラー, match="IN-0112"):
        登録(住人(clock), here, desk, clock, 登録証番号="100002")


def _預ける(number: str, here: Municipality, desk: Desk, clock: FixedClock, ファイル: bytes) -> 受付:
    return intake.受け付ける(
        number,
        申込(登録証番号="100002"),
        intake.読取の指示(ファイル=ファイル),
        番号=uuid4(),
        基の履歴番号=0,
        定め=定め(here),
        seat=desk.seat,
        clock=clock,
    )


def test_預けた受付はほかの席からは見えない(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    預かり = _預ける(number, here, desk, clock, 走査())
    隣 = sit("市民課", clock=clock)
    assert intake.預かった受付(預かり.番号, number, desk.seat) is not None
    assert intake.預かった受付(預かり.番号, number, 隣.seat) is None
    assert intake.預かった受付(預かり.番号, 住人(clock), desk.seat) is None


def test_確認の間に別の人が登録したら断る(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    number = 住人(clock)
    預かり = _預ける(number, here, desk, clock, 走査())
    登録(number, here, desk, clock, ファイル=走査(直径=13.5), 方法=登録方法.照会書)
    with pytest.raises(業務エラー, match=r"IN-030[12]"):
        intake.登録する(
            預かり, 別の印と確かめた=True, 照会文書=uuid4(), 定め=定め(here), 入力=窓口, clock=clock
        )
