"""印鑑登録証明書: 誰に・何を刷って・どこまで断るか。"""

from __future__ import annotations

import struct
from datetime import date
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from django.db import DatabaseError, transaction
from tests.inkan.office import 住人, 保護された妻, 異動, 登録, 走査
from tests.support.staff import Desk, sit

from tsugaru.gyomu.inkan.domain.certificate import 実寸の画像, 証明する, 請求
from tsugaru.gyomu.inkan.domain.register import 今の登録
from tsugaru.gyomu.inkan.models import 証明交付
from tsugaru.gyomu.inkan.notices.seal_certificate.notice import 印鑑登録証明書
from tsugaru.gyomu.juki.models import 抑止
from tsugaru.kernel.clock import Clock, FixedClock, SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.documents import store
from tsugaru.platform.documents.models import Document
from tsugaru.platform.identity import seats
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
請求番号 = UUID("7d9f0c52-5f0e-4f8e-9a94-0f6a5f2f4a11")


@pytest.fixture
def 登録者(here: Municipality, desk: Desk, clock: FixedClock) -> str:
    number = 住人(clock)
    登録(number, here, desk, clock)
    return number


def _証明(
    number: str, here: Municipality, desk: Desk, clock: Clock, 番号: UUID = 請求番号, **変更: Any
) -> 証明交付:
    return 証明する(
        number,
        請求(**{"登録証番号": "100001"} | 変更),
        基の履歴番号=1,
        請求番号=番号,
        団体=here,
        seat=desk.seat,
        clock=clock,
    )


