"""証明の記載事項と、個別の事項、ほかの業務への要点。"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.kojin.office import 町, 町を作る, 確定する, 結ぶ
from tests.kojin.reports import 年報, 年度, 給報, 載せる
from tests.support.staff import Desk
from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.kojin import api
from tsugaru.gyomu.kojin.domain import certifying, dossier, explaining, gist, particulars, roll, sheet, usage
from tsugaru.gyomu.kojin.domain.certified import 内訳, 写す人, 呼び名
from tsugaru.gyomu.kojin.domain.certifying import 請求
from tsugaru.gyomu.kojin.domain.particulars import 定め, 定められる事実
from tsugaru.gyomu.kojin.models import 個別事項, 証明交付
from tsugaru.gyomu.kojin.notices.tax import 二つの税額
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.models import Document
from tsugaru.platform.runs.api import Run
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


def 写す(宛名番号: str) -> 写す人:
    row = juki.住民の状態([宛名番号])[宛名番号]
    return 写す人(宛名番号=宛名番号, 氏名=row.氏名, 生年月日表示="昭和55年5月5日", 住所番号=row.住所番号)


def 作る(
    町: 町, desk: Desk, here: Municipality, clock: FixedClock, 基の番: int = 1, **options: Any
) -> 証明交付:
    請 = 請求(**{"種類": "課税証明書", **options})
    return certifying.証明する(
        写す(町.太郎), 年度, 請, 基の番=基の番, 請求番号=uuid4(), 団体=here, seat=desk.seat, clock=clock
    )


def test_交付は賦課の番と手数料を残し_公用は無料(
    賦課した町: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    row = 作る(賦課した町, 税務課, here, clock)
    assert (row.賦課の番, row.手数料, row.請求者) == (1, 300, "本人")
    assert Document.objects.get(pk=row.文書).subjects == [賦課した町.太郎]
    assert 作る(賦課した町, 税務課, here, clock, 公用=True).手数料 == 0


def test_賦課のない人と更正された人の証明は作らない(
    賦課した町: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    with pytest.raises(業務エラー, match=r"KJ-4001 .*未申告.*住民税申告"):
        certifying.証明できる(賦課した町.次郎, 年度, clock=clock)
    with pytest.raises(業務エラー, match=r"KJ-4004 .*第2番→第1番"):
        作る(賦課した町, 税務課, here, clock, 基の番=2)
    assert not Document.objects.exists()


def test_手数料のない団体では作らない(
    賦課した町: 町, 税務課: Desk, clock: FixedClock, here: Municipality
) -> None:
    poor = Municipality(here.code, here.name, here.host, here.prefecture, {**here.facts, "手数料": {}})
    with pytest.raises(業務エラー, match=r"KJ-4002 課税証明書"):
        作る(賦課した町, 税務課, poor, clock)
    absent = Municipality(here.code, here.name, here.host, here.prefecture, {**here.facts, "認証者": []})
    with pytest.raises(業務エラー, match="DC-0501"):
        作る(賦課した町, 税務課, absent, clock)
    assert not 証明交付.objects.exists()


@pytest.mark.parametrize(
    ("名称", "都道府県", "市町村民税", "道府県民税"),
    [
        ("見本市", "見本県", "市民税", "県民税"),
        ("見本町", "北海道", "町民税", "道民税"),
        ("見本村", "大阪府", "村民税", "府民税"),
    ],
)
def test_税の呼び名は団体の名による(名称: str, 都道府県: str, 市町村民税: str, 道府県民税: str) -> None:
    found = 呼び名(Municipality("999999", 名称, "x", 都道府県, {}))
    assert (found.市町村民税, found.道府県民税) == (市町村民税, 道府県民税)


def test_所得の内訳の和は合計所得金額で_減免は引かれた額だけを言う(here: Any, clock: FixedClock) -> None:
    """給与と年金（65歳未満 2,000,000円 → 1,225,000円）: 年金等の所得金額調整控除 10万円。減免 市 1,000円。"""
    town = 町を作る(clock=clock)
    載せる("公的年金等支払報告書", [年報(受給者番号="78")], clock=clock, 差出人="第二機構")
    結ぶ(town.太郎, clock=clock, 種類="2")
    版 = dossier.開く(town.太郎, 年度).版
    particulars.定める(
        town.太郎, 年度, 定め(事実名="市町村民税の減免額", 値=1_000, 根拠="地方税法第323条", 理由="試験"), 基の版=版,
        職員="t0", clock=clock,
    )  # fmt: skip
    確定する(clock=clock)
    説 = explaining.説明する(town.太郎の賦課)
    所得 = sheet.所得を並べる(説.値)
    assert [(one.名, one.収入金額, one.所得金額) for one in 所得] == [
        ("給与", 5_000_000, 3_560_000),
        ("公的年金等の雑", 2_000_000, 1_225_000),
    ]
    assert 説.値("合計所得金額") == 3_560_000 + 1_225_000 - 100_000
    found = 内訳(説)
    assert found.減免額 == 二つの税額(市町村民税=1_000, 道府県民税=0)
    assert found.年税額 == found.税額.市町村民税 + found.税額.道府県民税 + 1_000
    assert (found.森林環境税の年額, found.森林環境税の免除額) == (1_000, 0)


def test_要点は額と非課税だけで_賦課のない人は入らない(賦課した町: 町) -> None:
    """トメ: 年金 2,000,000円 → 雑所得 900,000円。基礎控除 43万円だけなら課税である。"""
    found = api.今の賦課の要点([賦課した町.太郎, 賦課した町.トメ, 賦課した町.次郎], 年度)
    assert set(found) == {賦課した町.太郎, 賦課した町.トメ}
    assert found[賦課した町.太郎].合計所得金額 == 3_560_000
    assert (found[賦課した町.トメ].合計所得金額, found[賦課した町.トメ].非課税か) == (900_000, False)
    assert api.今の賦課の要点([賦課した町.太郎], 2025) == {}


def test_生活扶助を定めれば_次の計算で非課税になる(賦課した町: 町, clock: FixedClock) -> None:
    def 一つ(値: int | None) -> 個別事項:
        版 = dossier.開く(賦課した町.太郎, 年度).版
        one = 定め(
            事実名="生活扶助を受けている", 値=値, 根拠="地方税法第295条第1項第1号", 理由="福祉事務所の通知"
        )
        return particulars.定める(賦課した町.太郎, 年度, one, 基の版=版, 職員="t0", clock=clock)

    assert 一つ(1).番 == 1
    assert 賦課した町.太郎の賦課.年税額 == 241_500
    確定する(clock=clock, supersedes=Run.objects.get(state="confirmed"), reason="生活扶助")
    assert 賦課した町.太郎の賦課.年税額 == 0
    assert gist.要点にする(賦課した町.太郎の賦課).非課税か
    with pytest.raises(業務エラー, match="KJ-3131"):
        一つ(1)
    assert 一つ(None).番 == 2
    assert dossier.開く(賦課した町.太郎, 年度).効いている個別 == {}
    with pytest.raises(業務エラー, match="KJ-3131"):
        一つ(None)


def test_知らない事項と古い画面の個別の事項は断る(賦課した町: 町, clock: FixedClock) -> None:
    版 = dossier.開く(賦課した町.太郎, 年度).版
    for 名, 見た版, 番号 in (("年税額", 版, "KJ-3130"), ("家屋敷等のみを有する", "古い版", "KJ-3104")):
        one = 定め(事実名=名, 値=1, 根拠="試験", 理由="試験")
        with pytest.raises(業務エラー, match=番号):
            particulars.定める(賦課した町.太郎, 年度, one, 基の版=見た版, 職員="t0", clock=clock)
    assert "給与等の収入金額" in 定められる事実


def test_前職の報告と取り消された報告は_訳を付けて外す(here: Any, clock: FixedClock) -> None:
    town = 町を作る(clock=clock, 給与等の金額="1200000")
    before = 給報(受給者番号="9", 指定番号="70000079", 支払金額="1200000", 社会保険料等の金額="")
    before |= {"給与所得控除後の給与等の金額": ""}
    載せる("給与支払報告書", [before], clock=clock, 差出人="前の会社")
    載せる("給与支払報告書", [給報(受給者番号="8", 訂正表示="3")], clock=clock, 差出人="誤った会社")
    結ぶ(town.太郎, clock=clock, 種類="1")
    found = {one.資料.受給者番号: (one.扱い, one.訳) for one in dossier.開く(town.太郎, 年度).資料}
    assert found == {
        "15": (usage.未反映, "次の計算で使います"),
        "9": (usage.外した, "前職の給与として、ほかの報告に含まれている"),
        "8": (usage.外した, "取消しの報告"),
    }


def test_取り消された賦課は_非課税でなく_分からない人に戻る(賦課した町: 町, clock: FixedClock) -> None:
    row = 賦課した町.太郎の賦課
    roll.取り消す(
        年度,
        {row.宛名番号: row.番},
        実行=row.実行,
        更正事由="資料の取消し",
        決定日=row.決定日,
        now=clock.now(),
    )
    assert api.今の賦課の要点([賦課した町.太郎], 年度) == {}
    with pytest.raises(業務エラー, match="KJ-4001"):
        certifying.証明できる(賦課した町.太郎, 年度, clock=clock)
    book = dossier.開く(賦課した町.太郎, 年度)
    assert (book.今, book.取り消した, len(book.番たち)) == (None, True, 2)
