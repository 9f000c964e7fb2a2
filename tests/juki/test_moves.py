"""転入・転居・転出。"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.juki.office import (
    一人世帯,
    人,
    今の,
    値つき,
    国外,
    太郎,
    妻,
    子,
    届け出る,
    市内,
    市内の別,
    市外,
    決裁する,
    済ませる,
    行,
    転入した家族,
)  # fmt: skip
from tests.support.people import 窓口
from tests.support.staff import Desk

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.atena.domain import outsiders
from tsugaru.gyomu.atena.models import 住登外, 宛名
from tsugaru.gyomu.juki import api
from tsugaru.gyomu.juki.domain.arrival import 予定日の来た人, 到来させる
from tsugaru.gyomu.juki.domain.cases import 対象者
from tsugaru.gyomu.juki.domain.preview import 下見する
from tsugaru.gyomu.juki.models import 住民, 住民履歴
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db
翌月 = FixedClock(datetime(2026, 5, 1, 1, 0, tzinfo=UTC))


def test_転入から14日を過ぎた届出は遅延を知らせる(desk: Desk, clock: FixedClock) -> None:
    値 = {"世帯の別": "新", "住所": 市内, "転入前住所": 市外}
    late = 済ませる("in", [太郎], clock=clock, 日=date(2026, 4, 3), **値)
    assert [a.番号 for a in late.警告 if a.番号 == "JK-A101"] == ["JK-A101"]
    # 4月5日の14日後の4月19日は日曜なので、20日（月曜）の届出は期間内である
    in_time = 済ませる("in", [人(氏="三上")], clock=clock, 日=date(2026, 4, 5), **値)
    assert "JK-A101" not in {a.番号 for a in in_time.警告}


@pytest.mark.parametrize(
    ("異動日", "末日"),
    [
        (date(2026, 4, 22), date(2026, 5, 7)),  # 14日目の5月6日は振替の休日
        (date(2026, 9, 7), date(2026, 9, 24)),  # 敬老の日・休日・秋分の日と続く
        (date(2026, 12, 16), date(2027, 1, 4)),  # 年末年始の休日（団体のデータ）
        (date(2026, 4, 9), date(2026, 4, 23)),  # 木曜
    ],
)
def test_届出期間の末日が休日なら次の開庁日までは遅れでない(desk: Desk, 異動日: date, 末日: date) -> None:
    def 遅れ(届出日: date) -> set[str]:
        now = FixedClock(datetime(届出日.year, 届出日.month, 届出日.day, 1, tzinfo=UTC))
        case = 届け出る(
            "in", [太郎], clock=now, 日=異動日, 届出日=届出日, 世帯の別="新", 住所=市内, 転入前住所=市外
        )
        return {a.番号 for a in 下見する(case, clock=now).警告} & {"JK-A101", "JK-A109"}

    assert 遅れ(末日) == set()
    assert 遅れ(末日 + timedelta(days=1)) == {"JK-A101"}


def test_祝日の公表されていない年の末日は定められないと言う(desk: Desk) -> None:
    now = FixedClock(datetime(2028, 2, 1, 1, tzinfo=UTC))
    case = 届け出る(
        "in", [太郎], clock=now, 日=date(2028, 1, 4), 届出日=date(2028, 2, 1),
        世帯の別="新", 住所=市内, 転入前住所=市外,
    )  # fmt: skip
    codes = {a.番号 for a in 下見する(case, clock=now).警告}
    assert "JK-A109" in codes and "JK-A101" not in codes


def test_既にある世帯への転入は世帯の住所になり世帯主の名が写る(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    mother = 人(名="松", 名フリガナ="マツ", 生年月日=不詳日(date(1955, 1, 1)), 性別="2", 続柄=("52",))
    [row] = 済ませる(
        "in", [mother], clock=clock, 世帯の別="既", 入る世帯=行(head).世帯番号, 住所=市内の別, 転入前住所=市外
    ).行
    assert (row.世帯番号, row.世帯主氏名, row.記載順位) == (行(head).世帯番号, "佐藤　一郎", 4)


def test_未届の転入は未届と最終登録住所地を持つ(desk: Desk, clock: FixedClock) -> None:
    [row] = 済ませる(
        "in_unfiled", [太郎], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外, 最終登録住所=市内の別
    ).行
    assert row.未届
    assert row.最終登録番号 is not None


def test_国外からの転入では外国人住民となった日は異動日になる(desk: Desk, clock: FixedClock) -> None:
    alien = {
        "住民種別": "2", "氏名ローマ字": "SMITH JOHN", "生年月日": 不詳日(date(1990, 1, 1)), "性別": "1", "続柄": ("02",),
        "国籍コード": "840", "国籍名": "米国", "規定区分": "1", "在留資格": "技術・人文知識・国際業務", "在留期間": "3年",
        "在留満了日": date(2029, 3, 31), "在留番号": "AB12345678CD",
    }  # fmt: skip
    [row] = 済ませる("in_abroad", [alien], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=国外).行
    assert (row.氏名, row.外国人住民日, row.異動事由) == ("SMITH JOHN", date(2026, 4, 10), "102")
    again = {**alien, "氏名ローマ字": "SMITH JON"}
    with pytest.raises(業務エラー, match=f"JK-0230.*{row.宛名番号}"):
        届け出る("in_abroad", [again], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=国外)


def test_同じ個人番号の人を新しい番号で入れることはできない(desk: Desk, clock: FixedClock) -> None:
    値 = {"世帯の別": "新", "住所": 市内, "転入前住所": 市外}
    [first] = 済ませる("in", [人(個人番号="123456789018")], clock=clock, **値).行
    with pytest.raises(業務エラー, match=f"JK-0230.*{first.宛名番号}"):
        届け出る("in", [人(氏="三上", 個人番号="123456789018")], clock=clock, **値)


def test_転出した人の再転入は前の宛名番号の上に続く(desk: Desk, clock: FixedClock) -> None:
    値 = {"世帯の別": "新", "住所": 市内, "転入前住所": 市外}
    [first] = 済ませる("in", [人(個人番号="123456789018")], clock=clock, 日=date(2026, 4, 1), **値).行
    number = first.宛名番号
    済ませる("out", [number], clock=clock, 日=date(2026, 4, 5), 転出先=市外)
    back = 対象者(宛名番号=number, 基の履歴番号=2, 値=人(個人番号="123456789018"))
    [row] = 済ませる("in", [back], clock=clock, 日=date(2026, 4, 15), **値).行
    assert (row.履歴番号, row.住民状態, row.住民となった日) == (3, "1", date(2026, 4, 15))
    assert (row.転出予定日, row.消除日, row.消除事由) == (None, None, "")


def test_3情報が同じ除票の人がいれば知らせる(desk: Desk, clock: FixedClock) -> None:
    値 = {"世帯の別": "新", "住所": 市内, "転入前住所": 市外}
    [first] = 済ませる("in", [太郎], clock=clock, **値).行
    済ませる("out", [first.宛名番号], clock=clock, 転出先=市外)
    result = 済ませる("in", [太郎], clock=clock, **値)
    assert [a.宛名番号 for a in result.警告 if a.番号 == "JK-A107"] == [first.宛名番号]


def test_国外に転出した人が戻ると旧氏が戻る(desk: Desk, clock: FixedClock) -> None:
    値 = {"世帯の別": "新", "住所": 市内}
    former = 人(旧氏="葛西", 旧氏フリガナ="カサイ")
    [first] = 済ませる("in", [former], clock=clock, 日=date(2026, 4, 1), 転入前住所=市外, **値).行
    済ませる("out_abroad", [first.宛名番号], clock=clock, 日=date(2026, 4, 5), 転出先=国外)
    back = 値つき(first.宛名番号, **太郎)
    [row] = 済ませる("in_abroad", [back], clock=clock, 日=date(2026, 4, 15), 転入前住所=国外, **値).行
    assert (row.旧氏, row.旧氏フリガナ) == ("葛西", "カサイ")


def test_既に住民の人は転入できない(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match="JK-0203"):
        届け出る("in", [値つき(head, **太郎)], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)


def test_世帯での転居は全員の住所と定めた日が替わり世帯番号は変わらない(
    desk: Desk, clock: FixedClock
) -> None:
    family = 転入した家族(clock=clock)
    before = {n: 行(n) for n in family}
    result = 済ませる("move", family, clock=clock, 日=date(2026, 4, 15), 世帯の別="同", 住所=市内の別)
    assert [(r.住所を定めた日, r.住民となった日) for r in result.行] == [
        (date(2026, 4, 15), date(2026, 4, 10))
    ] * 3
    assert all(行(n).住所番号 != before[n].住所番号 for n in family)
    assert {行(n).世帯番号 for n in family} == {before[family[0]].世帯番号}


def test_世帯の一部の転居で世帯のままは選べない(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    with pytest.raises(業務エラー, match=r"JK-0231.*佐藤　桃子"):
        届け出る("move", [head, wife], clock=clock, 世帯の別="同", 住所=市内の別)


def test_世帯主だけが転居すると残る二人の世帯主を届けで決められる(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    mover = 値つき(head, 続柄=("02",))
    result = 済ませる("move", [mover], clock=clock, 世帯の別="新", 住所=市内の別, 新世帯主=wife)
    assert 行(head).世帯番号 != 行(wife).世帯番号
    assert [(r.氏名, r.異動事由, r.届出の別) for r in result.行] == [
        ("佐藤　一郎", "301", "届出"),
        ("佐藤　花子", "313", "職権"),
        ("佐藤　桃子", "313", "職権"),
    ]
    assert (行(wife).続柄1, 行(child).続柄1, 行(child).世帯主氏名) == ("02", "20", "佐藤　花子")
    # 桃子が花子の子かは続柄からは決まらない（連れ子かもしれない）
    assert [a.宛名番号 for a in result.警告 if a.番号 == "JK-A103"] == [child]


def test_転出の届出から予定日までは住民で到来の処理で消除される(desk: Desk, clock: FixedClock) -> None:
    family = 転入した家族(clock=clock)
    済ませる("out", family, clock=clock, 日=date(2026, 5, 1), 転出先=市外)
    assert {行(n).住民状態 for n in family} == {"1"}
    assert 行(family[0]).転出予定日 == date(2026, 5, 1)
    assert 予定日の来た人(clock.today()) == []

    assert [p.宛名番号 for p in 予定日の来た人(翌月.today())] == family
    rows, _ = 到来させる(family, 入力=窓口, clock=翌月)

    assert {(r.住民状態, r.消除事由, r.消除日, r.履歴番号) for r in rows} == {
        ("2", "201", date(2026, 5, 1), 3)
    }
    assert 到来させる(family, 入力=窓口, clock=翌月) == ([], [])
    state = api.その日の状態(family[0], date(2026, 4, 30))
    assert state is not None and state.在る


def test_転出予定のある人は重ねて転出できない(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("out", [number], clock=clock, 日=date(2026, 5, 1), 転出先=市外)
    with pytest.raises(業務エラー, match="JK-0235"):
        届け出る("out", [number], clock=clock, 日=date(2026, 5, 2), 転出先=市外)


def test_転入通知は予定と並べて確定を残す(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("out", [number], clock=clock, 日=date(2026, 4, 11), 転出先=市外)
    済ませる("out_notice", [number], clock=clock, 日=date(2026, 4, 13), 届出の別="通知", 転出先確定=市内の別)
    row = 行(number)
    assert (row.転出予定日, row.転出日, row.転入通知日) == (
        date(2026, 4, 11), date(2026, 4, 13), date(2026, 4, 20),
    )  # fmt: skip
    assert row.転出先予定番号 != row.転出先確定番号


def test_予定日より早く転入した通知があればその日で消除する(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    済ませる("out", [number], clock=clock, 日=date(2026, 5, 1), 転出先=市外)
    済ませる("out_notice", [number], clock=clock, 日=date(2026, 4, 18), 届出の別="通知", 転出先確定=市外)
    assert (行(number).住民状態, 行(number).消除日) == ("2", date(2026, 4, 18))
    assert 予定日の来た人(翌月.today()) == []


def test_転出届の無い人への転入通知は断る(desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="JK-0236"):
        届け出る("out_notice", [一人世帯(clock=clock)], clock=clock, 届出の別="通知", 転出先確定=市外)


def test_転出から14日を過ぎた届出は職権にするよう知らせる(desk: Desk, clock: FixedClock) -> None:
    result = 済ませる("out", [一人世帯(clock=clock)], clock=clock, 日=date(2026, 4, 6), 転出先=市外)
    assert "JK-A102" in {a.番号 for a in result.警告}


def test_控えの無い転出予定者も予定日に消除される(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock, 転出予定日=date(2026, 4, 30), 転出届出日=date(2026, 4, 10))
    rows, _ = 到来させる([number], 入力=窓口, clock=翌月)
    assert [(r.住民状態, r.消除日, r.転出届出日) for r in rows] == [
        ("2", date(2026, 4, 30), date(2026, 4, 10))
    ]


def test_下見は書かずに前と後を見せる(desk: Desk, clock: FixedClock) -> None:
    head, wife, _ = 転入した家族(clock=clock)
    before = 住民履歴.objects.count()
    row = 届け出る("death", [head], clock=clock, 新世帯主=wife)
    seen = 下見する(row, clock=clock)
    assert 住民履歴.objects.count() == before
    assert [p.宛名番号 for p in seen.人々][:2] == [head, wife]
    assert ("住民状態", "住民", "死亡") in {(d.名, d.前, d.後) for d in seen.人々[0].違い}
    assert ("続柄", "妻", "世帯主") in {(d.名, d.前, d.後) for d in seen.人々[1].違い}
    決裁する(row, clock=clock)


def test_四人の世帯の二人が転出し世帯主が残れば残る人は変わらない(desk: Desk, clock: FixedClock) -> None:
    head, wife, child = 転入した家族(clock=clock)
    result = 済ませる("out", [wife, child], clock=clock, 転出先=市外)
    assert [r.宛名番号 for r in result.行] == [wife, child]
    assert 住民.objects.get(宛名番号=head).履歴番号 == 1


def test_見ていた版の人だけを対象にできる(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0210"):
        届け出る("death", [対象者(宛名番号=number, 基の履歴番号=9)], clock=clock)
    assert 今の(number).基の履歴番号 == 1


def test_子だけの新しい世帯は作れない(desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="JK-0221"):
        届け出る("in", [妻(), 子()], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)


def test_既にある世帯に入る届出では打たれた住所は門に入らない(desk: Desk, clock: FixedClock) -> None:
    head, *_ = 転入した家族(clock=clock)
    household = 行(head).世帯番号
    newcomer = 人(名="次郎", 生年月日=不詳日(date(1990, 1, 1)), 続柄=("74",))
    [row] = 済ませる(
        "in", [newcomer], clock=clock, 世帯の別="既", 入る世帯=household, 住所=市内の別, 転入前住所=市外
    ).行
    places = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=[row.宛名番号], kinds=["住所"])
    assert [p.address.town for p in places.values()] == [市内.town]


def test_住所の無い転入と転居は断る(desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="JK-0207 住所"):
        届け出る("in", [太郎], clock=clock, 世帯の別="新", 転入前住所=市外)
    with pytest.raises(業務エラー, match="JK-0232"):
        届け出る("move", [一人世帯(clock=clock)], clock=clock, 世帯の別="同")


def test_住登外だった人はその番号で住民になり住登外の歴は閉じる(desk: Desk, clock: FixedClock) -> None:
    how = atena.手続(異動日=date(2026, 4, 1), 入力者="t0", clock=clock)
    known = atena.個人(氏名="佐藤　一郎", 性別="1", 生年月日=不詳日(date(1985, 6, 1)), 業務="kotei")
    number = outsiders.登録する(known, None, 手続=how)
    値 = {"世帯の別": "新", "住所": 市内, "転入前住所": 市外}
    noticed = 済ませる("in", [人(続柄=("02",))], clock=clock, **値)
    assert [a.宛名番号 for a in noticed.警告 if a.番号 == "JK-A107"] == [number]

    [row] = 済ませる("in", [対象者(宛名番号=number, 値=太郎)], clock=clock, **値).行

    assert (row.宛名番号, row.履歴番号) == (number, 1)
    assert list(
        住登外.objects.filter(宛名番号=number).order_by("履歴番号").values_list("廃止", flat=True)
    ) == [
        False,
        True,
    ]
    assert 宛名.objects.get(宛名番号=number).区分 == "1"
