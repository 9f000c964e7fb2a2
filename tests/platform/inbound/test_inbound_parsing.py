"""文字と行の誤りは、どこが・なぜかを言う。黙って直さない。"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.platform.inbound.reports import FRAMED, REPORT, TOWN, line, people

from tsugaru.platform.inbound.api import Layout, Parsed
from tsugaru.platform.inbound.parsing import parse, row_of
from tsugaru.platform.inbound.receiving import plain_name

UTF8 = replace(REPORT, encoding="utf-8")


def _parse(content: bytes, layout: Layout = REPORT) -> Parsed:
    return parse(content, layout, municipality=TOWN, period="2026")


def _refused(content: bytes, layout: Layout = REPORT) -> list[tuple[int, str]]:
    return [(found.row, found.code) for found in _parse(content, layout).refusals]


def _faults(content: bytes, layout: Layout = REPORT) -> list[tuple[int, str, str, bool]]:
    return [(f.row, f.column, f.code, f.blocking) for f in _parse(content, layout).faults]


def test_正しい行はそのまま読める() -> None:
    parsed = _parse(line(1).encode("cp932"))
    assert parsed.rows[0].values["氏名"] == "工藤　太郎"
    assert (parsed.count, parsed.total, parsed.faults, parsed.refusals) == (1, 1_000_001, [], [])


def test_符号の取り違えは全体を断る() -> None:
    good, other = line(1).encode("cp932"), line(2).encode("utf-8")
    assert _refused(good + b"\x00") == [(2, "IB-0101")]
    assert _refused(other) == [(1, "IB-0102")]
    assert _refused(good + other) == [(2, "IB-0103")]
    assert "この行だけ UTF-8" in _parse(good + other).refusals[0].reason
    assert _refused(good, UTF8) == [(1, "IB-0103")]
    assert "UTF-8" not in _parse(good, UTF8).refusals[0].reason


def test_BOMのあるUTF8は読める() -> None:
    assert _parse(b"\xef\xbb\xbf" + line(1).encode(), UTF8).rows[0].values["団体"] == TOWN


def test_引用符の対が合わなければ全体を断る() -> None:
    assert _refused(b'"990011,2026\r\n') == [(1, "IB-0104")]


def test_見えない字は行の誤りになる() -> None:
    text = line(1) + line(2, name="工藤\u202e太郎") + line(3, name="工\u200b藤")
    assert _faults(text.encode(), UTF8) == [(2, "氏名", "IB-0113", True), (3, "氏名", "IB-0113", True)]


def test_取り違えられやすい字は_止めずに知らせる() -> None:
    assert _faults(line(1, name="コ〜プ").encode(), UTF8) == [(1, "氏名", "IB-0114", False)]
    assert _faults(line(1, name="髙橋①&\U00020b9f").encode(), UTF8) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{TOWN},2026,工藤　太郎,19800505", "IB-0110"),
        (line(1, town="990029").strip(), "IB-0111"),
        (f"{TOWN},2026,,19800505,1", "IB-0112"),
        (f"{TOWN},2026,あいうえおかきくけこさ,19800505,1", "IB-0113"),
        (f"{TOWN},2026,工藤,19800231,1", "IB-0113"),
        (f"{TOWN},2026,工藤,1980050,1", "IB-0113"),
        (f"{TOWN},2026,工藤,19800505,12345678901", "IB-0113"),
        (f"{TOWN},2026,工藤,19800505,１２", "IB-0113"),
        (f"{TOWN},2026,工藤,19800505,-1", "IB-0113"),
    ],
)
def test_行の誤りは番号で言う(row: str, code: str) -> None:
    assert [found[2] for found in _faults(f"{row}\r\n".encode("cp932"))] == [code]


def test_必須でない空の欄は誤りでない() -> None:
    assert _faults(f"{TOWN},2026,工藤,,\r\n".encode("cp932")) == []
    framed = f"1,1,\r\n{line(1)}1,\r\n".encode("cp932")
    assert _refused(framed, FRAMED) == [(0, "IB-0106")]


def test_見出しの行と空の行は数えない() -> None:
    content = ("団体,年,氏名,生年月日,支払額\r\n\r\n" + line(1)).encode("cp932")
    assert _parse(content, replace(REPORT, titles=True)).count == 1


def test_空のファイルは_頭書きも末尾もない() -> None:
    assert _refused(b"", FRAMED) == [(0, "IB-0105"), (0, "IB-0105")]
    assert _parse(b"").count == 0


def test_頭書きの値の誤りも全体を断る() -> None:
    content = f"一,1,2026\r\n{line(1)}1,1000001\r\n".encode("cp932")
    assert [code for _, code in _refused(content, FRAMED)] == ["IB-0113"]


def test_額の列がなければ_合計の突合は分からないと言う() -> None:
    columns = tuple(replace(column, role=None) for column in REPORT.columns)
    parsed = _parse(f"1,1,2026\r\n{line(1)}1,5\r\n".encode("cp932"), replace(FRAMED, columns=columns))
    assert [f.code for f in parsed.refusals] == ["IB-0107"]
    assert "数えると 分かりません" in parsed.refusals[0].reason


def test_誤りが五千件を超えるファイルは_初めの百件だけを示して断る() -> None:
    parsed = parse(("x\r\n" * 200_000).encode("cp932"), REPORT, municipality=TOWN, period="2026")
    assert [f.code for f in parsed.refusals] == ["IB-0116"]
    assert (len(parsed.faults), parsed.count) == (100, 200_000)


def test_五千件に届かない誤りは_全て一つずつ示す() -> None:
    good = people(1).decode("cp932")
    content = (good + "x\r\n" * 4_999).encode("cp932")
    parsed = parse(content, REPORT, municipality=TOWN, period="2026")
    assert (parsed.refusals, len(parsed.faults)) == ([], 4_999)


def test_知らせるだけの字は千件までを示し_続きがあることを知らせる() -> None:
    parsed = _parse("".join(line(n, name="コ〜プ") for n in range(1_500)).encode(), UTF8)
    assert parsed.refusals == []
    assert len(parsed.faults) == 1_001
    assert "ほかにもあります" in parsed.faults[-1].reason
    assert not any(f.blocking for f in parsed.faults)


def test_百万行を超えるファイルと桁あふれの合計は断る(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsugaru.platform.inbound.parsing.MOST_ROWS", 3)
    assert [f.code for f in parse(people(4), REPORT, municipality=TOWN, period="2026").refusals] == [
        "IB-0115"
    ]
    assert parse(people(3), REPORT, municipality=TOWN, period="2026").refusals == []
    monkeypatch.setattr("tsugaru.platform.inbound.parsing.MOST_TOTAL", 3_000_005)
    found = parse(people(3), REPORT, municipality=TOWN, period="2026")
    assert ([f.code for f in found.refusals], found.total) == (["IB-0117"], None)


def test_一行だけを読める_読めない行は空である() -> None:
    assert row_of(people(3), REPORT, 2)["支払額"] == "1000002"
    assert row_of(people(3), REPORT, 9) == {}
    assert row_of(b"\x00", REPORT, 1) == {}
    assert row_of(b"a\r\n", REPORT, 1) == {}
    assert row_of(b'"a\r\n', REPORT, 1) == {}


@pytest.mark.parametrize(
    ("name", "kept"), [("報告\x00書\n.csv", "報告?書?.csv"), ("長" * 300, "長" * 200), ("", "無題")]
)
def test_ファイルの名は残せる字と長さにする(name: str, kept: str) -> None:
    assert plain_name(name) == kept
