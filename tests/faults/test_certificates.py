"""同時に頼まれた一万通の文書が、一通もほかの請求に渡らない。

2023年の取違えは、印刷待ちの順番と時刻で PDF を選んだことから起きた。ここでは多くの糸が同時に作り、ばらばらの順で受け取る。
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pypdfium2
import pytest
from django.db import connection, transaction

from tests.support.people import 世帯を作る
from tests.support.staff import Desk, sit
from tests.web.conftest import Towns
from tsugaru.gyomu.juki.domain import issuing
from tsugaru.gyomu.juki.domain.certificates import 選択
from tsugaru.gyomu.juki.models import 住民
from tsugaru.gyomu.juki.notices.receipt.notice import FORM
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.documents import store
from tsugaru.platform.documents.delivery import request_id_of
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy import bind
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = [pytest.mark.db, pytest.mark.faults]
THREADS = 8
DOCUMENTS = 64
HANDS = 10_000
PEOPLE = 16


@contextmanager
def working(town: Municipality) -> Iterator[None]:
    """一つの糸の仕事。自分の接続を開き、終われば閉じる。"""
    with bind(town.code):
        try:
            yield
        finally:
            connection.close()


def in_threads(town: Municipality, work: Any, jobs: list[Any]) -> list[Any]:
    """jobs を糸に分け、同時に始める。"""
    start = threading.Barrier(THREADS)

    def run(part: list[Any]) -> list[Any]:
        with working(town):
            start.wait()
            return [work(job) for job in part]

    parts = [jobs[n::THREADS] for n in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        return [result for part in pool.map(run, parts) for result in part]


@pytest.fixture
def desks(web_towns: Towns) -> list[Desk]:
    """糸ごとの席。"""
    clock = SystemClock()
    with bind(web_towns[0].code):
        return [sit("市民課", clock=clock, number=f"c{uuid.uuid4().hex[:8]}") for _ in range(THREADS)]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_同時に作って一万回受け取っても請求どおりの文書だけが渡る(
    web_towns: Towns, desks: list[Desk]
) -> None:
    town, clock = web_towns[0], SystemClock()
    requests = [(uuid.uuid4(), desks[n % THREADS].seat, n) for n in range(DOCUMENTS)]

    def make(job: tuple[uuid.UUID, Seat, int]) -> None:
        number, seat, n = job
        with transaction.atomic():
            store.make(
                FORM, replace(FORM.sample(), 届出人=f"受取　{n}番"),
                request_id=number, gyomu="juki", subjects=[str(n)], issued_on=date(2026, 4, 20),
                issue_number=f"20260420 試験市 本庁 {n:03d}", seat=seat, clock=clock,
            )  # fmt: skip

    in_threads(town, make, requests)
    order = np.random.default_rng(2023).integers(0, DOCUMENTS, HANDS)

    def hand(n: int) -> tuple[uuid.UUID, uuid.UUID | None]:
        number, seat, _ = requests[n]
        with transaction.atomic():
            return number, request_id_of(store.hand(number, seat=seat, clock=clock))

    handed = in_threads(town, hand, [int(n) for n in order])
    assert len(handed) == HANDS
    assert [pair for pair in handed if pair[0] != pair[1]] == []


def test_同時に交付した住民票には請求した人の名だけが載る(web_towns: Towns, desks: list[Desk]) -> None:
    town, clock = web_towns[0], SystemClock()
    with bind(town.code):
        people = {_resident(_kanji(n)): _kanji(n) for n in range(PEOPLE)}
        seen = dict(住民.objects.filter(宛名番号__in=people).values_list("宛名番号", "履歴番号"))

    def issue(number: str) -> tuple[str, uuid.UUID]:
        seat = desks[hash(number) % THREADS].seat
        asked = issuing.請求(様式="individual", 人=((number, seen[number]),), 選=選択(), 請求者="本人")
        made = issuing.交付する(asked, seat=seat, municipality=town, clock=clock, 途切れを承知=True)
        return number, made.文書

    issued = in_threads(town, issue, list(people))

    def receive(job: tuple[str, uuid.UUID]) -> tuple[str, uuid.UUID, bytes]:
        number, document = job
        with transaction.atomic():
            return (
                number,
                document,
                issuing.渡す(document, seat=desks[hash(number) % THREADS].seat, municipality=town),
            )

    names = set(people.values())
    for number, document, pdf in in_threads(town, receive, issued * 2):
        assert request_id_of(pdf) == document
        found = {name for name in names if f"受取{name}" in "".join(text_of(pdf).split())}
        assert found == {people[number]}


def _resident(name: str) -> str:
    whole = f"受取　{name}"
    return 世帯を作る(clock=SystemClock(), 氏名=whole, 氏="受取", 名=name, 世帯主氏名=whole)


def _kanji(n: int) -> str:
    """互いに一方が他方の頭にならない二字の名。"""
    return "一二三四五六七八九十"[n // 10] + "甲乙丙丁戊己庚辛壬癸"[n % 10]
