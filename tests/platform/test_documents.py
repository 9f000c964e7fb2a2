"""文書は請求番号から作られ、作った席にだけ、確かめてから渡る。"""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.staff import Desk, sit

from tsugaru.gyomu.juki.notices.receipt.notice import FORM
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents import store
from tsugaru.platform.documents.delivery import request_id_of
from tsugaru.platform.documents.models import Document

pytestmark = pytest.mark.db


def make(desk: Desk, clock: FixedClock, request_id: uuid.UUID) -> Document:
    document, _ = store.make(
        FORM,
        FORM.sample(),
        request_id=request_id,
        gyomu="juki",
        subjects=["10"],
        issued_on=date(2026, 4, 20),
        issue_number="20260420 試験市 本庁 001",
        seat=desk.seat,
        clock=clock,
    )
    return document


def test_作った席に渡る文書は請求番号をもつ(desk: Desk, clock: FixedClock) -> None:
    request_id = uuid.uuid4()
    make(desk, clock, request_id)
    assert request_id_of(store.hand(request_id, seat=desk.seat, clock=clock)) == request_id


def test_ほかの席には有るとも言わない(desk: Desk, clock: FixedClock) -> None:
    request_id = uuid.uuid4()
    make(desk, clock, request_id)
    other = sit("市民課", clock=clock)
    with pytest.raises(Document.DoesNotExist):
        store.hand(request_id, seat=other.seat, clock=clock)


def test_同じ請求番号の二度目は断る(desk: Desk, clock: FixedClock) -> None:
    request_id = uuid.uuid4()
    make(desk, clock, request_id)
    with pytest.raises(業務エラー, match="DC-0401"):
        make(desk, clock, request_id)


def test_中身のすり替わった文書は渡らない(desk: Desk, clock: FixedClock) -> None:
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    make(desk, clock, theirs)
    wrong = Document.objects.get(request_id=theirs)
    wrong.request_id = mine
    wrong.save(force_insert=True)
    with pytest.raises(業務エラー, match="DC-0301"):
        store.hand(mine, seat=desk.seat, clock=clock)


def test_残した文書は直せない(desk: Desk, clock: FixedClock) -> None:
    request_id = uuid.uuid4()
    make(desk, clock, request_id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET pdf = ''")
