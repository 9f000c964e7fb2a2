"""誤りを片付け、業務の台帳に載せたことを記す。誤りの一覧は CSV で渡せる。"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound.layout import Column, Layout
from tsugaru.platform.inbound.models import Action, Delivery, Fault, File, FileState, Posting, Resolution
from tsugaru.platform.inbound.parsing import parse, wrong
from tsugaru.platform.inbound.shapes import Row
from tsugaru.platform.tenancy import bound_code


def correct(
    fault_id: int, layout: Layout, *, value: str, reason: str, staff: str, clock: Clock
) -> Resolution:
    """一つの値を直す。直した値も、様式の検査を通らなければならない（IB-0005）。"""
    fault = Fault.objects.get(pk=fault_id)
    column = next((c for c in layout.columns if c.name == fault.column), None)
    why = _not_acceptable(column, value)
    if why:
        raise 業務エラー("IB-0005", f"直した値は{why}。", "値を確かめるか、行を除いてください。")
    return _resolve(fault, Action.CORRECTED, value, reason, staff, clock)


def exclude(fault_id: int, *, reason: str, staff: str, clock: Clock) -> list[Resolution]:
    """その誤りのある行を除く（同じ行の、ほかの誤りも片付く）。ほかの団体の行、差出人が取り消した行など。"""
    fault = Fault.objects.get(pk=fault_id)
    row = Fault.objects.filter(file=fault.file_id, row=fault.row, blocking=True, resolution=None).order_by(
        "pk"
    )
    with transaction.atomic():
        return [_resolve(one, Action.EXCLUDED, "", reason, staff, clock) for one in row or [fault]]


def clean_rows(delivery_id: int, layout: Layout) -> Iterator[Row]:
    """載せる行。元のファイルを読み直し、除いた行を落とし、直した値に替える。受理の順（何番目）に並ぶ。"""
    delivery = Delivery.objects.get(pk=delivery_id)
    for file in delivery.files.filter(state=FileState.ACCEPTED).order_by("part"):
        excluded, corrected = _decisions(file)
        parsed = parse(bytes(file.content), layout, municipality=bound_code(), period=delivery.period)
        for row in parsed.rows:
            if row.number not in excluded:
                yield Row(row.number, {**row.values, **corrected.get(row.number, {})})


def mark_posted(delivery_id: int, *, rows: int, staff: str, clock: Clock) -> Posting:
    """載せた。届いた件数 = 載せた件数 + 除いた件数 でなければ、データベースが断る（IB-0013〜IB-0015）。"""
    with transaction.atomic():
        excluded = (
            Fault.objects.filter(
                file__delivery=delivery_id, file__state=FileState.ACCEPTED, resolution__action=Action.EXCLUDED
            )
            .values("file", "row")
            .distinct()
            .count()
        )
        posting = Posting.objects.create(
            delivery_id=delivery_id, rows=rows, excluded=excluded, posted_by=staff, posted_at=clock.now()
        )
        audit.record(act="届け物の反映", detail={"delivery": delivery_id, "rows": rows, "excluded": excluded})
    return posting


def error_csv(file: File) -> bytes:
    """誤りの一覧（BOM つき UTF-8 の CSV）。元の値は載せない。差出人にそのまま渡せる。"""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["ファイル", "行", "項目", "番号", "何が", "どうする", "扱い"])
    for fault in file.faults.order_by("row", "pk"):
        kind = "止める" if fault.blocking else "知らせる"
        cells = [file.name, fault.row or "全体", fault.column, fault.code, fault.reason, fault.remedy, kind]
        writer.writerow([_inert(str(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """表計算の式として動かないようにする（ファイル名は差出人が付けたものである）。"""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _not_acceptable(column: Column | None, value: str) -> str | None:
    if column is None:
        return "どの項目にも当たりません"
    if not value:
        return "空にはできません" if column.required else None
    return wrong(column, value)


def _resolve(fault: Fault, action: Action, value: str, reason: str, staff: str, clock: Clock) -> Resolution:
    with transaction.atomic():
        if (
            not fault.blocking
            or fault.file.state != FileState.ACCEPTED
            or Resolution.objects.filter(fault=fault)
        ):
            raise 業務エラー(
                "IB-0006",
                f"この誤り（{fault.row}行）は、片付けるものではないか、もう片付いています。",
                "一覧を開き直して確かめてください。",
            )
        resolution = Resolution.objects.create(
            fault=fault, action=action, value=value, reason=reason, resolved_by=staff, resolved_at=clock.now()
        )
        audit.record(
            act="受け取りの誤りの解消", detail={"fault": fault.pk, "action": action, "reason": reason}
        )
    return resolution


def _decisions(file: File) -> tuple[set[int], dict[int, dict[str, str]]]:
    excluded: set[int] = set()
    corrected: dict[int, dict[str, str]] = {}
    for done in Resolution.objects.filter(fault__file=file).select_related("fault"):
        if done.action == Action.EXCLUDED:
            excluded.add(done.fault.row)
        else:
            corrected.setdefault(done.fault.row, {})[done.fault.column] = done.value
    return excluded, corrected
