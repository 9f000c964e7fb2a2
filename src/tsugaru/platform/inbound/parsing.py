"""行と値を読む。誤りは行と列ごとに言い、黙って直したり捨てたりしない。"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.lookalikes import 縮退候補
from tsugaru.platform.inbound.decoding import RESEND, decode
from tsugaru.platform.inbound.layout import Column, Layout, Role, Type
from tsugaru.platform.inbound.shapes import Found, Parsed, Row

INTEGER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
DIGITS = re.compile(r"[0-9]+", re.ASCII)
DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
PLAIN = re.compile(
    r"[ -~\u3000\u3005\u3007\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\uff0d\uff10-\uff19\uff21-\uff3a]*"
)
"""調べるまでもない字だけの値（英数字・かな・漢字・全角の英数字）。一字ずつ調べるのは、ほかの字があるときだけにする。"""
MOST_ROWS = 1_000_000
"""一つのファイルの行の限り。これを超えるものは、分けて届けてもらう。"""
MOST_FAULTS = 5_000
"""止める誤りの限り。これを超えるファイルは、様式や列の並びが違うとみて全体を断る。"""
MOST_NOTICES = 1_000
"""知らせるだけのものの限り。これより後は、続きがあることだけを知らせる。"""
MOST_TOTAL = 10**18
"""合計額の限り（桁のずれた列を額として足したもの）。"""
FIX = "差出人に確かめ、値を直すか、行を除いてください。"


def parse(content: bytes, layout: Layout, *, municipality: str, period: str) -> Parsed:
    """ファイル全体を読む。符号・頭書き・末尾が合わなければ refusals、値の誤りは faults になる。"""
    text, refusals = decode(content, layout.encoding)
    lines, broken = _lines(text)
    if refusals or broken:
        return Parsed(refusals=[*refusals, *broken])
    records = [(number, cells) for number, cells in lines if cells]
    records = records[1:] if layout.titles else records
    head, body, tail = _split(records, layout)
    declared, refusals = _declared(head, tail, layout)
    rows, faults = _body(body, layout, municipality)
    if len(faults) - sum(not one.blocking for one in faults) >= MOST_FAULTS:
        return Parsed(faults=faults[:100], refusals=[_too_many_faults()], declared=declared, count=len(body))
    total = _sum(rows, layout)
    if total is not None and abs(total) > MOST_TOTAL:
        refusals.append(Found(0, "", "IB-0117", f"合計額が大きすぎます（{total:,}）。", RESEND))
        return Parsed(rows, faults, refusals, declared, len(body))
    refusals += [*_other_period(declared, rows, layout, period), *_disagreements(declared, len(body), total)]
    return Parsed(rows, faults, refusals, declared, len(body), total)


Record = tuple[int, list[str]]


def _lines(text: str) -> tuple[list[Record], list[Found]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Record] = []
    try:
        found.extend((reader.line_num, cells) for cells in islice(reader, MOST_ROWS + 1))
    except csv.Error:
        broken = Found(reader.line_num, "", "IB-0104", "引用符の対が合いません。", RESEND)
        return [], [broken]
    if len(found) > MOST_ROWS:
        remedy = "差出人に、分けて届けてもらってください。"
        return [], [Found(0, "", "IB-0115", f"{MOST_ROWS:,}行を超えています。", remedy)]
    return found, []


def _split(records: list[Record], layout: Layout) -> tuple[Record | None, list[Record], Record | None]:
    head = records[0] if layout.opening and records else None
    rest = records[1:] if head else records
    tail = rest[-1] if layout.closing and rest else None
    return head, rest[:-1] if tail else rest, tail


def _declared(
    head: Record | None, tail: Record | None, layout: Layout
) -> tuple[dict[Role, str], list[Found]]:
    declared: dict[Role, str] = {}
    refusals: list[Found] = []
    for name, record, columns in (("頭書き", head, layout.opening), ("末尾", tail, layout.closing)):
        if not columns:
            continue
        if record is None or len(record[1]) != len(columns):
            refusals.append(
                Found(record[0] if record else 0, "", "IB-0105", f"{name}の記録がありません。", RESEND)
            )
            continue
        number, cells = record
        for column, cell in zip(columns, cells, strict=True):
            if cell or column.required:
                refusals += [f for f in _cell(number, column, cell) if f.blocking]
            if column.role is not None:
                declared[column.role] = cell
    return declared, refusals


def _body(body: Sequence[Record], layout: Layout, municipality: str) -> tuple[list[Row], list[Found]]:
    rows: list[Row] = []
    faults: list[Found] = []
    blocking = notices = 0
    names = [column.name for column in layout.columns]
    for number, cells in body:
        for one in _row_faults(number, cells, layout, municipality):
            blocking, notices = blocking + one.blocking, notices + (not one.blocking)
            if one.blocking or notices <= MOST_NOTICES:
                faults.append(one)
        if len(cells) == len(names):
            rows.append(Row(number, dict(zip(names, cells, strict=True))))
        if blocking >= MOST_FAULTS:
            break
    if notices > MOST_NOTICES:
        reason = f"取り違えられやすい字が、ほかにもあります（{MOST_NOTICES:,}件までを示しました）。"
        faults.append(Found(0, "", "IB-0114", reason, "突き合わせるときに確かめてください。", blocking=False))
    return rows, faults


def _row_faults(number: int, cells: Sequence[str], layout: Layout, municipality: str) -> Iterator[Found]:
    """一行の誤り。列の数が違えば、ほかは見ない。"""
    columns = layout.columns
    if len(cells) != len(columns):
        reason = f"列が{len(cells)}あります（{len(columns)}のはず）。"
        yield Found(number, "", "IB-0110", reason, "行を除き、差出人に確かめてください。")
        return
    for column, cell in zip(columns, cells, strict=True):
        if cell or column.required:
            yield from _cell(number, column, cell)
        if column.role is Role.MUNICIPALITY and cell != municipality:
            reason, remedy = "ほかの団体の行です。", "行を除き、差出人に知らせてください。"
            yield Found(number, column.name, "IB-0111", reason, remedy)


def _too_many_faults() -> Found:
    reason = f"誤りが{MOST_FAULTS:,}件を超えました。様式か列の並びが違うようです（初めの100件を示します）。"
    return Found(0, "", "IB-0116", reason, "別の様式のファイルを選んでいないか、差出人に確かめてください。")


def row_of(content: bytes, layout: Layout, number: int) -> Mapping[str, str]:
    """ファイルの一行の値。読めないか、列の数が違えば空。"""
    text, refusals = decode(content, layout.encoding)
    if refusals:
        return {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names = [column.name for column in layout.columns]
    try:
        cells = next((cells for cells in reader if reader.line_num == number), [])
    except csv.Error:
        return {}
    return dict(zip(names, cells, strict=True)) if len(cells) == len(names) else {}


def _cell(number: int, column: Column, cell: str) -> Iterator[Found]:
    if not cell:
        yield Found(number, column.name, "IB-0112", f"{column.name}がありません。", FIX)
        return
    reason = wrong(column, cell)
    if reason:
        yield Found(number, column.name, "IB-0113", f"{column.name}は{reason}。", FIX)
    elif column.type is Type.TEXT and not PLAIN.fullmatch(cell):
        yield from _lookalikes(number, column, cell)


def wrong(column: Column, cell: str) -> str | None:
    """値が列に合わない理由。合えば None。直した値も、これで確かめる。"""
    if column.type is Type.TEXT:
        return _wrong_text(column, cell) or _checked(column, cell)
    if len(cell) > column.width:
        return f"{column.width}文字までです（{len(cell)}文字）"
    if not _TYPES[column.type](cell):
        return f"{column.type.value}ではありません"
    return _checked(column, cell)


def _checked(column: Column, cell: str) -> str | None:
    return column.check(cell) if column.check else None


def _wrong_text(column: Column, cell: str) -> str | None:
    if len(cell) <= column.width and PLAIN.fullmatch(cell):
        return None
    try:
        moji.検査する文字列(cell, 項目=column.name, 最大文字数=column.width)
    except 業務エラー as error:
        return error.message.removeprefix(column.name).removeprefix("の").removeprefix("が").rstrip("。")
    return None


def _is_date(cell: str) -> bool:
    match = DATE.fullmatch(cell)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


_TYPES = {
    Type.INTEGER: lambda cell: INTEGER.fullmatch(cell) is not None,
    Type.DIGITS: lambda cell: DIGITS.fullmatch(cell) is not None,
    Type.DATE: _is_date,
}


def _lookalikes(number: int, column: Column, cell: str) -> Iterator[Found]:
    """CP932 との間で取り違えられる字は、受け取るが知らせる（同じ人の名が、別のファイルでは別の字になりうる）。"""
    for found in 縮退候補(cell):
        if found.候補:
            reason = (
                f"{column.name}の{found.位置}文字目（U+{ord(found.字):04X}）は、取り違えられやすい字です。"
            )
            remedy = f"ほかの資料では U+{ord(found.候補):04X} のことがあります。突き合わせるときに確かめてください。"
            yield Found(number, column.name, "IB-0114", reason, remedy, blocking=False)


def _sum(rows: Sequence[Row], layout: Layout) -> int | None:
    column = layout.column_of(Role.TOTAL)
    if column is None:
        return None
    return sum(int(row.values[column.name]) for row in rows if INTEGER.fullmatch(row.values[column.name]))


def _other_period(
    declared: Mapping[Role, str], rows: Sequence[Row], layout: Layout, period: str
) -> list[Found]:
    column = layout.column_of(Role.PERIOD)
    found = {row.values[column.name] for row in rows} if column else set()
    found |= {declared[Role.PERIOD]} if Role.PERIOD in declared else set()
    others = sorted(found - {period})
    if not others:
        return []
    reason = f"期間 {period} のはずですが、{'・'.join(others[:3])} のファイルです。"
    return [Found(0, "", "IB-0106", reason, "前の年のファイルを選んでいないか確かめてください。")]


def _disagreements(declared: Mapping[Role, str], count: int, total: int | None) -> list[Found]:
    found = []
    for role, name, actual in ((Role.ROWS, "件数", count), (Role.TOTAL, "合計額", total)):
        said = declared.get(role, "")
        if INTEGER.fullmatch(said) and int(said) != actual:
            counted = "分かりません" if actual is None else f"{actual:,} です"
            reason = f"{name}は {int(said):,} と書かれていますが、数えると {counted}。"
            found.append(
                Found(0, "", "IB-0107", reason, "途中で切れていないか確かめ、届け直してもらってください。")
            )
    return found
