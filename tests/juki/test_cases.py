"""届出の進み: 仮登録 → 審査・決裁 → 本登録。"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.juki.office import (
    一人世帯,
    人,
    今の,
    値つき,
    太郎,
    妻,
    子,
    届け出る,
    市内,
    市外,
    決裁する,
    決裁する人,
    済ませる,
    転入した家族,
)  # fmt: skip
from tests.support.people import 窓口
from tests.support.staff import Desk

from tsugaru.gyomu.atena.models import 宛名
from tsugaru.gyomu.juki.domain import cases
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 届出, 異動通知
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure

pytestmark = pytest.mark.db


def test_四人家族の転入は決裁されるまでどこにも現れない(desk: Desk, clock: FixedClock) -> None:
    family = [太郎, 妻(), 子(), 子("次郎", date(2018, 1, 2), "1")]
    row = 届け出る("in", family, clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)
    numbers = [one["宛名番号"] for one in row.内容["各人"]]
    assert not 住民.objects.filter(宛名番号__in=numbers).exists()
    assert not 宛名.objects.filter(宛名番号__in=numbers).exists()
    assert not 異動通知.objects.filter(宛名番号__in=numbers).exists()

    result = 決裁する(row, clock=clock)

    assert [(r.氏名, r.続柄1, r.世帯主氏名) for r in result.行] == [
        ("佐藤　一郎", "02", "佐藤　一郎"),
        ("佐藤　花子", "12", "佐藤　一郎"),
        ("佐藤　桃子", "20", "佐藤　一郎"),
        ("佐藤　次郎", "20", "佐藤　一郎"),
    ]
    assert len({r.世帯番号 for r in result.行}) == 1
    assert {r.入力者 for r in result.行} == {窓口.入力者}
    assert result.届出.決裁者 == 決裁する人


def test_一人一人が自分の住所番号を持ち内容は同じ場所になる(desk: Desk, clock: FixedClock) -> None:
    numbers = 転入した家族(clock=clock)
    revealed = disclosure.reveal_addresses(desk.seat, gyomu="juki", subjects=numbers, kinds=["住所"])
    rows = 住民.objects.filter(宛名番号__in=numbers)
    assert len({r.住所番号 for r in rows}) == 3
    assert {revealed[r.住所番号].address.town for r in rows if r.住所番号} == {市内.town}


def test_控えには住所も番号も文字では残らない(desk: Desk, clock: FixedClock) -> None:
    row = 届け出る(
        "in",
        [人(個人番号="123456789018", 住民票コード="12345678903")],
        clock=clock,
        世帯の別="新",
        住所=市内,
        転入前住所=市外,
    )
    text = json.dumps(届出.objects.get(pk=row.pk).内容, ensure_ascii=False)
    assert 市内.town not in text
    assert "123456789018" not in text


def test_入力した人は決裁できない(desk: Desk, clock: FixedClock) -> None:
    row = 届け出る("in", [太郎], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)
    with pytest.raises(業務エラー, match="JK-0212"):
        cases.決裁して本登録する(row.pk, 版=row.版, 職員=窓口.入力者, clock=clock)
    with pytest.raises(DatabaseError), transaction.atomic():
        届出.objects.filter(pk=row.pk).update(決裁者=窓口.入力者)


def test_審査し差戻し取下げると本登録できない(desk: Desk, clock: FixedClock) -> None:
    row = 届け出る("in", [太郎], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)
    row = cases.審査する(row.pk, 版=row.版, 職員="shinsa", clock=clock)
    row = cases.差戻す(row.pk, 版=row.版, 職員=決裁する人, 理由="続柄の確認", clock=clock)
    with pytest.raises(業務エラー, match="JK-0215"):
        決裁する(row, clock=clock)
    row = cases.取下げる(row.pk, 版=row.版, 理由="出し直し")
    assert (row.状態, row.版) == ("5", 4)


def test_二度の決裁は一度しか効かない(desk: Desk, clock: FixedClock) -> None:
    row = 届け出る("in", [太郎], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)
    決裁する(row, clock=clock)
    with pytest.raises(業務エラー, match="JK-0215"):
        決裁する(row, clock=clock)
    assert 住民履歴.objects.filter(届出番号=row.pk).count() == 1


def test_画面を開いた後に変わった住民票への届出は誰が変えたかを添えて断る(
    desk: Desk, clock: FixedClock
) -> None:
    number = 一人世帯(clock=clock)
    old = 今の(number)
    済ませる("rename", [値つき(number, 氏="三上", 名="太郎")], clock=clock, 届出の別="通知")
    with pytest.raises(業務エラー, match=f"JK-0210.*{窓口.入力者}が"):
        届け出る("death", [old], clock=clock)


def test_決裁の前に住民票が変われば本登録は止まる(desk: Desk, clock: FixedClock) -> None:
    from tsugaru.gyomu.juki.domain.register import 今の状態, 記録する
    from tsugaru.gyomu.juki.domain.state import 出所, 記録

    number = 一人世帯(clock=clock)
    row = 届け出る("death", [number], clock=clock)
    _, state = 今の状態([number])[number]
    source = 出所(異動事由="303", 異動日=date(2026, 4, 1), 有効日=date(2026, 4, 1), 届出の別="職権")
    記録する([記録(source, state.変えて(氏="三上", 氏名="三上　太郎"))], 入力=窓口, clock=clock)
    with pytest.raises(業務エラー, match="JK-0210"):
        決裁する(row, clock=clock)


def test_進んでいる届出のある人に重ねて届け出られない(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    row = 届け出る("death", [number], clock=clock)
    with pytest.raises(業務エラー, match=row.受付番号):
        届け出る("out", [number], clock=clock, 転出先=市外)


@pytest.mark.parametrize(
    ("値", "番号"),
    [
        ({"続柄": ("20", "20", "20", "20", "20")}, "JK-0208"),
        ({"続柄": ("30",)}, "JK-0208"),
        ({"続柄": ("20", "96")}, "JK-0208"),
        ({"氏": "佐" * 51}, "JK-0208"),
        ({"氏": "佐\x00藤"}, "JK-0208"),
        ({"氏": "佐\u202e藤"}, "JK-0208"),
        ({"性別": "9"}, "JK-0208"),
        ({"個人番号": "123456789012"}, "JK-0208"),
        ({"個人番号": "１２３４５６７８９０１８"}, "JK-0208"),
        ({"生年月日": None}, "JK-0207"),
        ({"祖父": "x"}, "JK-0206"),
        ({"続柄": ("12",)}, "JK-0221"),
        ({"性別": "2", "続柄": ("02",), "住民種別": "2"}, "JK-0224"),
    ],
)
def test_間違った値は番号と項目を添えて断る(
    desk: Desk, clock: FixedClock, 値: dict[str, object], 番号: str
) -> None:
    with pytest.raises(業務エラー, match=番号) as found:
        届け出る("in", [人(**値)], clock=clock, 世帯の別="新", 住所=市内, 転入前住所=市外)
    assert found.value.項目
    assert not 届出.objects.exists()


def test_異動日は今日まで_転出だけが先の日でよい(desk: Desk, clock: FixedClock) -> None:
    number = 一人世帯(clock=clock)
    with pytest.raises(業務エラー, match="JK-0204"):
        届け出る("death", [number], clock=clock, 日=date(2026, 4, 21))
    assert 届け出る("out", [number], clock=clock, 日=date(2026, 5, 1), 転出先=市外).異動日 == date(2026, 5, 1)


def test_種類の表の全てに手続がある() -> None:
    from tsugaru.gyomu.juki.domain.kinds import 一覧
    from tsugaru.gyomu.juki.domain.procedures import 手続

    assert 手続.keys() == 一覧.keys()
    longest = max(len(code) for code in 一覧)
    assert longest <= 届出._meta.get_field("種類").max_length
