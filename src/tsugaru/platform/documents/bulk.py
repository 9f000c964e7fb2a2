"""一括の文書: 仕事が作って残し、業務の台帳が覚えている要約と相手に合うものだけを渡す。

席で作る文書（store）は作った席だけに渡る。一括の文書には席がないので、渡す側が「どの文書・どの要約・誰のもの」を言い、
三つとも合わなければ渡さない。順番も名前も手がかりにしない。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.documents.delivery import confirm
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.documents.render import Rendered
from tsugaru.platform.identity.models import Seat

AT_ONCE = 50
"""一度に読む PDF の数。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """残す一通。"""

    form: Form
    request_id: UUID
    subjects: tuple[str, ...]
    issue_number: str
    rendered: Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """渡してほしい一通。要約と相手は、業務の台帳が覚えているもの。"""

    request_id: UUID
    sha256: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """渡した一通。"""

    claim: Claim
    pages: int
    pdf: bytes


def keep(sheets: Sequence[Sheet], *, gyomu: str, job: int, maker: str, issued_on: date, clock: Clock) -> None:
    """仕事の作った文書を残す。一通ずつ監査に残る。呼んだ側のトランザクションと運命を共にする。"""
    now = clock.now()
    Document.objects.bulk_create(
        Document(
            request_id=one.request_id,
            gyomu=gyomu,
            form=one.form.form_id,
            version=one.form.version,
            subjects=list(one.subjects),
            issued_on=issued_on,
            issue_number=one.issue_number,
            made_at=now,
            made_by=maker,
            job=job,
            sha256=one.rendered.sha256,
            pages=one.rendered.pages,
            pdf=one.rendered.pdf,
        )
        for one in sheets
    )
    for one in sheets:
        audit.record(
            act="文書の作成（一括）",
            subjects=one.subjects,
            gyomu=gyomu,
            detail={
                "form": one.form.form_id,
                "request": str(one.request_id),
                "sha256": one.rendered.sha256,
                "job": job,
            },
        )


def hand(claims: Sequence[Claim], *, gyomu: str, seat: Seat, clock: Clock) -> Iterator[Handed]:
    """要約と相手の合う文書を渡す。一通でも合わなければ DC-0302 で止まる。渡した一通ずつが監査に残る。"""
    for start in range(0, len(claims), AT_ONCE):
        part = claims[start : start + AT_ONCE]
        found = Document.objects.filter(gyomu=gyomu).in_bulk([one.request_id for one in part])
        pdfs = [(one, _confirmed(found.get(one.request_id), one)) for one in part]
        now = clock.now()
        Hand.objects.bulk_create(
            Hand(document_id=one.request_id, handed_at=now, handed_by=seat.staff.number, seat=seat.pk)
            for one in part
        )
        for one, pdf in pdfs:
            audit.record(
                act="文書の交付",
                subjects=one.subjects,
                gyomu=gyomu,
                detail={"form": found[one.request_id].form, "request": str(one.request_id)},
            )
            yield Handed(one, found[one.request_id].pages, pdf)


def _confirmed(document: Document | None, claim: Claim) -> bytes:
    if (
        document is None
        or document.sha256 != claim.sha256
        or sorted(document.subjects) != sorted(claim.subjects)
    ):
        raise 業務エラー(
            "DC-0302",
            f"文書（{claim.request_id}）の要約か相手が、台帳の控えと違います。",
            "渡さずに、情報システムの担当へこの番号を伝えてください。",
        )
    return confirm(bytes(document.pdf), request_id=claim.request_id, sha256=claim.sha256)
