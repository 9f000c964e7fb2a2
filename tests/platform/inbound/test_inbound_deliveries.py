"""届くはずのもの・届いたもの・足りないもの。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.platform.inbound.reports import FRAMED, REPORT, TOWN, line, people, take
from tests.support.staff import Desk

from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.api import State, require_green, standing
from tsugaru.platform.inbound.models import Delivery, Fault, File

pytestmark = pytest.mark.db
Expect = Callable[..., Delivery]


@pytest.fixture
def expect(desk: Desk, clock: FixedClock) -> Expect:
    """届くはずのものを登録する。"""

    def make(
        kind: str = "報告書", sender: str = "地方税の共同窓口", period: str = "2026", **said: Any
    ) -> Delivery:
        return inbound.expect(sender=sender, kind=kind, period=period, staff="t1", clock=clock, **said)

    return make


def _post(delivery: Delivery, rows: int, clock: FixedClock) -> None:
    inbound.mark_posted(delivery.pk, rows=rows, staff="t1", clock=clock)


def _codes(file: File) -> list[str]:
    return [fault.code for fault in file.faults.order_by("row", "pk")]


def test_田川市2024_二つ目のファイル1181件を取り込まないまま当初の計算は始められない(
    expect: Expect, clock: FixedClock
) -> None:
    """令和6年、二つに分かれて届いた給与支払報告書の二つ目（3,181件のうち1,181件）が取り込まれないまま課税された。"""
    delivery = expect("給与の報告書", parts=2, rows=3_181)
    take(delivery, people(2_000), part=1, parts=2, clock=clock)
    with pytest.raises(業務エラー) as caught:
        require_green("2026", ["給与の報告書"])
    assert caught.value.code == "IB-0020"
    assert "給与の報告書（地方税の共同窓口）: 2つのうち2番目が届いていません" in caught.value.message
    assert "3,181件のはずが2,000件です（差 1,181件）" in caught.value.message
    with pytest.raises(DatabaseError, match=r"IB-0013 .*揃っていない"), transaction.atomic():
        _post(delivery, 2_000, clock)
    take(delivery, people(1_181, start=2_001), part=2, parts=2, clock=clock)
    assert standing(delivery).state is State.RESOLVED
    _post(delivery, 3_181, clock)
    require_green("2026", ["給与の報告書"])


def test_三笠市2021_前の年のファイルは受け取らない(expect: Expect, clock: FixedClock) -> None:
    """令和3年、前の年の口座振替のファイルが送られた。同じことを、受け取る側で止める。"""
    last, this = expect(period="2025"), expect(period="2026")
    content = people(3, year="2025")
    take(last, content, clock=clock)
    with pytest.raises(
        業務エラー, match=r"IB-0002 同じ中身のファイルを、もう受け取っています（part1.csv、2025"
    ):
        take(this, content, clock=clock)
    renamed = take(this, people(4, year="2025"), clock=clock)
    assert (renamed.state, _codes(renamed)) == ("refused", ["IB-0106"])
    assert standing(this).state is State.EXPECTED


def test_同じ番号の二つ目は受け取らず_取り下げれば差し替えられる(expect: Expect, clock: FixedClock) -> None:
    delivery = expect(parts=1)
    first = take(delivery, people(3), clock=clock)
    with pytest.raises(業務エラー, match="IB-0003"):
        take(delivery, people(4), clock=clock)
    inbound.withdraw(first.pk, reason="差替え")
    take(delivery, people(4), clock=clock)
    assert standing(delivery).rows == 4


@pytest.mark.parametrize(("part", "parts"), [(2, 3), (3, 2), (1, 1)])
def test_分かれている数が知らせと違えば断る(expect: Expect, clock: FixedClock, part: int, parts: int) -> None:
    file = take(expect(parts=2), people(2), part=part, parts=parts, clock=clock)
    assert (file.state, _codes(file)) == ("refused", ["IB-0109"])


def test_先に届いたファイルと分かれている数が違えば断る(expect: Expect, clock: FixedClock) -> None:
    delivery = expect()
    take(delivery, people(2), part=1, parts=2, clock=clock)
    assert _codes(take(delivery, people(3), part=3, parts=3, clock=clock)) == ["IB-0109"]


def test_同じ届け物は二度登録できない(expect: Expect) -> None:
    expect()
    with pytest.raises(業務エラー, match="IB-0001"):
        expect()


def test_届くはずのものが登録されていなければ_揃っていない(desk: Desk) -> None:
    with pytest.raises(業務エラー, match="年金の報告書: 届くはずのものが登録されていません"):
        require_green("2026", ["年金の報告書"])


def test_足りないものは全てを一度に言う(expect: Expect, clock: FixedClock) -> None:
    expect("甲"), expect("乙", total=5)
    take(expect("丙", total=9), people(1), clock=clock)
    with pytest.raises(業務エラー) as caught:
        require_green("2026", ["甲", "乙", "丙"])
    assert caught.value.message.count("まだ一つも届いていません") == 2
    assert "合計 9円のはずが1,000,001円です" in caught.value.message


def test_状態は_待ち_受領_読取済_解消済_反映済と進む(expect: Expect, clock: FixedClock) -> None:
    delivery = expect(parts=1, rows=2)
    seen = [standing(delivery).state]
    bad = line(1).encode("cp932") + line(2, town="990029").encode("cp932") + line(3).encode("cp932")
    file = take(delivery, bad, clock=clock)
    seen.append(standing(delivery).state)
    inbound.announce(delivery.pk, parts=1, rows=3, total=None, reason="差出人の訂正")
    delivery.refresh_from_db()
    seen.append(standing(delivery).state)
    with pytest.raises(DatabaseError, match="IB-0014"), transaction.atomic():
        _post(delivery, 3, clock)
    inbound.exclude(file.faults.get().pk, reason="隣の市の人", staff="t1", clock=clock)
    seen.append(standing(delivery).state)
    with (
        pytest.raises(DatabaseError, match=r"IB-0015 届いた3件に対し、載せた3件と除いた1件"),
        transaction.atomic(),
    ):
        _post(delivery, 3, clock)
    _post(delivery, 2, clock)
    seen.append(standing(delivery).state)
    assert seen == [State.EXPECTED, State.RECEIVED, State.PARSED, State.RESOLVED, State.POSTED]


def test_直した値で載せ_除いた行は載せない(expect: Expect, clock: FixedClock, monkeypatch: Any) -> None:
    delivery = expect()
    rows = [line(1), line(2, pay="千円"), line(3, name=""), line(4, town="990029", pay="x")]
    file = take(delivery, "".join(rows).encode("cp932"), clock=clock)
    assert _codes(file) == ["IB-0113", "IB-0112", "IB-0111", "IB-0113"]
    pay, name, *other = file.faults.order_by("row", "pk")
    with pytest.raises(業務エラー, match="IB-0005 直した値は整数ではありません"):
        inbound.correct(pay.pk, REPORT, value="2千円", reason="電話", staff="t1", clock=clock)
    with pytest.raises(業務エラー, match="IB-0005 直した値は空にはできません"):
        inbound.correct(name.pk, REPORT, value="", reason="電話", staff="t1", clock=clock)
    inbound.correct(pay.pk, REPORT, value="2000", reason="電話", staff="t1", clock=clock)
    inbound.correct(name.pk, REPORT, value="工藤　花子", reason="電話", staff="t1", clock=clock)
    with pytest.raises(業務エラー, match="IB-0005 直した値はどの項目にも当たりません"):
        inbound.correct(
            other[0].pk, replace(REPORT, columns=()), value="1", reason="電話", staff="t1", clock=clock
        )
    assert len(inbound.exclude(other[0].pk, reason="隣の市の人", staff="t1", clock=clock)) == 2
    with pytest.raises(業務エラー, match="IB-0006"):
        inbound.exclude(other[0].pk, reason="もう一度", staff="t1", clock=clock)
    monkeypatch.setattr("tsugaru.platform.inbound.resolving.bound_code", lambda: TOWN)
    clean = list(inbound.clean_rows(delivery.pk, REPORT))
    assert [(r.number, r.values["氏名"], r.values["支払額"]) for r in clean] == [
        (1, "工藤　太郎", "1000001"),
        (2, "工藤　太郎", "2000"),
        (3, "工藤　花子", "1000003"),
    ]
    _post(delivery, 3, clock)


def test_載せた後は_ファイルも数も動かせない(expect: Expect, clock: FixedClock) -> None:
    delivery = expect()
    file = take(delivery, people(2), clock=clock)
    _post(delivery, 2, clock)
    for attempt in (
        lambda: inbound.withdraw(file.pk, reason="誤り"),
        lambda: inbound.announce(delivery.pk, parts=1, rows=2, total=None, reason=""),
        lambda: take(delivery, people(3), part=2, parts=1, clock=clock),
    ):
        with pytest.raises(DatabaseError, match="IB-0010"), transaction.atomic():
            attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inbound_file SET content = 'x'",
        "UPDATE inbound_file SET rows = 5",
        "UPDATE inbound_file SET state = 'refused'",
        "UPDATE inbound_delivery SET period = '2027'",
        "DELETE FROM inbound_file",
        "UPDATE inbound_fault SET blocking = false",
        "DELETE FROM inbound_posting",
    ],
)
def test_届いた物はSQLでも変えられない(expect: Expect, clock: FixedClock, statement: str) -> None:
    take(expect(), people(2), clock=clock)
    with pytest.raises(DatabaseError, match=r"IB-001\d|permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_誤りの一覧は_値を載せず_式として動かない(expect: Expect, clock: FixedClock) -> None:
    delivery = expect()
    file = inbound.receive(
        delivery.pk, REPORT, name="=cmd().csv", content=line(1, pay="秘密").encode("cp932"), staff="t1",
        clock=clock, municipality=TOWN,
    )  # fmt: skip
    text = inbound.error_csv(file).decode("utf-8-sig")
    assert text.splitlines()[0] == "ファイル,行,項目,番号,何が,どうする,扱い"
    assert text.splitlines()[1].startswith("'=cmd().csv,1,支払額,IB-0113,支払額は整数ではありません。")
    assert "秘密" not in text


def test_頭書きと末尾が合えば受け取り_合わなければ全体を断る(expect: Expect, clock: FixedClock) -> None:
    body = line(1) + line(2)
    good = take(expect("甲"), f"1,1,2026\r\n{body}2,2000003\r\n".encode("cp932"), layout=FRAMED, clock=clock)
    assert (good.state, good.rows, good.total) == ("accepted", 2, 2_000_003)
    cut = take(
        expect("乙"), f"1,1,2026\r\n{line(1)}2,2000003\r\n".encode("cp932"), layout=FRAMED, clock=clock
    )
    assert (cut.state, _codes(cut)) == ("refused", ["IB-0107", "IB-0107"])
    swapped = take(expect("丙"), f"2,2,2026\r\n{line(1)}1,\r\n".encode("cp932"), layout=FRAMED, clock=clock)
    assert _codes(swapped) == ["IB-0108", "IB-0108"]
    assert Fault.objects.filter(
        file=cut, reason__contains="件数は 2 と書かれていますが、数えると 1 です"
    ).exists()
