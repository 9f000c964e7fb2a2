"""受け取る・取り下げる。断ったファイルも元のまま残り、何がいけなかったかを言える。"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from django.db import transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound.layout import Layout, Role
from tsugaru.platform.inbound.models import Delivery, Fault, File, FileState
from tsugaru.platform.inbound.parsing import parse
from tsugaru.platform.inbound.shapes import Found, Parsed
from tsugaru.platform.tenancy import bound_code


def expect(
    *,
    sender: str,
    kind: str,
    period: str,
    staff: str,
    clock: Clock,
    parts: int | None = None,
    rows: int | None = None,
    total: int | None = None,
    due_on: date | None = None,
) -> Delivery:
    """届くはずのものを登録する。差出人が知らせていない数は無のままにする。もう登録されていれば IB-0001。"""
    if Delivery.objects.filter(sender=sender, kind=kind, period=period).exists():
        raise 業務エラー(
            "IB-0001",
            f"{sender} の {kind}（{period}）は、もう登録されています。",
            "数が変わったときは、登録されているものの数を訂正してください。",
        )
    with transaction.atomic():
        delivery = Delivery.objects.create(
            sender=sender, kind=kind, period=period, parts=parts, rows=rows, total=total, due_on=due_on,
            opened_by=staff, opened_at=clock.now(),
        )  # fmt: skip
        audit.record(act="届け物の登録", detail={"delivery": delivery.pk, "kind": kind, "period": period})
    return delivery


def announce(
    delivery_id: int, *, parts: int | None, rows: int | None, total: int | None, reason: str
) -> Delivery:
    """差出人の知らせが変わった。前の数は監査に残る。"""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        before = {"parts": delivery.parts, "rows": delivery.rows, "total": delivery.total}
        delivery.parts, delivery.rows, delivery.total = parts, rows, total
        delivery.save(update_fields=["parts", "rows", "total"])
        audit.record(
            act="届け物の数の訂正", detail={"delivery": delivery_id, "before": before, "reason": reason}
        )
    return delivery


def receive(
    delivery_id: int,
    layout: Layout,
    *,
    name: str,
    content: bytes,
    staff: str,
    clock: Clock,
    part: int = 1,
    parts: int = 1,
    municipality: str | None = None,
) -> File:
    """一つのファイルを受け取って読む。全体を断るときも File（refused）が残り、faults に理由がある。

    同じ中身の二度目と、もう届いている番号は、読む前に 業務エラー になる（IB-0002、IB-0003）。
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        sha256 = hashlib.sha256(content).hexdigest()
        _new(delivery, sha256, part)
        parsed = parse(content, layout, municipality=municipality or bound_code(), period=delivery.period)
        parsed = _examine(content, layout, _check_part(delivery, parsed, part, parts))
        file = File.objects.create(
            delivery=delivery,
            part=part,
            parts=parts,
            name=plain_name(name),
            layout=layout.code,
            encoding=layout.encoding,
            sha256=sha256,
            size=len(content),
            rows=parsed.count,
            total=parsed.total,
            state=FileState.REFUSED if parsed.refusals else FileState.ACCEPTED,
            received_by=staff,
            received_at=clock.now(),
            content=content,
        )
        _keep_faults(file, parsed)
        audit.record(
            act="ファイルの受領",
            detail={"delivery": delivery.pk, "file": file.pk, "sha256": sha256, "state": file.state},
        )
    return file


def withdraw(file_id: int, *, reason: str) -> File:
    """受理したファイルを取り下げる（差替えが届いたとき）。載せた後は取り下げられない。"""
    with transaction.atomic():
        file = File.objects.select_for_update().defer("content").get(pk=file_id)
        file.state, file.reason = FileState.WITHDRAWN, reason
        file.save(update_fields=["state", "reason"])
        audit.record(act="ファイルの取下げ", detail={"file": file.pk, "reason": reason})
    return file


def plain_name(name: str) -> str:
    """差出人の付けたファイル名を、残せる字と長さにする（見えない字は ? にする）。"""
    return "".join(char if char.isprintable() else "?" for char in name)[:200] or "無題"


def _new(delivery: Delivery, sha256: str, part: int) -> None:
    accepted = File.objects.filter(state=FileState.ACCEPTED).defer("content").select_related("delivery")
    same = accepted.filter(sha256=sha256).first()
    if same is not None:
        raise 業務エラー(
            "IB-0002",
            f"同じ中身のファイルを、もう受け取っています（{same.name}、{same.delivery.period} の {same.delivery.kind}）。",
            "前の年のファイルや、もう入れたファイルを選んでいないか確かめてください。",
        )
    if accepted.filter(delivery=delivery, part=part).exists():
        raise 業務エラー(
            "IB-0003",
            f"{delivery.sender} の {delivery.kind}（{delivery.period}）の{part}番目は、もう届いています。",
            "差し替えるときは、前のファイルを取り下げてから入れてください。",
        )


def _examine(content: bytes, layout: Layout, parsed: Parsed) -> Parsed:
    """業務の検査。様式の検査で全体を断るファイルは、業務の目では見ない。"""
    if layout.examine is None or parsed.refusals:
        return parsed
    refusals, faults = layout.examine(content, parsed)
    return replace(parsed, refusals=[*parsed.refusals, *refusals], faults=[*parsed.faults, *faults])


def _check_part(delivery: Delivery, parsed: Parsed, part: int, parts: int) -> Parsed:
    """何番目・いくつのうちが、知らせ・頭書き・先に届いたファイルと食い違わないこと。"""
    said = {Role.PART: part, Role.PARTS: parts}
    wrong = [
        Found(0, "", "IB-0108", f"{role.value}は {parsed.declared[role]} と書かれていますが、{value} として受け取っています。",
              "ファイルの順番を確かめてください。")
        for role, value in said.items()
        if role in parsed.declared and parsed.declared[role] != str(value)
    ]  # fmt: skip
    others = set(delivery.files.filter(state=FileState.ACCEPTED).values_list("parts", flat=True))
    others |= {delivery.parts} if delivery.parts is not None else set()
    if part > parts or others - {parts}:
        known = "・".join(map(str, sorted(others)))
        reason = (
            f"{parts}つのうちの{part}番目として受け取っていますが、分かれている数は {known or parts} です。"
        )
        wrong.append(Found(0, "", "IB-0109", reason, "差出人に、いくつに分かれているかを確かめてください。"))
    return replace(parsed, refusals=[*parsed.refusals, *wrong])


def _keep_faults(file: File, parsed: Parsed) -> None:
    found = [*parsed.refusals, *parsed.faults]
    Fault.objects.bulk_create(
        Fault(
            file=file,
            row=f.row,
            column=f.column,
            code=f.code,
            reason=f.reason[:300],
            remedy=f.remedy,
            blocking=f.blocking,
        )
        for f in found
    )
