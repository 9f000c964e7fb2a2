"""保護された人の場所と電話が、どの所属の、どの画面・文書・記録にも一バイトも出ない。

見張りの鳥: 保護された人にだけある町名・方書・電話を入れ、URLconf の全ての GET を、その人の番号・届出・交付を指して歩く。
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import psycopg
import pypdfium2
import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from tests.juki.office import 人, 届け出る, 市外, 決裁する
from tests.web.conftest import Person, Terminal, Towns, register
from tsugaru.faces.cli import boot
from tsugaru.gyomu.juki.domain import issuing, kinds
from tsugaru.gyomu.juki.domain.certificate_forms import 様式の一覧
from tsugaru.gyomu.juki.domain.certificates import 選択
from tsugaru.gyomu.juki.models import 住民
from tsugaru.kernel.clock import SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy import bind, cluster
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
BIRDS = ("金糸雀", "カナリヤ荘", "カナリヤソウ", "０７７７番地", "0172990777", "0172-99-0777")
SECTIONS = ("市民課", "市民課（支援措置）", "税務課", "情報システム課", "監査委員事務局")
NAME = "見張　鳥子"
家 = disclosure.Address(
    municipality_code="990011", prefecture="試験県", city="試験市", town="大字金糸雀", lot="０７７７番地",
    building="カナリヤ荘５号", building_kana="カナリヤソウ", postcode="036-0777",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """保護された人と、その人の転居の届出。"""

    town: Municipality
    subject: str
    case: int
    household: str


@pytest.fixture(scope="module")
def scene(web_towns: Towns) -> Iterator[Scene]:
    """保護の前に場所を入れ、保護の後に転居を届け出る（新しい場所も鳥である）。"""
    clock = SystemClock()
    with bind(web_towns[0].code), transaction.atomic():
        person = 人(
            氏="見張", 名="鳥子", 氏フリガナ="ミハリ", 名フリガナ="トリコ", 性別="2", 本籍=replace(家, town="金糸雀本籍"),
        )  # fmt: skip
        came = replace(家, municipality_code=市外.municipality_code, city=市外.city)
        row = 届け出る("in", [person], clock=clock, 日=clock.today(), 世帯の別="新", 住所=家, 転入前住所=came)
        subject = 決裁する(row, clock=clock).行[0].宛名番号
        disclosure.put_contact(subject, "電話", "0172-99-0777")
        disclosure.put_address(subject, "送付先", 家)
        Shield.objects.create(
            subject=subject, case="K1", provisional=False, starts_on=date(2026, 4, 1), ends_on=date(2099, 3, 31),
            opened_at=datetime(2026, 4, 1, tzinfo=UTC), opened_by="t1",
        )  # fmt: skip
        moved = 届け出る(
            "move",
            [subject],
            clock=clock,
            日=clock.today(),
            世帯の別="同",
            住所=replace(家, lot="０７７７番地の２"),
        )
        household = 住民.objects.get(宛名番号=subject).世帯番号
    yield Scene(web_towns[0], subject, moved.pk, household)


def addresses(scene: Scene) -> list[str]:
    """全ての GET。引数はその人を指す値の全ての組。"""
    found = [path for pattern in get_resolver().url_patterns for path in _expand(pattern, "", scene)]
    queries = [f"/search?q={quote(q)}" for q in (NAME, "ミハリ", scene.subject, scene.household, "s600601")]
    extra = [f"/access-log?subject={scene.subject}"]
    skip = {reverse("logout")}
    return [
        p
        for p in [*found, *[f"{p}?open=1" for p in found if scene.subject in p], *queries, *extra]
        if p not in skip
    ]


def _expand(pattern: URLPattern | URLResolver, space: str, scene: Scene) -> Iterator[str]:
    if isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            yield from _expand(inner, f"{space}{pattern.namespace}:", scene)
        return
    converters = pattern.pattern.converters
    slugs = sorted(kinds.一覧) if any(isinstance(c, SlugConverter) for c in converters.values()) else [""]
    for slug in slugs:
        values = {name: _value(c, slug, scene) for name, c in converters.items()}
        yield reverse(f"{space}{pattern.name}", kwargs=values)


def _value(converter: object, slug: str, scene: Scene) -> object:
    if isinstance(converter, UUIDConverter):
        return uuid.UUID(int=7)
    if isinstance(converter, IntConverter):
        return scene.case
    return slug if isinstance(converter, SlugConverter) else scene.subject


def birds_in(content: bytes) -> list[str]:
    """そのまま・URL の中・JSON の逃がしの形で探す。PDF は文字を取り出してからも探す。"""
    texts = [content.decode("utf-8", "replace")]
    if content[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(content)
        texts += [page.get_textpage().get_text_range() for page in document]
        document.close()
    forms = {form: bird for bird in BIRDS for form in (bird, quote(bird), json.dumps(bird)[1:-1])}
    return [bird for form, bird in forms.items() if any(form in text for text in texts)]


@pytest.fixture(scope="module")
def staff(web_towns: Towns) -> dict[str, tuple[Terminal, Person]]:
    """所属ごとの端末。"""
    found = {}
    for section in SECTIONS:
        person, terminal = register(section, web_towns[0]), Terminal(web_towns[0])
        assert terminal.enter(person).status_code == 302
        found[section] = (terminal, person)
    return found


def walk(scene: Scene, terminal: Terminal, visit: Callable[[str], object]) -> dict[str, list[str]]:
    """鳥の出た入口。"""
    found = {}
    for path in addresses(scene):
        response = visit(path)
        content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        birds = birds_in(content + repr(response.headers).encode())  # type: ignore[attr-defined]
        if birds:
            found[path] = birds
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_どの所属のどの画面にも出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], section: str, caplog: pytest.LogCaptureFixture
) -> None:
    terminal, _ = staff[section]
    caplog.set_level(logging.DEBUG)
    assert walk(scene, terminal, terminal.get) == {}
    assert birds_in(caplog.text.encode()) == []


@pytest.mark.parametrize("section", [s for s in SECTIONS if s != "市民課（支援措置）"])
def test_本人確認をした後でも担当でない所属には出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], section: str
) -> None:
    terminal, person = staff[section]
    terminal.confirm(person)
    assert walk(scene, terminal, terminal.get) == {}


def test_空の送信の断りにも出ない(scene: Scene, staff: dict[str, tuple[Terminal, Person]]) -> None:
    terminal, _ = staff["市民課"]
    assert walk(scene, terminal, terminal.post) == {}


def test_場所や電話から探してもその人は出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    for section in ("市民課", "市民課（支援措置）", "税務課"):
        for text in ("大字金糸雀", "カナリヤ荘", "0172990777"):
            assert scene.subject not in staff[section][0].get("/search", {"q": text}).content.decode()


def test_担当が本人確認をして求めたときだけ開く(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    """開くことも確かめる（鳥を見つける目が働いている証し）。"""
    terminal, person = staff["市民課（支援措置）"]
    path = reverse("juki:person", args=[scene.subject])
    terminal.confirm(person)
    assert birds_in(terminal.get(path).content) == []
    assert "金糸雀" in birds_in(terminal.get(f"{path}?open=1").content)


@pytest.mark.parametrize("form", sorted(様式の一覧))
def test_どの様式の証明も作られず断りにも出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], form: str
) -> None:
    with bind(scene.town.code), transaction.atomic():
        row = 住民.objects.get(宛名番号=scene.subject)
        asked = issuing.請求(
            様式=form, 人=((row.宛名番号, row.履歴番号),), 選=選択(本籍=True, 履歴=True), 請求者="相手方"
        )
        with pytest.raises(業務エラー) as refused:
            issuing.交付する(
                asked,
                seat=staff["市民課"][1].seat(),
                municipality=scene.town,
                clock=SystemClock(),
                途切れを承知=True,
            )
        transaction.set_rollback(True)
    assert birds_in(str(refused.value).encode()) == []


def test_監査の鎖にもサーバーの記録にも残らない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    with psycopg.connect(boot.server().dsn(scene.town.database)) as connection:
        rows = connection.execute("SELECT content FROM audit.entry").fetchall()
    assert birds_in(b"".join(bytes(content) for (content,) in rows)) == []
    log = cluster.data_folder() / "server.log"
    assert birds_in(log.read_bytes() if log.exists() else b"") == []