def _記載をとる(
    number: str, here: Municipality, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> 印鑑登録証明書:
    """証明書を一通作り、文書に渡されたデータを返す。"""
    kept: list[印鑑登録証明書] = []
    real = store.make

    def make(form: Any, data: 印鑑登録証明書, **rest: Any) -> Any:
        kept.append(data)
        return real(form, data, **rest)

    monkeypatch.setattr(store, "make", make)
    _証明(number, here, desk, clock)
    return kept[0]


def test_証明書の記載は今の住民票と登録のとおり(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _記載をとる(登録者, here, desk, clock, monkeypatch)
    assert (data.氏名, data.生年月日, data.旧氏, data.性別) == (
        "工藤　太郎",
        "昭和55年5月5日",
        "＊＊＊",
        None,
    )
    assert data.住所 == "試験県試験市青葉町1番地2"
    assert (data.備考, data.発行.発行日表示) == ("見本", "令和8年4月20日")
    assert data.発行.認証者.職名.endswith("市長") and data.発行.認証者.氏名 == "試験　太郎"
    交付 = 証明交付.objects.get(宛名番号=登録者)
    assert 交付.手数料 == 300 and 交付.発行番号 == data.発行.発行番号


def test_印影は登録した大きさのまま刷られる(登録者: str) -> None:
    row = 今の登録(登録者)
    assert row is not None
    画像 = 実寸の画像(row.印影)
    # 15 mm の印に余白 1 mm ずつ。紙の上の大きさは 1/100 mm
    assert 1680 <= 画像.幅 <= 1720 and 1680 <= 画像.高さ <= 1720
    assert 画像.幅 == pytest.approx(row.印影.横 + 200, abs=5)


def test_紙の上の印影は登録した実寸である(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    """できた PDF に置かれた画像の大きさを、紙の上の長さ（1/100 mm）で測る。"""
    交付 = _証明(登録者, here, desk, clock)
    row = 今の登録(登録者)
    assert row is not None
    横, 縦 = struct.unpack(">II", bytes(row.印影.画像)[16:24])
    page = pypdfium2.PdfDocument(bytes(Document.objects.get(pk=交付.文書).pdf))[0]
    images = [one for one in page.get_objects(filter=[3], max_depth=5) if one.get_px_size() == (横, 縦)]
    assert len(images) == 1
    左, 下, 右, 上 = images[0].get_bounds()
    assert (右 - 左) / 72 * 2540 == pytest.approx(横 / 600 * 2540, abs=3)
    assert (上 - 下) / 72 * 2540 == pytest.approx(縦 / 600 * 2540, abs=3)


def test_外国人は西暦とカタカナ表記と通称が載る(
    here: Municipality, desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = 住人(
        clock,
        住民種別="2",
        氏名="NGUYEN VAN AN",
        氏="",
        名="",
        氏名フリガナ="",
        氏名ローマ字="NGUYEN VAN AN",
        通称="山田　安",
        生年月日=date(1990, 3, 4),
    )
    登録(number, here, desk, clock, 印鑑文字="グエン", カタカナ表記="グエン", ファイル=走査("安"))
    row = 今の登録(number)
    assert row is not None and row.文字区分 == "6"
    data = _記載をとる(number, here, desk, clock, monkeypatch)
    assert (data.氏名, data.氏名カタカナ表記, data.通称) == ("NGUYEN VAN AN", "グエン", "山田　安")
    assert data.生年月日 == "1990年3月4日"


def test_枠に入りきらない氏名は承知したときだけ作る(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    異動(登録者, clock, "303", 氏名="工藤　" + "太" * 97)
    with pytest.raises(業務エラー, match="IN-0206"), transaction.atomic():
        _証明(登録者, here, desk, clock)
    assert not 証明交付.objects.exists() and not Document.objects.exists()
    assert _証明(登録者, here, desk, clock, 途切れを承知=True).文書 == 請求番号


def test_公用なら手数料はない(登録者: str, here: Municipality, desk: Desk, clock: FixedClock) -> None:
    assert _証明(登録者, here, desk, clock, 公用=True).手数料 == 0


def test_代理人は氏名が残る(登録者: str, here: Municipality, desk: Desk, clock: FixedClock) -> None:
    row = _証明(登録者, here, desk, clock, 本人=False, 代理人氏名="工藤　花子")
    assert (row.請求者, row.代理人氏名) == ("代理人", "工藤　花子")


@pytest.mark.parametrize("番号", ["", "100002", "0100001", "10000１"])
def test_登録証の番号が違えば断る(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock, 番号: str
) -> None:
    with pytest.raises(業務エラー, match=r"IN-0203"):
        _証明(登録者, here, desk, clock, 登録証番号=番号)
    assert not 証明交付.objects.exists()


def test_登録のない人には断る(here: Municipality, desk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match=r"IN-0201"):
        _証明(住人(clock), here, desk, clock)


def test_知らせを読む前でも転出した人には出さない(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    異動(登録者, clock, "201", 住民状態="2", 消除日=date(2026, 4, 15), 消除事由="201")
    with pytest.raises(業務エラー, match=r"IN-0202 .*転出"):
        _証明(登録者, here, desk, clock)


def test_発行の抑止があれば出さない(登録者: str, here: Municipality, desk: Desk, clock: FixedClock) -> None:
    抑止.objects.create(
        宛名番号=登録者,
        対象処理="発行",
        水準="エラー",
        理由="本人からの申出",
        開始日=date(2026, 4, 1),
        登録者="t0",
        登録日時=clock.now(),
    )
    with pytest.raises(業務エラー, match=r"IN-0205 .*本人からの申出"):
        _証明(登録者, here, desk, clock)


def test_同じ請求番号では二通作れない(登録者: str, here: Municipality, desk: Desk, clock: FixedClock) -> None:
    _証明(登録者, here, desk, clock)
    with pytest.raises(業務エラー, match="DC-0401"), transaction.atomic():
        _証明(登録者, here, desk, clock)
    assert 証明交付.objects.count() == 1


def test_支援措置の対象者は担当が確かめ直したときだけ(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    Shield.objects.create(
        subject=登録者,
        case="S1",
        provisional=True,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        opened_at=clock.now(),
        opened_by="t0",
    )
    with pytest.raises(DatabaseError, match="TD-0004"), transaction.atomic():
        _証明(登録者, here, desk, clock)
    担当 = sit("市民課（支援措置）", clock=clock)
    with pytest.raises(DatabaseError, match="TD-0005"), transaction.atomic():
        _証明(登録者, here, 担当, clock)
    seats.step_up(担当.seat, clock=SystemClock())
    assert _証明(登録者, here, 担当, clock).文書 == 請求番号


def test_支援措置の対象者と同じ世帯の人の証明も担当が確かめ直したときだけ(
    登録者: str, here: Municipality, desk: Desk, clock: FixedClock
) -> None:
    保護された妻(登録者, clock)
    with pytest.raises(DatabaseError, match="TD-0004"), transaction.atomic():
        _証明(登録者, here, desk, clock)
    担当 = sit("市民課（支援措置）", clock=clock)
    with pytest.raises(DatabaseError, match="TD-0005"), transaction.atomic():
        _証明(登録者, here, 担当, clock)
    seats.step_up(担当.seat, clock=SystemClock())
    assert _証明(登録者, here, 担当, clock).文書 == 請求番号
