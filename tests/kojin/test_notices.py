"""通知: 要る人にちょうど一通ずつ、刷った額は台帳の結果、相手と中身は違わない。"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from hashlib import sha256
from typing import Any

import pypdfium2
import pytest

from tests.kojin.notices_office import (
    住まわせる,
    住む町を作る,
    保護する,
    働く,
    異動する,
    義務者を登録する,
    通知を作る,
    通知日,
    頼む,
)
from tests.kojin.office import 町, 確定する, 結ぶ
from tests.kojin.reports import 会社, 会社の番号, 年度, 給報, 載せる
from tests.kojin.test_correcting import 更正する
from tests.support.staff import Desk
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.kojin.domain import (
    notice_bundles,
    notice_orders,
    notice_single,
    notice_status,
    notifying,
    particulars,
)
from tsugaru.gyomu.kojin.domain.dossier import 開く
from tsugaru.gyomu.kojin.domain.notice_bundles import 出し方
from tsugaru.gyomu.kojin.domain.notice_single import 頼み
from tsugaru.gyomu.kojin.domain.notifying import 一通, 決定, 納税者, 義務者, 通知の計画
from tsugaru.gyomu.kojin.domain.particulars import 定め
from tsugaru.gyomu.kojin.models import 課税通知, 賦課
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz.models import Right
from tsugaru.platform.documents.models import Document
from tsugaru.platform.runs.api import Run
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db


@pytest.fixture
def 町の人(here: Municipality, clock: FixedClock) -> 町:
    """住所と義務者のある町。"""
    return 住む町を作る(clock=clock)


@pytest.fixture
def 実行(町の人: 町, clock: FixedClock) -> Run:
    """確定した当初賦課。"""
    return 確定する(clock=clock)


def 通知(様式: str, 相手: str, **条件: Any) -> 課税通知:
    return 課税通知.objects.get(様式=様式, 相手=相手, **条件)


def 文字(row: 課税通知) -> str:
    """刷られた文字の全て。"""
    pdf = pypdfium2.PdfDocument(bytes(Document.objects.get(pk=row.文書).pdf))
    return "".join(page.get_textpage().get_text_bounded() for page in pdf)


def 中身(row: 課税通知, desk: Desk, clock: FixedClock) -> bytes:
    return notice_single.渡す(row, seat=desk.seat, clock=clock)


def test_要る人にちょうど一通ずつ作り_数も額も実行と合う(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    計画 = notifying.計画する(実行)
    assert {row.鍵 for row in 計画.通知} == {
        (決定, 町の人.トメ, 1), (義務者, 会社の番号, 0), (納税者, 町の人.太郎, 1)
    }  # fmt: skip
    assert all(one.合う for one in notice_status.数える(計画))
    checks = {one.名: one for one in notice_status.突き合わせる(実行, 計画)}
    assert all(one.合う for one in checks.values())
    assert checks["納める額の合計"].右 == sum(賦課.objects.values_list("年税額", flat=True))
    assert not notice_status.残り(計画)


def test_二度頼んでも_途中で倒れて同じ一歩を踏み直しても_一通も増えない(
    実行: Run, 税務課: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_orders, "一歩の数", 1)
    job = 頼む(実行, 税務課, clock=clock)
    job.state = "running"
    job.save()
    first = notice_orders.一歩(job, clock)
    notice_orders.一歩(job, clock)  # 進みを残す前に倒れた
    assert (first.done, first.total) == (1, 3)
    働く(job, clock=clock)
    before = set(課税通知.objects.values_list("文書", flat=True))
    通知を作る(実行, 税務課, clock=clock)
    assert set(課税通知.objects.values_list("文書", flat=True)) == before
    assert len(before) == 3


def test_動いているあいだは重ねて頼めず_確定していない実行は頼めない(
    実行: Run, 税務課: Desk, clock: FixedClock
) -> None:
    頼む(実行, 税務課, clock=clock)
    with pytest.raises(業務エラー, match="KJ-4108"):
        頼む(実行, 税務課, clock=clock)
    実行.state = "signed"
    with pytest.raises(業務エラー, match="KJ-4106"):
        notifying.計画する(実行)


def test_通知の相手と中身の取違え_文書に載る人は相手その人で_ほかの人の要約では渡らない(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    """順番と時刻で文書を選んだ仕組みが、ほかの人の証明書を渡した（2023年、各地）。"""
    通知を作る(実行, 税務課, clock=clock)
    トメ, 太郎 = 通知(決定, 町の人.トメ), 通知(納税者, 町の人.太郎)
    for row in (トメ, 太郎):
        assert Document.objects.get(pk=row.文書).subjects == [row.相手] == row.載る人
    assert "三上" in 文字(トメ)
    assert "工藤" not in 文字(トメ)
    assert 中身(トメ, 税務課, clock).startswith(b"%PDF-")
    for 項目, 値 in (("要約", 太郎.要約), ("載る人", 太郎.載る人), ("文書", 太郎.文書)):
        違う = 通知(決定, 町の人.トメ)
        setattr(違う, 項目, 値)
        with pytest.raises(業務エラー, match="DC-0302"):
            中身(違う, 税務課, clock)


def test_会社取違え_義務者の束には_その会社の従業員だけが入る(
    町の人: 町, 税務課: Desk, clock: FixedClock, here: Municipality
) -> None:
    """特別徴収の通知を、ほかの会社に送った事故がある（従業員の税額が漏れた）。"""
    隣の番号 = "70000079"
    載せる(
        "給与支払報告書",
        [給報({"支払を受ける者－氏名": "三上　次郎", "カナ氏名": "ﾐｶﾐ ｼﾞﾛｳ"}, 指定番号=隣の番号, 提出義務者の氏名又は名称="隣の商店",
              生年月日=date(1990, 3, 3))],
        clock=clock, 差出人="隣の商店",
    )  # fmt: skip
    結ぶ(町の人.次郎, clock=clock, 種類="1", 支払者番号=隣の番号)
    義務者を登録する(隣の番号, "隣の商店", clock=clock)
    run = 確定する(clock=clock)
    通知を作る(run, 税務課, clock=clock)
    for 番号, 人, よその人 in ((会社の番号, "工藤", "三上"), (隣の番号, "三上", "工藤")):
        rows = notice_bundles.義務者の束を開く(run.pk, 番号).通知
        assert sorted(row.様式 for row in rows) == sorted([義務者, 納税者])
        従業員 = set(賦課.objects.filter(指定番号=番号).values_list("宛名番号", flat=True))
        assert {p for row in rows for p in row.載る人} == 従業員
        for row in rows:
            assert 人 in 文字(row)
            assert よその人 not in 文字(row)


def test_会社取違え_義務者の名称と宛名の名が違えば_その会社の通知は作らない(
    町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    義務者を登録する(会社の番号, 会社, 宛名の名="よその会社", clock=clock)
    run = 確定する(clock=clock)
    job = 通知を作る(run, 税務課, clock=clock)
    assert set(job.result["held"].values()) == {"義務者の名称が宛名と違う"}
    assert not 課税通知.objects.filter(まとまり=会社の番号).exists()
    assert len(notice_status.残り(notifying.計画する(run))) == 2


def test_保護された人の通知は一括では作らず_担当だけが作り_束には入らない(
    実行: Run, 町の人: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    保護する(町の人.トメ, clock=clock)
    job = 通知を作る(実行, 税務課, clock=clock)
    assert job.result["held"] == {f"{決定}/{町の人.トメ}/1": "支援措置"}
    [one] = notice_status.担当の通知(notifying.計画する(実行))
    with pytest.raises(Exception, match="TD-0004"):
        作る(実行, one, 税務課, here, clock)


def 作る(run: Run, one: 一通, desk: Desk, here: Municipality, clock: FixedClock, 理由: str = "") -> 課税通知:
    return notice_single.一通を作る(
        notifying.計画する(run), one, 頼み(日=通知日, 理由=理由), 団体=here, seat=desk.seat, clock=clock
    )


def その人の(run: Run, 相手: str) -> 一通:
    [found] = [one for one in notifying.計画する(run).通知 if one.相手 == 相手]
    return found


def test_担当は本人確認をして作れ_担当の束でだけ受け取れる(
    実行: Run, 町の人: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    from tsugaru.kernel.clock import SystemClock
    from tsugaru.platform.identity import seats

    Right.objects.create(section="税務課", gyomu="kojin", operation="照会", field_class="支援措置")
    保護する(町の人.トメ, clock=clock)
    通知を作る(実行, 税務課, clock=clock)
    seats.step_up(税務課.seat, clock=SystemClock())
    row = 作る(実行, その人の(実行, 町の人.トメ), 税務課, here, clock)
    assert "大字下町" in 文字(row)
    assert row.束 == 0
    束たち = {one.番 for one in notice_status.束たち(実行.pk)}
    assert all(町の人.トメ not in p.載る人 for n in 束たち for p in notice_bundles.束を開く(実行.pk, n).通知)
    計画 = notifying.計画する(実行)
    assert notice_bundles.担当の束を開く(計画, seat=税務課.seat).通知 == (row,)


def test_作った後に保護された人の一通は_束から除かれ_開くには担当の権限が要る(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    row = 通知(決定, 町の人.トメ)
    assert 中身(row, 税務課, clock)
    保護する(町の人.トメ, clock=clock)
    kept = notice_bundles.束を開く(実行.pk, row.束)
    assert row in kept.保護
    assert row not in kept.通知
    with pytest.raises(Exception, match="TD-0004"):
        中身(row, 税務課, clock)


def test_勤め先に渡る紙では_保護された従業員の住所を刷らず_訳も言わない(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    保護する(町の人.太郎, clock=clock)
    通知を作る(実行, 税務課, clock=clock)
    for row in (通知(義務者, 会社の番号), 通知(納税者, 町の人.太郎)):
        text = 文字(row)
        assert "工藤" in text
        assert "上町" not in text
        assert "支援" not in text
        assert row.伏せた人 == [町の人.太郎]
        assert 中身(row, 税務課, clock)
    assert 通知(納税者, 町の人.太郎) in notice_bundles.義務者の束を開く(実行.pk, 会社の番号).通知


def test_義務者用の後に従業員が保護されれば_その一覧は束から除かれる(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    保護する(町の人.太郎, clock=clock)
    assert notice_bundles.義務者の束を開く(実行.pk, 会社の番号).通知 == ()


def test_住所を直した後は作り直し_前の一通は残り_束では古い方を除く(
    実行: Run, 町の人: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    one, 前 = その人の(実行, 町の人.トメ), 通知(決定, 町の人.トメ)
    with pytest.raises(業務エラー, match="KJ-4109"):
        作る(実行, one, 税務課, here, clock)
    住まわせる(町の人.トメ, "大字新町", clock=clock)
    後 = 作る(実行, one, 税務課, here, clock, "転居した")
    assert (後.回, 後.税額, 後.通知番号) == (2, 前.税額, f"{前.通知番号}-2")
    assert ("大字下町" in 文字(前), "大字新町" in 文字(後)) == (True, True)
    assert notice_bundles.束を開く(実行.pk, 前.束).古い == (前,)
    assert all(each.合う for each in notice_status.数える(notifying.計画する(実行)))


def test_亡くなった人の通知は_相続人の代表者が決まるまで作らない(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    異動する(町の人.トメ, 異動事由.死亡, clock=clock, 住民状態="3", 消除事由="203", 消除日=clock.today())
    job = 通知を作る(実行, 税務課, clock=clock)
    assert job.result["held"] == {f"{決定}/{町の人.トメ}/1": "亡くなった"}


def test_住所の分からない人と義務者の登録のない会社の通知は作らず_登録すれば残りだけを作る(
    町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    異動する(町の人.トメ, 異動事由.職権修正, clock=clock, 住所番号=None)
    run = 確定する(clock=clock)
    first = 通知を作る(run, 税務課, clock=clock)
    assert list(first.result["held"].values()) == ["住所がない"]
    住まわせる(町の人.トメ, "大字下町", clock=clock)
    second = 通知を作る(run, 税務課, clock=clock)
    assert second.result["held"] == {}
    assert not notice_status.残り(notifying.計画する(run))


def test_刷る額が実行で決まった額と違う一通は作らない(
    実行: Run, 町の人: 町, 税務課: Desk, here: Municipality, clock: FixedClock
) -> None:
    from dataclasses import replace

    違う = replace(その人の(実行, 町の人.トメ), 税額=1)
    with pytest.raises(業務エラー, match=r"KJ-4105 .*1円"):
        作る(実行, 違う, 税務課, here, clock)


def test_月例更正の後は_変わった人だけに_前と今の額を並べて知らせる(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    """トメに減免 1,000円。太郎は変わらないので、何も送らない。"""
    通知を作る(実行, 税務課, clock=clock)
    前 = 賦課.objects.get(宛名番号=町の人.トメ)
    減免 = 定め(事実名="市町村民税の減免額", 値=1000, 根拠="地方税法第323条", 理由="火災")
    版 = 開く(町の人.トメ, 年度).版
    particulars.定める(町の人.トメ, 年度, 減免, 基の版=版, 職員="t0", clock=clock)
    run = 更正する("2026-07", clock=clock)
    計画 = notifying.計画する(run)
    assert [one.鍵 for one in 計画.通知] == [(notifying.変更, 町の人.トメ, 2)]
    通知を作る(run, 税務課, clock=clock)
    row, 後 = 通知(notifying.変更, 町の人.トメ), 賦課.objects.get(宛名番号=町の人.トメ, 番=2)
    assert 前.年税額 - 後.年税額 == 1000
    text = 文字(row)
    assert f"{前.年税額:,}" in text
    assert f"{後.年税額:,}" in text
    assert "市町村民税の減免額0円→1,000円" in "".join(text.split())
    assert row.税額 == sum(sum(中.values()) for 中 in 後.期別.values())


def test_知らせずに差し替えた実行の後は_変更ではなく決定を知らせる(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    again = 確定する(clock=clock, supersedes=実行, reason="資料の追加")
    assert {one.様式 for one in notifying.計画する(again).通知} == {決定, 義務者, 納税者}


def test_知らせた後に差し替え_額の変わらない人には_何も送らない(
    実行: Run, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    again = 確定する(clock=clock, supersedes=実行, reason="資料の追加")
    assert notifying.計画する(again).通知 == ()


def test_束は一通ずつの要約の付いた一覧と_氏名も住所もない名のファイルである(
    実行: Run, 税務課: Desk, clock: FixedClock
) -> None:
    通知を作る(実行, 税務課, clock=clock)
    kept = notice_bundles.義務者の束を開く(実行.pk, 会社の番号)
    stream = io.BytesIO()
    出 = 出し方(何の束="試験", 目的=notice_bundles.目的たち[1], 渡す先="", seat=税務課.seat)
    要約 = notice_bundles.束を書く(kept, 出, stream, clock=clock)
    assert sha256(stream.getvalue()).hexdigest() == 要約
    with zipfile.ZipFile(stream) as archive:
        listed = archive.read("manifest.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(listed)))
        assert [row["要約"] for row in rows] == [row.要約 for row in kept.通知]
        for row in rows:
            assert sha256(archive.read(row["ファイル"])).hexdigest() == row["要約"]
            assert row["まとまり"] == 会社の番号
            assert int(row["頁"]) >= 1
    assert not any(text in listed for text in ("工藤", "大字", 会社))


def test_計画はいつ並べ直しても同じ番号と束になる(
    実行: Run, 町の人: 町, 税務課: Desk, clock: FixedClock
) -> None:
    first: 通知の計画 = notifying.計画する(実行)
    通知を作る(実行, 税務課, clock=clock)
    notifying._計画.cache_clear()
    assert notifying.計画する(実行) == first
