"""報告書のファイルを読む。

様式の検査（符号・項目の数・型・長さ・必須・値の範囲・ほかの団体・前の年）は受け取りの台帳の `parse` が IB-… の番号で言い、
引用符と行の形、項目どうし、行どうしの誤りは、ここで KJ-1… の番号で言う。値は直さず、読み飛ばさない。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.parsing import parse
from tsugaru.platform.inbound.shapes import Found, Parsed, Row

記録型 = TypeVar("記録型")
行の検査 = Callable[[Row], Iterator[Found]]
全体の検査 = Callable[[Sequence[Row]], Iterator[Found]]
値たち = Mapping[str, str]

RESEND = "差出人に、様式どおりに作り直したファイルを頼んでください。"
SAME_CHARACTER = "同じ字ですが、書き出すと元のバイトに戻りません。元のファイルを残してください。"


@dataclass(frozen=True, slots=True)
class 読取(Generic[記録型]):
    """読んだ結果。断る があれば記録は空。記録は 止める誤り の無い行だけで、parsed には全ての行がある。"""

    parsed: Parsed
    記録: tuple[記録型, ...]
    断る: tuple[Found, ...]
    誤り: tuple[Found, ...]

    @property
    def 止まる(self) -> bool:
        """載せる前に片付けるものがあるか。"""
        return bool(self.断る) or any(found.blocking for found in self.誤り)


def 検査(
    content: bytes, parsed: Parsed, form: Layout, *, 行: 行の検査, 全体: 全体の検査
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """（全体を断る誤り, 行の誤り）。様式の検査で止まった行は、項目どうしを比べない。"""
    shape = (*_形(content), *_見出し(content, form))
    if shape:
        return shape, ()
    faults = [*_符号(content, form.encoding)]
    broken = {found.row for found in (*parsed.faults, *faults) if found.blocking}
    sound = [row for row in parsed.rows if row.number not in broken]
    faults += [found for row in sound for found in 行(row)]
    faults += 全体(sound)
    return (), tuple(faults)


def 様式に付ける(form: Layout, *, 行: 行の検査, 全体: 全体の検査) -> Layout:
    """受け取りの台帳が、受け取ったその場で同じ検査をするようにする。"""
    return replace(form, examine=lambda content, parsed: 検査(content, parsed, form, 行=行, 全体=全体))


def read(
    content: bytes,
    layout: Layout,
    *,
    団体コード: str,
    期間: str,
    記録にする: Callable[[Row], 記録型],
) -> 読取[記録型]:
    """ファイル全体を読む。断る理由があれば、行の誤りは数えない。"""
    assert layout.examine is not None
    parsed = parse(content, layout, municipality=団体コード, period=期間)
    shape, found = layout.examine(content, parsed)
    refusals = (*shape, *parsed.refusals)
    if refusals:
        return 読取(parsed, (), refusals, ())
    faults = [*parsed.faults, *found]
    broken = {one.row for one in faults if one.blocking}
    good = tuple(記録にする(row) for row in parsed.rows if row.number not in broken)
    return 読取(parsed, good, (), tuple(sorted(faults, key=lambda one: one.row)))


def _形(content: bytes) -> Iterator[Found]:
    """引用符、行末、空の行。様式では一行が一人で、行末は全て同じである。"""
    if not content.strip(b"\r\n"):
        yield _断る(0, "KJ-1003", "中身がありません。")
    if b'"' in content:
        yield _断る(
            _行番号(content, content.index(b'"')), "KJ-1001", "引用符があります。この様式では使いません。"
        )
    crlf, lf, cr = content.count(b"\r\n"), content.count(b"\n"), content.count(b"\r")
    if cr != crlf or crlf not in (0, lf):
        yield _断る(0, "KJ-1002", "行末が揃っていません（CRLF か LF のどちらか一つです）。")
    empty = re.search(rb"\n\r?\n", content)
    if empty:
        yield _断る(_行番号(content, empty.end() - 1), "KJ-1005", "空の行があります。")


def _見出し(content: bytes, form: Layout) -> Iterator[Found]:
    """見出しのある様式では、項目の名と並びが様式のとおりであること。"""
    if not form.titles:
        return
    first = content.split(b"\n", 1)[0].rstrip(b"\r").removeprefix(b"\xef\xbb\xbf").decode(form.encoding)
    if first != ",".join(column.name for column in form.columns):
        reason = "見出しが様式と違います（項目が足りないか、並びが違います）。"
        yield Found(1, "", "KJ-1401", reason, RESEND)


def _符号(content: bytes, encoding: str) -> Iterator[Found]:
    """NEC選定IBM拡張文字のように、同じ字に二つの符号があるもの。"""
    if encoding != "cp932" or content.decode(encoding).encode(encoding) == content:
        return
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.decode(encoding).encode(encoding) != line:
            reason = "同じ字に二つある符号の、使わない方で書かれた字があります。"
            yield Found(number, "", "KJ-1004", reason, SAME_CHARACTER, blocking=False)


def 重なり(rows: Sequence[Row], 鍵: Callable[[値たち], tuple[str, ...]]) -> Iterator[Found]:
    """同じ行が二度あること（KJ-1201）と、同じ人の新規が二つあること（KJ-1202）。どちらも二つ目を止める。"""
    seen: dict[tuple[str, ...], int] = {}
    people: dict[tuple[str, ...], int] = {}
    for row in rows:
        whole = tuple(row.values.values())
        if whole in seen:
            yield 誤り(row, "", "KJ-1201", f"{seen[whole]}行と同じ行です。", "どちらか一方を除いてください。")
            continue
        seen[whole] = row.number
        if row.values["訂正表示"] != "0":
            continue
        who = 鍵(row.values)
        if who in people:
            reason = f"同じ支払者から同じ人の、訂正でない報告が{people[who]}行にもあります。"
            yield 誤り(row, "訂正表示", "KJ-1202", reason, "差出人に、どちらが正しいかを確かめてください。")
        people.setdefault(who, row.number)


def 訂正の知らせ(row: Row) -> Iterator[Found]:
    """訂正・取消は、先に届いた報告と結び付けるまで片付かない（KJ-1203、止めないが名寄せに渡す）。"""
    kind = {"2": "訂正", "3": "取消"}.get(row.values["訂正表示"])
    if kind:
        found = 誤り(
            row, "訂正表示", "KJ-1203", f"{kind}の報告です。", "先に届いた報告を探し、結び付けてください。"
        )
        yield replace(found, blocking=False)


def 誤り(row: Row, column: str, code: str, reason: str, remedy: str) -> Found:
    """行の誤り一つ。"""
    return Found(row.number, column, code, reason, remedy)


def 試す(row: Row, column: str, what: Callable[[], object]) -> Iterator[Found]:
    """業務エラーを行の誤りにする。値は載せない（一覧は差出人に渡る）。"""
    try:
        what()
    except 業務エラー as error:
        reason = re.sub("（.*?）", "", error.message)
        yield 誤り(row, column, error.code, reason, error.remedy)


def 超える(row: Row, 対: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """内訳が全体を超えるもの（KJ-1102）。対 は（内訳の項目, 全体の項目）。空は数でないので比べない。"""
    for part, whole in 対:
        inner, outer = 数(row.values, part), 数(row.values, whole)
        if inner is not None and inner > (outer or 0):
            reason = f"{part}が{whole}を超えています。"
            yield 誤り(row, part, "KJ-1102", reason, "差出人に確かめ、値を直すか、行を除いてください。")


def 数(values: 値たち, name: str) -> int | None:
    """数の項目。空は None（分からない、書かれていない）で、0 ではない。"""
    text = values.get(name, "")
    return int(text) if text else None


def _断る(row: int, code: str, reason: str) -> Found:
    return Found(row, "", code, reason, RESEND)


def _行番号(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1
