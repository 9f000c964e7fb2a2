"""作って残し、確かめて渡す。

文書は請求番号から作られ、請求番号と要約が合うときだけ渡される。印刷の順番も時計も名前に使わない
（2023年、順番と時刻で文書を選んだ仕組みが、ほかの人の証明書を渡した）。作った席と渡す席は同じでなければならない。
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.documents.delivery import confirm
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.documents.render import Rendered, render
from tsugaru.platform.identity.models import Seat


def make(
    form: Form,
    data: Any,
    *,
    request_id: UUID,
    gyomu: str,
    subjects: Sequence[str],
    issued_on: date,
    issue_number: str,
    seat: Seat,
    clock: Clock,
) -> tuple[Document, Rendered]:
    """作って残す。同じ請求番号での二度目は DC-0401（二重送信）。溢れの知らせは Rendered.warnings にある。"""
    rendered = render(form, data, request_id=request_id, issued_on=issued_on)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                request_id=request_id,
                gyomu=gyomu,
                form=form.form_id,
                version=form.version,
                subjects=list(subjects),
                issued_on=issued_on,
                issue_number=issue_number,
                made_at=clock.now(),
                made_by=seat.staff.number,
                seat=seat.pk,
                sha256=rendered.sha256,
                pages=rendered.pages,
                pdf=rendered.pdf,
            )
    except IntegrityError:
        raise 業務エラー(
            "DC-0401",
            f"この請求（{request_id}）の文書は、もう作られています。",
            "前の画面の文書を使うか、初めからやり直してください。",
        ) from None
    audit.record(
        act="文書の作成",
        subjects=subjects,
        gyomu=gyomu,
        detail={"form": form.form_id, "request": str(request_id), "sha256": rendered.sha256},
    )
    return document, rendered


def hand(request_id: UUID, *, seat: Seat, clock: Clock) -> bytes:
    """渡す PDF。作った席のものでなければ、有るとも無いとも言わない（Document.DoesNotExist）。"""
    document = Document.objects.get(request_id=request_id, seat=seat.pk)
    pdf = confirm(bytes(document.pdf), request_id=request_id, sha256=document.sha256)
    Hand.objects.create(document=document, handed_at=clock.now(), handed_by=seat.staff.number, seat=seat.pk)
    audit.record(
        act="文書の交付",
        subjects=document.subjects,
        gyomu=document.gyomu,
        detail={"form": document.form, "request": str(request_id)},
    )
    return pdf
