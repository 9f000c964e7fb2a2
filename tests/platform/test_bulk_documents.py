"""一括の文書: 仕事のあいだだけ門が開き、要約と相手の合う文書だけが渡る。"""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.support.staff import Desk, sit

from tsugaru.gyomu.juki.notices.receipt.notice import FORM
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz.models import Right
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.documents import bulk, store
from tsugaru.platform.documents.bulk import Claim, Sheet
from tsugaru.platform.documents.models import Document, Hand
from tsugaru.platform.documents.render import render
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.jobs.models import Job, State
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
家 = disclosure.Address(prefecture="試験県", city="試験市", town="大字上町", lot="１２番地３")
ISSUED = date(2026, 6, 10)


@pytest.fixture
def clerk(here: Municipality, clock: FixedClock) -> Desk:
    """一括の権限のある職員。"""
    return sit("税務課", clock=clock)


def running(clerk: Desk, clock: FixedClock, state: State = State.RUNNING) -> int:
    return Job.objects.create(
        kind="試験", maker=clerk.staff.number, section="税務課", made_at=clock.now(), state=state
    ).pk


def opened(job: int, *subjects: str) -> dict[int, disclosure.Revealed]:
    return disclosure.reveal_addresses_in_bulk(job, gyomu="kojin", subjects=subjects, kinds=["住所"])


def test_進んでいる仕事なら_席がなくても住所が開く(clerk: Desk, clock: FixedClock) -> None:
    number = disclosure.put_address("10", "住所", 家)
    assert opened(running(clerk, clock), "10")[number].address == 家


@pytest.mark.parametrize("state", [State.QUEUED, State.DONE, State.CANCELLED])
def test_進んでいない仕事では開かない(clerk: Desk, clock: FixedClock, state: State) -> None:
    with pytest.raises(DatabaseError, match="TD-0011"):
        opened(running(clerk, clock, state), "10")


def test_登録した職員が異動して権限を失えば_その時から開かない(clerk: Desk, clock: FixedClock) -> None:
    job = running(clerk, clock)
    Staff.objects.filter(pk=clerk.staff.pk).update(section="市民課")
    with pytest.raises(DatabaseError, match="TD-0012"):
        opened(job, "10")


def test_辞めた職員の仕事では開かない(clerk: Desk, clock: FixedClock) -> None:
    job = running(clerk, clock)
    Staff.objects.filter(pk=clerk.staff.pk).update(is_active=False)
    with pytest.raises(DatabaseError, match="TD-0011"):
        opened(job, "10")


def test_一括では_権限があっても伏せた人は開かない(clerk: Desk, clock: FixedClock) -> None:
    Right.objects.create(section="税務課", gyomu="kojin", operation="照会", field_class="支援措置")
    number = disclosure.put_address("10", "住所", 家)
    Shield.objects.create(
        subject="10", case="R1", provisional=True, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        opened_at=clock.now(), opened_by="t1",
    )  # fmt: skip
    found = opened(running(clerk, clock), "10")[number]
    assert found.masked
    assert found.address == disclosure.Address()


def kept(clerk: Desk, clock: FixedClock, *subjects: str) -> Claim:
    """一通を残す。"""
    request_id, job = uuid.uuid4(), running(clerk, clock)
    made = render(FORM, FORM.sample(), request_id=request_id, issued_on=ISSUED)
    sheet = Sheet(form=FORM, request_id=request_id, subjects=subjects, issue_number="1", rendered=made)
    bulk.keep([sheet], gyomu="juki", job=job, maker=clerk.staff.number, issued_on=ISSUED, clock=clock)
    return Claim(request_id=request_id, sha256=made.sha256, subjects=subjects)


def handed(clerk: Desk, clock: FixedClock, *claims: Claim, gyomu: str = "juki") -> list[bytes]:
    return [one.pdf for one in bulk.hand(claims, gyomu=gyomu, seat=clerk.seat, clock=clock)]


def test_要約と相手の合う文書が渡り_渡したことが残る(clerk: Desk, clock: FixedClock) -> None:
    claim = kept(clerk, clock, "10")
    assert handed(clerk, clock, claim)[0].startswith(b"%PDF-")
    assert Hand.objects.filter(document_id=claim.request_id).count() == 1


def test_相手が違えば渡らない(clerk: Desk, clock: FixedClock) -> None:
    claim = kept(clerk, clock, "10")
    wrong = Claim(request_id=claim.request_id, sha256=claim.sha256, subjects=("11",))
    with pytest.raises(業務エラー, match="DC-0302"):
        handed(clerk, clock, wrong)
    assert not Hand.objects.filter(document_id=claim.request_id).exists()


def test_要約が違えば渡らない(clerk: Desk, clock: FixedClock) -> None:
    mine, theirs = kept(clerk, clock, "10"), kept(clerk, clock, "10")
    with pytest.raises(業務エラー, match="DC-0302"):
        handed(clerk, clock, Claim(request_id=mine.request_id, sha256=theirs.sha256, subjects=("10",)))


def test_よその業務の文書は渡らない(clerk: Desk, clock: FixedClock) -> None:
    with pytest.raises(業務エラー, match="DC-0302"):
        handed(clerk, clock, kept(clerk, clock, "10"), gyomu="inkan")


def test_一括の文書は_席の口からは有るとも言わない(clerk: Desk, clock: FixedClock) -> None:
    claim = kept(clerk, clock, "10")
    with pytest.raises(Document.DoesNotExist):
        store.hand(claim.request_id, seat=clerk.seat, clock=clock)


def test_席も仕事もない文書は残せない(clerk: Desk, clock: FixedClock) -> None:
    document = Document.objects.get(pk=kept(clerk, clock, "10").request_id)
    document.request_id, document.job = uuid.uuid4(), None
    with pytest.raises(DatabaseError, match="documents_seat_or_job_ck"), transaction.atomic():
        document.save(force_insert=True)
