"""名寄せ: 疑いのない人だけを自動で結ぶ。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.kojin.reports import 太郎, 年報, 年度, 申告, 給報, 載せる
from tests.support.people import 窓口
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.register import 記録する
from tsugaru.gyomu.juki.domain.state import 出所, 状態, 記録
from tsugaru.gyomu.juki.models import 住民
from tsugaru.gyomu.kojin.domain import facts, linking
from tsugaru.gyomu.kojin.models import 名寄せ, 課税資料
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
番号 = "123456789018"
家 = disclosure.Address(
    prefecture="試験県", city="架空市", town="南町", lot="２番地", building="見本荘１０１"
)


@dataclass(frozen=True, slots=True)
class 町:
    """太郎の住む町。"""

    本人: str
    clock: FixedClock

    def 結果(self, 種類: str, row: object) -> tuple[str, str]:
        """載せた資料の（結ばれた人, 根拠）。結ばれなければ空。"""
        delivery = 載せる(種類, [row], clock=self.clock)  # type: ignore[list-item]
        found = 名寄せ.objects.filter(資料__届け物=delivery.pk).first()
        return (found.宛名番号, found.根拠) if found else ("", "")


@pytest.fixture
def 太郎の町(here: Municipality, clock: FixedClock) -> 町:
    """住所と個人番号のある太郎。"""
    本人 = 太郎(clock=clock)
    disclosure.put_number(本人, "個人番号", 番号, changed_on=date(2016, 1, 1))
    place = disclosure.put_address(本人, "住所", 家)
    state = 状態(住民.objects.get(pk=本人)).変えて(住所番号=place)
    source = 出所(
        異動事由=異動事由.軽微な修正.value, 異動日=date(2020, 4, 2), 有効日=date(2020, 4, 2), 届出の別="職権"
    )
    記録する([記録(source, state)], 入力=窓口, clock=clock)
    return 町(本人, clock)


def test_個人番号と生年月日と氏名が合えば結ぶ(太郎の町: 町) -> None:
    row = 給報(
        {"支払を受ける者－住所又は居所": "架空市前の町１番地"},
        支払を受ける者の個人番号=番号,
        カナ氏名="ﾐﾎﾝ ﾀﾛｳ",
    )
    assert 太郎の町.結果("給与支払報告書", row) == (太郎の町.本人, "個人番号・生年月日・氏名")


def test_番号が合っても氏名もカナも違えば結ばない(太郎の町: 町) -> None:
    row = 給報({"支払を受ける者－氏名": "見本　花子"}, 支払を受ける者の個人番号=番号, カナ氏名="ﾐﾎﾝ ﾊﾅｺ")
    assert 太郎の町.結果("給与支払報告書", row) == ("", "")


def test_番号が合っても生年月日が違えば結ばない(太郎の町: 町) -> None:
    assert 太郎の町.結果(
        "給与支払報告書", 給報(支払を受ける者の個人番号=番号, 生年月日=date(1980, 5, 6))
    ) == ("", "")


def test_知らない番号が書かれていれば四つが合っても結ばない(太郎の町: 町) -> None:
    """同姓同名・同じ住所の別人の番号かもしれない。"""
    assert 太郎の町.結果("給与支払報告書", 給報(支払を受ける者の個人番号="987654321098")) == ("", "")


def test_番号がなければ氏名とカナと生年月日と住所の全てで結ぶ(太郎の町: 町) -> None:
    assert 太郎の町.結果("公的年金等支払報告書", 年報()) == (太郎の町.本人, "氏名・カナ・生年月日・住所")


@pytest.mark.parametrize("住所", ["架空市南町２番地見本荘１０１", "試験県架空市大字南町２"])
def test_番地の書き方の違いと方書の有無は同じ住所である(太郎の町: 町, 住所: str) -> None:
    assert (
        太郎の町.結果("公的年金等支払報告書", 年報({"支払を受ける者－住所又は居所": 住所}))[0]
        == 太郎の町.本人
    )


@pytest.mark.parametrize("住所", ["架空市南町２０番地", "架空市南町２番地３", "架空市北町２番地"])
def test_番地が違えば結ばない(太郎の町: 町, 住所: str) -> None:
    assert 太郎の町.結果("公的年金等支払報告書", 年報({"支払を受ける者－住所又は居所": 住所})) == ("", "")


def test_同姓同名で同じ日に生まれた二人のどちらとも言えなければ結ばない(太郎の町: 町) -> None:
    """同姓同名・同生年月日の他人に課税した事故を起こさない。住所の合わない方へ寄せることもしない。"""
    太郎(clock=太郎の町.clock)
    row = 年報({"支払を受ける者－住所又は居所": "架空市西町９番地"})
    assert 太郎の町.結果("公的年金等支払報告書", row) == ("", "")
    資料 = 課税資料.objects.get()
    found = linking.照らす([資料], [linking.手がかり(1, "", "架空市西町９番地", "")], 都道府県="試験県")
    assert len(found[0].候補) == 2


def test_保護された人の住所は合うかどうかも答えない(太郎の町: 町) -> None:
    Shield.objects.create(
        subject=太郎の町.本人, case="S1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=太郎の町.clock.now(), opened_by="t0",
    )  # fmt: skip
    assert 太郎の町.結果("公的年金等支払報告書", 年報()) == ("", "")


def test_申告の宛名番号は生年月日と氏名が合うときだけ使う(太郎の町: 町) -> None:
    assert 太郎の町.結果("申告の資料", 申告(太郎の町.本人)) == (太郎の町.本人, "宛名番号・生年月日・氏名")


def test_申告の宛名番号の人と氏名が違えば結ばない(太郎の町: 町) -> None:
    other = 申告(太郎の町.本人, 氏名="見本　花子", カナ氏名="ミホン　ハナコ")
    assert 太郎の町.結果("申告の資料", other) == ("", "")


def test_名寄せの決まらない資料があれば賦課は始まらない(太郎の町: 町) -> None:
    並び = [
        ("給与支払報告書", 給報(支払を受ける者の個人番号=番号)),
        ("公的年金等支払報告書", 年報()),
        ("申告の資料", 申告("0")),
    ]
    for 種類, row in 並び:
        載せる(種類, [row], clock=太郎の町.clock)
    with pytest.raises(業務エラー, match="KJ-2301 名寄せの決まっていない資料が1枚"):
        facts.読む(str(年度))


def test_決めるには理由が要り_見ている間に決められたら断る(太郎の町: 町) -> None:
    載せる("給与支払報告書", [給報(生年月日=date(1980, 5, 6))], clock=太郎の町.clock)
    資料 = 課税資料.objects.get()
    with pytest.raises(業務エラー, match="KJ-2201"):
        linking.決める(資料.pk, 太郎の町.本人, 理由=" ", 基の番=0, 職員="t0", clock=太郎の町.clock)
    linking.決める(
        資料.pk, 太郎の町.本人, 理由="会社に電話で確かめた", 基の番=0, 職員="t0", clock=太郎の町.clock
    )
    with pytest.raises(業務エラー, match="KJ-2202"):
        linking.決める(資料.pk, "", 理由="他市の人", 基の番=0, 職員="t1", clock=太郎の町.clock)
    with pytest.raises(業務エラー, match="KJ-2203"):
        linking.決める(資料.pk, "9999999999", 理由="x", 基の番=1, 職員="t1", clock=太郎の町.clock)
    assert facts.人の事実(年度, 太郎の町.本人).height == 1
